export * from './evidence';
export * from './lock';
export * from './recommend';
export * from './size';
export * from './tier';
