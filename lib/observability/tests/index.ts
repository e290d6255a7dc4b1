export type * from './promtool';
export * from './rule-tests';
