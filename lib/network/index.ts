export * from './exposure';
export * from './policy';
