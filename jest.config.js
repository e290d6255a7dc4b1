const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};
const outside = ['<rootDir>/build/', '<rootDir>/test/consumer/', '<rootDir>/.cache/'];

/** @type {import('jest').Config} */
module.exports = {
  // All cores: jest leaves one to itself otherwise, which is half of a small machine.
  maxWorkers: '100%',
  // No test is about time, and a machine may be busy.
  testTimeout: 300_000,
  setupFiles: ['<rootDir>/test/property-seed.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/kustomize/',
    '<rootDir>/test/cluster/',
    '<rootDir>/test/prometheus-server/',
  ],
  modulePathIgnorePatterns: outside,
  transform: { '\\.ts$': ['@swc/jest', swc] },
};
