export * from './in-cluster';
export type { InClusterProps } from './options';
