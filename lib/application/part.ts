import type { Construct } from 'constructs';
import type { Captured } from '../foundation';
import type { Resolution } from './resolved-workload';

/** A workload as its application holds it: asked for its manifests' facts when all is known. */
export interface Part {
  readonly construct: Construct;
  readonly source: Captured;
  readonly resolve: () => Resolution;
  /** Places what is known only when all edges are. Called before rendering, perhaps more than once. */
  readonly settle: () => void;
}
