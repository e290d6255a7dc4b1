const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};
const outside = ['<rootDir>/build/', '<rootDir>/test/consumer/', '<rootDir>/.cache/'];

/** @type {import('jest').Config} */
module.exports = {
  setupFiles: ['<rootDir>/test/property-seed.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/kustomize/',
    '<rootDir>/test/cluster/',
  ],
  modulePathIgnorePatterns: outside,
  transform: { '\\.ts$': ['@swc/jest', swc] },
};
