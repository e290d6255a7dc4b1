const config = require('./jest.config.js');

/** The Kubernetes client, and what it needs, are ES modules: jest takes them as CommonJS. */
const modules = ['@kubernetes/client-node', 'openid-client', 'oauth4webapi', 'jose', 'rfc4648'];
const [compiler] = Object.values(config.transform);

/** Run by test/cluster/run.ts, which starts the control plane. */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/cluster/crds.ts',
  testTimeout: 600_000,
  transform: { '\\.[jt]s$': compiler },
  transformIgnorePatterns: [`/node_modules/(?!(${modules.join('|')})/)`],
  // The folder for temporary files goes with the control plane.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
