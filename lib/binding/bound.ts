import type { PhaseOne } from '../application';
import type { Environment } from '../environment';
import {
  applicationLabels,
  isText,
  ProblemLog,
  recommendedLabels,
  type Manifest,
  type Problem,
  type WorkloadModel,
} from '../foundation';
import type { OnCall } from '../incident';

/** One application in one environment: what every binding function looks at. */
export interface Bound {
  readonly phaseOne: PhaseOne;
  readonly environment: Environment;
  /** All environments of the platform, in the order of their declaration: some share a Prometheus. */
  readonly environments: readonly Environment[];
  /** The workloads that exist in this environment. */
  readonly workloads: readonly WorkloadModel[];
  readonly namespace: string;
  /** Who is told of what; undefined where the platform does not say. */
  readonly onCall?: OnCallHere | undefined;
}

/** Who is told of what, and how long Alertmanager waits for further alerts of a group. */
export interface OnCallHere {
  readonly onCall: OnCall;
  readonly groupWait: string;
}

/** What one binding function makes of it. */
export interface Binding {
  readonly manifests: readonly Manifest[];
  readonly problems?: readonly Problem[];
}

/** Joins an application with an environment. */
export function bound(
  phaseOne: PhaseOne,
  environment: Environment,
  environments: readonly Environment[],
  onCall?: OnCallHere,
): Bound {
  const workloads = phaseOne.workloads.filter((workload) => isPresent(workload, environment));
  const namespace: unknown = environment.namespace(phaseOne.application);
  return {
    phaseOne,
    environment,
    environments,
    workloads,
    // A function of the platform team's may return anything; what is no text is no namespace either.
    namespace: isText(namespace) ? namespace : '',
    onCall,
  };
}

/** Whether a workload exists in an environment. */
export function isPresent(workload: WorkloadModel, environment: Environment): boolean {
  const { presence } = workload;
  return !presence || environment.lookup.some((name) => presence.stages.includes(name));
}

/** Collects problems about an application in an environment, such as `shop/orders in dev`. */
export function bindingLog(
  { phaseOne, environment }: Bound,
  part?: { readonly path: string },
): ProblemLog {
  const path = part?.path ?? phaseOne.path;
  return new ProblemLog(`${path} in ${environment.name}`, phaseOne.sourceOf(path));
}

/** The labels of a phase-2 object that belongs to one workload. */
export const workloadLabels = (
  { phaseOne }: Bound,
  workload: WorkloadModel,
): Readonly<Record<string, string>> =>
  recommendedLabels({
    application: phaseOne.application,
    name: workload.name,
    component: workload.kind,
  });

/** The labels of a phase-2 object that belongs to the whole application. */
export const boundLabels = ({ phaseOne }: Bound): Readonly<Record<string, string>> =>
  applicationLabels(phaseOne.application);
