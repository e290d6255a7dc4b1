import type { WorkloadKind } from '../foundation';
import type { Measurements } from '../sizing';
import type { Life } from './life';
import type { Window } from './window';

/** What was measured of one container of one workload. */
export interface CollectedContainer {
  readonly workload: string;
  readonly kind: WorkloadKind;
  readonly container: string;
  /** How many pods were seen. */
  readonly pods: number;
  readonly measurements: Measurements;
  readonly lives: readonly Life[];
}

/** What a server knows of the workloads that were asked about: every one of their containers, seen or not. */
export interface Collected {
  readonly window: Window;
  /** How far apart the samples are. */
  readonly scrapeSeconds: number;
  /** Over how long a sample of CPU use is taken. */
  readonly rateSeconds: number;
  readonly containers: readonly CollectedContainer[];
  /** Pods of these workloads, and how many of them were told by their names alone, as kube-state-metrics does not know them. */
  readonly pods: { readonly all: number; readonly byName: number };
  /** Containers that somebody put into the pods, such as a mesh's, and in how many pods they are. */
  readonly injected: Readonly<Record<string, number>>;
}
