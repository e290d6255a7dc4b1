export * from './evidence';
export * from './lock';
export * from './runtime';
export * from './size';
export * from './tier';
