import type { Problem, WorkloadModel } from '../foundation';
import type { Workload } from '../workload';
import type { MonitorFacts, Objective } from '../observability';
import type { RouteBackend } from './resolve-exposure';
import type { WorkloadTarget } from './workload-target';

/** A workload after its defaults are filled in and its props are checked. */
export interface ResolvedWorkload {
  readonly workload: Workload;
  readonly model: WorkloadModel;
  /** Its objectives with what their rules are made of. */
  readonly objectives: readonly Objective[];
  readonly targets: readonly WorkloadTarget[];
  /** The other workloads to which its routes lead. */
  readonly backends: readonly RouteBackend[];
  readonly monitor?: MonitorFacts;
  /** The text of its team's notes for the runbook. */
  readonly notes?: string;
}

/** What came of resolving: every problem, and the workload unless its props made that impossible. With an error it is only good for finding more. */
export interface Resolution {
  readonly resolved?: ResolvedWorkload;
  readonly problems: readonly Problem[];
}
