import type { Construct } from 'constructs';
import type { BackingServiceModel, Captured, Problem } from '../foundation';

/** What came of resolving a backing service: every problem, and the contract unless its props made that impossible. */
export interface ServiceResolution {
  readonly model?: BackingServiceModel;
  readonly problems: readonly Problem[];
}

/** A backing service as its application holds it. */
export interface ServicePart {
  readonly construct: Construct;
  readonly source: Captured;
  /** The port that its protocol has by itself. */
  readonly port: number;
  readonly resolve: () => ServiceResolution;
}
