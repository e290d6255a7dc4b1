export type * from './promtool';
export * from './graph-tests';
export * from './rule-tests';
