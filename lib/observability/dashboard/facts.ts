import type { EdgeModel, WorkloadModel } from '../../foundation';
import type { Objective } from '../objective/objective';
import type { RequestSignal } from '../objective/signal';

/** What the dashboard of an application is made of. */
export interface ApplicationDashboardFacts {
  readonly application: string;
  /** The team that answers for it. */
  readonly owner: string;
  readonly workloads: readonly WorkloadModel[];
  readonly edges: readonly EdgeModel[];
  /** Of all its workloads. */
  readonly objectives: readonly Objective[];
}

/** What the dashboard of one workload is made of. */
export interface ServiceDashboardFacts extends ApplicationDashboardFacts {
  readonly workload: WorkloadModel;
  /** Its requests; absent where the platform's source of signals sees none. */
  readonly signal?: RequestSignal;
}

/** The objectives of the workload. */
export const ownObjectives = ({
  objectives,
  workload,
}: ServiceDashboardFacts): readonly Objective[] =>
  objectives.filter(({ service }) => service === workload.name);

/** The edges that lead away from the workload. */
export const dependencies = ({ edges, workload }: ServiceDashboardFacts): readonly EdgeModel[] =>
  edges.filter(({ from, to }) => from === workload.name && to !== workload.name);

/** Whether anybody may call it: another application that it is published to, or a workload beside it. */
export const hasCallers = ({ edges, workload }: ServiceDashboardFacts): boolean =>
  workload.publication !== undefined ||
  edges.some(({ to, from, kind }) => kind === 'workload' && to === workload.name && from !== to);
