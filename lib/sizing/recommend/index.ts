export * from './measurements';
export * from './proposal';
