export * from './evidence';
export * from './lock';
export * from './size';
export * from './tier';
