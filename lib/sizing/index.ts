export * from './evidence';
export * from './lock';
export * from './read-lock';
export * from './recommend';
export * from './runtime';
export * from './size';
export * from './tier';
