export { existing, type ExistingProps } from './existing';
export * from './in-cluster';
