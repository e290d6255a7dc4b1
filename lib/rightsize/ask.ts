import {
  standsIn,
  type ApplicationModel,
  type EnvironmentModel,
  type WorkloadKind,
} from '../foundation';
import type { Matcher } from '../prometheus';
import type { Window } from './window';

/** A workload whose use is asked for. */
export interface AskedWorkload {
  readonly workload: string;
  readonly kind: WorkloadKind;
  /** Those that run beside each other; init containers are not sized. */
  readonly containers: readonly string[];
  readonly initContainers: readonly string[];
}

/** What is asked of one application in one environment. */
export interface EvidenceAsk {
  readonly namespace: string;
  readonly workloads: readonly AskedWorkload[];
  readonly window: Window;
  /** Further conditions on all series, where one server holds several clusters: `cluster="prod-eu"`. */
  readonly matchers?: readonly Matcher[];
}

/** The workloads of an application that stand in an environment. */
export function askOf(
  { workloads }: ApplicationModel,
  environment: Pick<EnvironmentModel, 'name' | 'stage' | 'namespace' | 'files'>,
  window: Window,
  matchers: readonly Matcher[] = [],
): EvidenceAsk {
  const here = workloads.filter((each) => standsIn(each, environment));
  return {
    namespace: environment.namespace,
    workloads: here.map(({ name: workload, kind, containers }) => {
      const named = (isInit: boolean): readonly string[] =>
        containers.filter(({ role }) => (role === 'init') === isInit).map((one) => one.name);
      return { workload, kind, containers: named(false), initContainers: named(true) };
    }),
    window,
    matchers,
  };
}

/** Whether each pod of it is one run that ends. */
export const endsByItself = (kind: WorkloadKind): boolean =>
  kind === 'scheduled-job' || kind === 'migration';
