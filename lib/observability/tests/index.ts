export type * from './promtool';
export * from './graph-tests';
export * from './rule-tests';
export type { TestedRules } from './alert-tests';
export * from './certificate-tests';
export * from './service-tests';
export { tryWorkloadTests, workloadScenarios } from './workload-tests';
export type { Scenario } from './scenario';
export * from './rule-test-text';
