import type { EndpointReference, Problem, WorkloadModel } from '../foundation';
import type { Workload } from '../workload';
import type { MonitorFacts } from '../observability';

/** A workload after its defaults are filled in and its props are checked. */
export interface ResolvedWorkload {
  readonly workload: Workload;
  readonly model: WorkloadModel;
  readonly targets: readonly EndpointReference[];
  readonly monitor?: MonitorFacts;
}

/** What came of resolving: the workload, unless its props made that impossible, and every problem. */
export interface Resolution {
  readonly resolved?: ResolvedWorkload;
  readonly problems: readonly Problem[];
}
