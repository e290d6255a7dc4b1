/** Needs kubectl or kustomize on PATH. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/kustomize/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
