import type { ContainerModel, WorkloadModel } from '../../foundation';
import { selectSeries } from '../promql';

/**
 * Of what the names that Kubernetes makes up consist: no vowels, and no digits that look like letters.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
 */
const MADE_UP = '[bcdfghjklmnpqrstvwxz2456789]';
/** Of a name for pods as long as this the rest is cut off, before five characters are added. */
const LONGEST_BASE = 58;

/** What stands between the name of a workload and the last five characters, and how long it may be. */
const MIDDLES = {
  deployment: { pattern: `${MADE_UP}{5,10}`, longest: 10 },
  // The minute of the schedule since 1970.
  'scheduled-job': { pattern: '[0-9]{8,10}', longest: 10 },
  // Our own hash of what the Job consists of.
  migration: { pattern: '[0-9a-f]{8}', longest: 8 },
} as const;

const middleOf = (kind: WorkloadModel['kind']): keyof typeof MIDDLES =>
  kind === 'web-service' || kind === 'worker' ? 'deployment' : kind;

/** The names of the pods of one workload, and of no other. */
export function podPattern({ name, kind }: Pick<WorkloadModel, 'name' | 'kind'>): RegExp {
  const middle = MIDDLES[middleOf(kind)];
  const length = name.length + middle.longest + '--'.length;
  if (length <= LONGEST_BASE) return new RegExp(`${name}-${middle.pattern}-${MADE_UP}{5}`);
  // Cut off, it tells no two workloads apart that begin alike; the names of their containers do.
  return new RegExp(`${name.slice(0, LONGEST_BASE)}[-a-z0-9]*`);
}

/** What stands in the middle, for tests. */
const SAMPLES: Readonly<Record<keyof typeof MIDDLES, readonly [string, string]>> = {
  deployment: ['7d9f8c5b6d', '5c6d7f8b9d'],
  'scheduled-job': ['29384715', '29384720'],
  migration: ['0a1b2c3d', '4e5f6a7b'],
};

/** Names as Kubernetes makes them, for tests: an earlier Job and a later one. */
export function sampleJobs({ name, kind }: Pick<WorkloadModel, 'name' | 'kind'>): {
  readonly earlier: string;
  readonly later: string;
} {
  const [earlier, later] = SAMPLES[middleOf(kind)];
  return { earlier: `${name}-${earlier}`, later: `${name}-${later}` };
}

/** The name of a pod as Kubernetes makes it, for tests. */
export const samplePod = (workload: Pick<WorkloadModel, 'name' | 'kind'>): string =>
  `${`${sampleJobs(workload).later}-`.slice(0, LONGEST_BASE)}4xz7k`;

/** The names of the Jobs of what runs to its end. */
export const jobPattern = ({ name, kind }: Pick<WorkloadModel, 'name' | 'kind'>): RegExp =>
  new RegExp(`${name}-${MIDDLES[kind === 'migration' ? kind : 'scheduled-job'].pattern}`);

/** One of some names. Kubernetes' names of containers hold nothing that a pattern would read otherwise. */
function oneOfNames(names: readonly string[]): string | RegExp {
  const [only = ''] = names;
  return names.length === 1 ? only : new RegExp(names.join('|'));
}

/** Whether a workload runs until its pods are replaced. */
export const isLasting = ({ kind }: Pick<WorkloadModel, 'kind'>): boolean =>
  kind === 'web-service' || kind === 'worker';

/** The series of a workload's containers that the kubelet offers. */
export const ofContainers = (
  workload: WorkloadModel,
  metric: string,
  containers: readonly ContainerModel[],
): string =>
  selectSeries(metric, {
    pod: podPattern(workload),
    container: oneOfNames(containers.map(({ name }) => name)),
  });

/**
 * The series of a workload's containers that kube-state-metrics offers under two names: sidecars are init containers to Kubernetes.
 * @param metric - what follows `kube_pod_container_` and `kube_pod_init_container_`
 * @param wrap - what is made of each
 */
export function stateOf(
  workload: WorkloadModel,
  containers: readonly ContainerModel[],
  metric: string,
  labels: Readonly<Record<string, string | RegExp>>,
  wrap: (series: string) => string,
): string {
  const isMain = ({ role }: ContainerModel): boolean => role === 'main';
  const series = [
    { of: 'container', among: containers.filter(isMain) },
    { of: 'init_container', among: containers.filter((each) => !isMain(each)) },
  ]
    .filter(({ among }) => among.length > 0)
    .map(({ of, among }) =>
      selectSeries(`kube_pod_${of}_${metric}`, {
        pod: podPattern(workload),
        container: oneOfNames(among.map(({ name }) => name)),
        ...labels,
      }),
    );
  return `max by (namespace, pod, container) (${series.map(wrap).join(' or ')})`;
}

/** How kubectl is told the pods of a workload. */
export const selectorText = ({ selector }: Pick<WorkloadModel, 'selector'>): string =>
  Object.entries(selector)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
