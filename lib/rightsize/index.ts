export * from './amount-text';
export * from './cost';
export * from './environment-requests';
export * from './locked-requests';
export * from './workload-requests';
