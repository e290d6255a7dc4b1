export * from './evidence';
export * from './lock';
export * from './read-lock';
export * from './size';
export * from './tier';
