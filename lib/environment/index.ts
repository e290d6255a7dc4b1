export * from './capacity';
export * from './check';
export * from './environment';
export * from './gateway';
export * from './mesh';
export * from './namespace';
export * from './peers';
