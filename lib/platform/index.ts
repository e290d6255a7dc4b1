export * from './platform';
export type * from './rendering';
