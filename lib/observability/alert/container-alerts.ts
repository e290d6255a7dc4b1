import type { ContainerModel, WorkloadModel } from '../../foundation';
import { isLasting, ofContainers, selectorText, stateOf } from './pods-of';
import type { Ticket } from './ticket';

/** Reasons that no patience mends: an image that cannot be had, or a Secret, ConfigMap or key that is missing. */
const UNSTARTABLE =
  /ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError/;
/** A leak or a burst that comes this near is killed by the next one. */
const MEMORY_RATIO = 0.9;
/** Of the kernel's periods of 100 ms: what kubernetes-mixin asks about too. */
const THROTTLED_RATIO = 0.25;
const POD = 'by (namespace, pod, container)';
const CONTAINER = 'by (namespace, container)';

/** The alerts of the containers of one workload: one series for each container, whatever its pods are called. */
export function containerAlerts(workload: WorkloadModel): readonly Ticket[] {
  const limited = (resource: string): readonly ContainerModel[] =>
    limitedContainers(workload, resource);
  const isService = isLasting(workload);
  return [
    ...(isService ? [crashLooping(workload)] : []),
    containerWaiting(workload),
    isService ? outOfMemory(workload) : runOutOfMemory(workload),
    ...(isService && limited('memory').length > 0
      ? [memoryNearLimit(workload, limited('memory'))]
      : []),
    ...(isService && limited('cpu').length > 0 ? [cpuThrottled(workload, limited('cpu'))] : []),
  ];
}

/** The containers that run as long as their pod, and have a limit of something. */
export const limitedContainers = (
  { containers }: WorkloadModel,
  resource: string,
): readonly ContainerModel[] =>
  containers.filter(({ role, limits }) => role !== 'init' && limits[resource] !== undefined);

function crashLooping(workload: WorkloadModel): Ticket {
  const { name, containers } = workload;
  const state = stateOf(
    workload,
    containers,
    'status_waiting_reason',
    { reason: 'CrashLoopBackOff' },
    // Between two ends it runs for a while.
    (series) => `max_over_time(${series}[5m])`,
  );
  return {
    alert: 'WorkloadCrashLooping',
    expr: `count ${CONTAINER} (${state} >= 1)`,
    for: '15m',
    summary: `${name} keeps crashing in {{ $labels.environment }}`,
    description:
      `The container {{ $labels.container }} of {{ $value }} pods ends soon after each start, and Kubernetes waits longer each time. ` +
      `Look first at what it said last: kubectl -n {{ $labels.namespace }} logs -l ${selectorText(workload)} -c {{ $labels.container }} --previous --tail=50`,
  };
}

function containerWaiting(workload: WorkloadModel): Ticket {
  const { name, containers } = workload;
  const state = stateOf(
    workload,
    containers,
    'status_waiting_reason',
    { reason: UNSTARTABLE },
    // The reasons of one fault take turns.
    (series) => `max_over_time(${series}[2m])`,
  );
  return {
    alert: 'WorkloadContainerWaiting',
    expr: `count ${CONTAINER} (${state} >= 1)`,
    for: '5m',
    summary: `${name} cannot start in {{ $labels.environment }}`,
    description:
      `The container {{ $labels.container }} of {{ $value }} pods does not start: its image cannot be pulled, or a Secret, ConfigMap or key that it reads is missing. ` +
      `Look first at the events: kubectl -n {{ $labels.namespace }} describe pods -l ${selectorText(workload)}`,
  };
}

const KILLED = { reason: 'OOMKilled' } as const;

function outOfMemory(workload: WorkloadModel): Ticket {
  const { containers } = workload;
  const all = (metric: string, labels: Readonly<Record<string, string>>, range = ''): string =>
    stateOf(workload, containers, metric, labels, (series) =>
      range === '' ? series : `increase(${series}[${range}])`,
    );
  const restarted = all('status_restarts_total', {}, '1h');
  const killed = all('status_last_terminated_reason', KILLED);
  return killedTicket(workload, `count ${CONTAINER} (${restarted} > 0 and ${killed} == 1)`);
}

/** What runs to its end is not started again, and its pods stay for somebody to look at. */
function runOutOfMemory(workload: WorkloadModel): Ticket {
  const killed = (offset: string): string =>
    stateOf(
      workload,
      workload.containers,
      'status_terminated_reason',
      KILLED,
      (series) => `${series}${offset}`,
    );
  const expr = `count ${CONTAINER} (${killed('')} == 1 unless ${killed(' offset 1h')} == 1)`;
  return killedTicket(workload, expr);
}

const killedTicket = ({ name }: WorkloadModel, expr: string): Ticket => ({
  alert: 'WorkloadOutOfMemory',
  expr,
  summary: `${name} ran out of memory in {{ $labels.environment }}`,
  description:
    'The container {{ $labels.container }} of {{ $value }} pods reached its memory limit within the last hour and was killed. ' +
    'Look first at its memory before the end: a slope is a leak, a step is a larger request or a limit that is too low.',
});

function memoryNearLimit(workload: WorkloadModel, containers: readonly ContainerModel[]): Ticket {
  const used = `max ${POD} (${ofContainers(workload, 'container_memory_working_set_bytes', containers)})`;
  const limit = stateOf(
    workload,
    containers,
    'resource_limits',
    { resource: 'memory' },
    (series) => series,
  );
  return {
    alert: 'WorkloadMemoryNearLimit',
    expr: `max ${CONTAINER} (${used} / (${limit} > 0)) > ${MEMORY_RATIO}`,
    for: '15m',
    summary: `${workload.name} is about to run out of memory in {{ $labels.environment }}`,
    description:
      'The container {{ $labels.container }} uses {{ $value | humanizePercentage }} of its memory limit; at 100 % it is killed. ' +
      'Look first whether its memory rises without end (a leak) or with its requests (its size is too small).',
  };
}

function cpuThrottled(workload: WorkloadModel, containers: readonly ContainerModel[]): Ticket {
  const rate = (metric: string): string =>
    `sum ${POD} (rate(${ofContainers(workload, metric, containers)}[5m]))`;
  const throttled = rate('container_cpu_cfs_throttled_periods_total');
  const periods = rate('container_cpu_cfs_periods_total');
  return {
    alert: 'WorkloadCpuThrottled',
    expr: `max ${CONTAINER} (${throttled} / (${periods} > 0)) > ${THROTTLED_RATIO}`,
    for: '15m',
    summary: `${workload.name} is held back by its CPU limit in {{ $labels.environment }}`,
    description:
      'The container {{ $labels.container }} had to wait in {{ $value | humanizePercentage }} of its periods, which its callers feel as latency. ' +
      'Look first at its use of CPU beside its limit, and whether it counts the threads that it starts by the cores of the node.',
  };
}
