/** What each folder of lib/ may import besides itself and foundation: the table of ARCHITECTURE.md. */
const parts = [
  'dependency',
  'sizing',
  'backing-service',
  'guardrail',
  'workload',
  'network',
  'mesh',
  'observability',
  'incident',
  'game-day',
];
const belowPlatform = [...parts, 'environment', 'application', 'binding'];
const floors = {
  foundation: [],
  dependency: [],
  sizing: [],
  'backing-service': [],
  guardrail: [],
  prometheus: [],
  environment: ['backing-service'],
  workload: ['sizing', 'backing-service'],
  network: ['workload', 'backing-service'],
  mesh: ['workload'],
  observability: ['workload', 'backing-service', 'dependency'],
  incident: ['dependency', 'observability'],
  'game-day': ['workload', 'observability', 'incident'],
  application: parts,
  binding: [...parts, 'application', 'environment'],
  platform: belowPlatform,
  testing: ['platform', ...belowPlatform],
  rightsize: ['prometheus', 'sizing', 'guardrail', 'platform'],
  replay: ['prometheus'],
  cli: ['platform', 'guardrail', 'prometheus', 'rightsize', 'replay', 'sizing'],
};

const anyOf = (names) => `(${names.join('|')})`;
const folders = anyOf(Object.keys(floors));

const floorRules = Object.entries(floors).map(([folder, may]) => ({
  name: `floor-${folder}`,
  comment: `${folder} may import ${['foundation', ...may].join(', ')}`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { path: '^lib/', pathNot: `^lib/${anyOf([folder, 'foundation', ...may])}/` },
}));

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'front-doors',
      comment: 'a folder of lib is entered by its index.ts',
      severity: 'error',
      from: { path: '^lib/([^/]+)/' },
      to: { path: '^lib/[^/]+/', pathNot: '^lib/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'front-doors-of-index',
      comment: 'a folder of lib is entered by its index.ts',
      severity: 'error',
      from: { path: '^lib/index\\.ts$' },
      to: { path: '^lib/', pathNot: '^lib/[^/]+/index\\.ts$' },
    },
    {
      name: 'front-doors-of-apps',
      comment: 'applications use what is published: lib and lib/testing',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^lib/', pathNot: '^lib/(testing/)?index\\.ts$' },
    },
    {
      name: 'phase-1-never-reaches-environment',
      comment: 'the application has the same bytes everywhere because it cannot see an environment',
      severity: 'error',
      from: { path: `^lib/${anyOf(['foundation', ...parts, 'application'])}/` },
      to: { path: '^lib/environment/', reachable: true },
    },
    {
      name: 'folder-without-a-floor',
      comment: 'a folder of lib needs a line in the table at the top of this file',
      severity: 'error',
      module: { path: `^lib/(?!index\\.ts$|${folders}/)`, numberOfDependentsLessThan: 100 },
      from: {},
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^lib/', pathNot: '/(index|bin)\\.ts$' },
      to: {},
    },
    {
      name: 'lib-stands-alone',
      comment: 'what is published uses nothing of this repository that is not',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(apps|test|scripts|bench)/' },
    },
    {
      name: 'imports-for-types-only',
      comment: 'wrapper classes of cdk8s import do not print in wire form',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^imports/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'declared-dependencies',
      comment: 'what lib uses is in dependencies or peerDependencies',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional'],
        dependencyTypesNot: ['npm', 'npm-peer'],
        pathNot: '^node_modules/@types/node/',
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(lib|apps)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(node_modules|^build/vendor)' },
    exclude: { path: '^test/consumer/' },
  },
};
