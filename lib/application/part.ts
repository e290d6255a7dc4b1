import type { Construct } from 'constructs';
import type { Captured, WorkloadKind } from '../foundation';
import type { Resolution, ResolvedWorkload } from './resolved-workload';

/** A workload as its application holds it: asked for its manifests' facts when all is known. */
export interface Part {
  readonly kind: WorkloadKind;
  readonly construct: Construct;
  readonly source: Captured;
  readonly resolve: () => Resolution;
  /** Places what is known only when all edges are. Called before rendering, perhaps more than once. */
  readonly settle: () => void;
}

/** A part, and what it was resolved to unless its props made that impossible. */
export interface KnownPart {
  readonly part: Part;
  readonly resolved?: ResolvedWorkload;
}
