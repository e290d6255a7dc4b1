export * from './bind';
export type { Bound } from './bound';
export * from './providers';
