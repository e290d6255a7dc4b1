import {
  quantityNanos,
  standsIn,
  type ApplicationModel,
  type ContainerModel,
  type EnvironmentModel,
  type WorkloadKind,
  type WorkloadModel,
} from '../foundation';

/** Cores and bytes in billionths, so that sums are exact. */
export interface NanoAmounts {
  readonly cpu: bigint;
  readonly memory: bigint;
}

/** What a workload requests in one environment. */
export interface WorkloadRequests {
  readonly workload: string;
  readonly kind: WorkloadKind;
  /** What one of its pods requests. */
  readonly pod: NanoAmounts;
  /** How many pods there may be: of what runs to its end none or one. */
  readonly replicas: { readonly min: number; readonly max: number };
}

/** Tells what a container requests, as Kubernetes quantities. */
export type RequestOf = (
  container: ContainerModel,
  workload: WorkloadModel,
) => Readonly<Record<string, string>>;

export const NOTHING: NanoAmounts = { cpu: 0n, memory: 0n };

export const plus = (a: NanoAmounts, b: NanoAmounts): NanoAmounts => ({
  cpu: a.cpu + b.cpu,
  memory: a.memory + b.memory,
});

const times = ({ cpu, memory }: NanoAmounts, count: number): NanoAmounts => ({
  cpu: cpu * BigInt(count),
  memory: memory * BigInt(count),
});

/** What each workload requests in an environment, by its model. */
export function workloadRequests(
  { workloads }: ApplicationModel,
  environment: EnvironmentModel,
  requestOf: RequestOf = ({ requests }) => requests,
): readonly WorkloadRequests[] {
  return workloads.flatMap((workload) => {
    const replicas = tryReplicas(workload, environment);
    if (replicas === undefined) return [];
    const { name, kind } = workload;
    return [{ workload: name, kind, pod: podOf(workload, requestOf), replicas }];
  });
}

/** What all of them request together with as few replicas as there may be. */
export const atLeast = (requests: readonly WorkloadRequests[]): NanoAmounts =>
  requests.map(({ pod, replicas }) => times(pod, replicas.min)).reduce(plus, NOTHING);

/** The same with as many as there may be, and every job running. A rollout takes more for a while. */
export const atMost = (requests: readonly WorkloadRequests[]): NanoAmounts =>
  requests.map(({ pod, replicas }) => times(pod, replicas.max)).reduce(plus, NOTHING);

/** Undefined where the workload does not exist. */
function tryReplicas(
  workload: WorkloadModel,
  environment: EnvironmentModel,
): WorkloadRequests['replicas'] | undefined {
  const { name, kind, migration } = workload;
  const { replicas } = environment;
  if (kind === 'web-service' || kind === 'worker') return replicas[name];
  const isThere = migration
    ? replicas[migration.of] !== undefined
    : standsIn(workload, environment);
  return isThere ? { min: 0, max: 1 } : undefined;
}

/** All that runs together, or the largest init container beside the sidecars that started before it. */
function podOf(workload: WorkloadModel, requestOf: RequestOf): NanoAmounts {
  const amount = (container: ContainerModel): NanoAmounts => {
    const { cpu = '0', memory = '0' } = requestOf(container, workload);
    return { cpu: quantityNanos(cpu) ?? 0n, memory: quantityNanos(memory) ?? 0n };
  };
  let sidecars = NOTHING;
  let starting = NOTHING;
  for (const container of workload.containers.filter(({ role }) => role !== 'main')) {
    const own = amount(container);
    if (container.role === 'sidecar') sidecars = plus(sidecars, own);
    else starting = largerOf(starting, plus(sidecars, own));
  }
  const running = workload.containers
    .filter(({ role }) => role === 'main')
    .map(amount)
    .reduce(plus, sidecars);
  return largerOf(starting, running);
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const largerOf = (a: NanoAmounts, b: NanoAmounts): NanoAmounts => ({
  cpu: larger(a.cpu, b.cpu),
  memory: larger(a.memory, b.memory),
});
