export * from './in-cluster';
export type { Images } from './images';
export type {
  InClusterProps,
  ObjectStoreBackup,
  OperatorNamespaces,
  SharedSeaweed,
  SnapshotBackup,
} from './options';
export type { Rung } from './sizes';
