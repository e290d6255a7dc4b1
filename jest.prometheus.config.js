/** Run by test/prometheus-server/run.ts, which starts the server. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/prometheus-server/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // The folder for temporary files goes with the server.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
