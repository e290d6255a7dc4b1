export * from './capacity';
export * from './check';
export * from './environment';
export * from './identity';
export * from './gateway';
export * from './mesh';
export * from './namespace';
export * from './peers';
export type * from './workload-identity';
