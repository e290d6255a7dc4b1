import type { ContainerModel, WorkloadModel } from '../../foundation';
import { limitedContainers } from '../alert/container-alerts';
import { isLasting, samplePod } from '../alert/pods-of';
import type { Labels } from '../promql';
import type { InputSeries, Timeline } from './input';
import type { Happening, Happenings } from './places';
import { always, from, sample, whileFaulty, type Value } from './since';

/** What may happen to the containers of a workload. */
export interface ContainerStory extends Happenings {
  readonly alert: string;
  readonly what: string;
  readonly leadSeconds?: number;
  /** Each is told of by itself. */
  readonly containers: readonly ContainerModel[];
}

/** A series of a container as the kubelet offers it. */
type Series = (container: ContainerModel) => {
  readonly metric: string;
  readonly labels?: Labels;
  readonly value: Value;
};

/** What no team of ours has written, and a mesh adds to every pod. */
const INJECTED: ContainerModel = {
  ...{ name: 'injected-by-a-mesh', role: 'main', image: '' },
  ...{ requests: {}, limits: {} },
};

/** The same series of several containers of one pod. */
const each =
  (
    workload: WorkloadModel,
    containers: readonly ContainerModel[],
    ...series: readonly Series[]
  ): Happening =>
  (namespace, timeline) =>
    containers.flatMap((container) =>
      series.map((of) => containerSeries(workload, container, of(container), namespace, timeline)),
    );

function containerSeries(
  workload: WorkloadModel,
  { name }: ContainerModel,
  { metric, labels = {}, value }: ReturnType<Series>,
  namespace: string,
  timeline: Timeline,
): InputSeries {
  const own = { namespace, pod: samplePod(workload), container: name, ...labels };
  return sample(metric, own, timeline, value);
}

/** What kube-state-metrics offers under two names. */
const state =
  (metric: string, labels: Labels, value: Value): Series =>
  ({ role }) => ({
    metric: `kube_pod_${role === 'main' ? '' : 'init_'}container_${metric}`,
    labels,
    value,
  });

/** The stories of the alerts of one workload's containers, whether it has these alerts or not. */
export function containerStories(workload: WorkloadModel): readonly ContainerStory[] {
  const memory = limitedContainers(workload, 'memory');
  const cpu = limitedContainers(workload, 'cpu');
  return [
    crashLooping(workload),
    waiting(workload),
    isLasting(workload) ? killed(workload) : killedRun(workload),
    ...(memory.length > 0 ? [nearLimit(workload, memory)] : []),
    ...(cpu.length > 0 ? [throttled(workload, cpu)] : []),
  ];
}

const reason = (name: string, value: Value = whileFaulty): Series =>
  state('status_waiting_reason', { reason: name }, value);

function crashLooping(workload: WorkloadModel): ContainerStory {
  const { containers } = workload;
  return {
    alert: 'WorkloadCrashLooping',
    what: 'ends soon after each start',
    containers,
    fault: each(workload, containers, reason('CrashLoopBackOff')),
    healthy: each(workload, containers, reason('ContainerCreating')),
    lookalike: each(workload, [INJECTED], reason('CrashLoopBackOff')),
  };
}

function waiting(workload: WorkloadModel): ContainerStory {
  const { containers } = workload;
  const fault = 'CreateContainerConfigError';
  return {
    alert: 'WorkloadContainerWaiting',
    what: 'a key that it reads is missing',
    containers,
    fault: each(workload, containers, reason(fault)),
    healthy: each(workload, containers, reason('ContainerCreating')),
    // As when a Secret comes a little later.
    lookalike: each(workload, containers, reason(fault, forMinutes(2))),
  };
}

const forMinutes =
  (minutes: number): Value =>
  (since) => {
    if (since === minutes * 60) return 'stale';
    return since >= 0 && since < minutes * 60 ? 1 : undefined;
  };

function killed(workload: WorkloadModel): ContainerStory {
  const { containers } = workload;
  const ends = (name: string, value: Value): Series =>
    state('status_last_terminated_reason', { reason: name }, value);
  const restarts = (value: Value): Series => state('status_restarts_total', {}, value);
  const once = restarts(from(0, 1));
  return {
    alert: 'WorkloadOutOfMemory',
    what: 'is killed at its memory limit',
    containers,
    fault: each(workload, containers, once, ends('OOMKilled', whileFaulty)),
    healthy: each(workload, containers, once, ends('Error', whileFaulty)),
    // Killed long ago.
    lookalike: each(workload, containers, restarts(always(1)), ends('OOMKilled', always(1))),
  };
}

function killedRun(workload: WorkloadModel): ContainerStory {
  const { containers } = workload;
  const ends = (name: string): Series =>
    state('status_terminated_reason', { reason: name }, whileFaulty);
  return {
    alert: 'WorkloadOutOfMemory',
    what: 'is killed at its memory limit',
    containers,
    fault: each(workload, containers, ends('OOMKilled')),
    healthy: each(workload, containers, ends('Completed')),
    lookalike: each(workload, [INJECTED], ends('OOMKilled')),
  };
}

/** More than a test has seconds before its fault. */
const ALL_WELL = 3600;
/** Bytes; the limit of a test. */
const LIMIT = 1000;

function nearLimit(workload: WorkloadModel, containers: readonly ContainerModel[]): ContainerStory {
  const used =
    (bytes: number): Series =>
    () => ({
      metric: 'container_memory_working_set_bytes',
      labels: { id: '/a' },
      value: from(LIMIT / 2, bytes),
    });
  const limit = state('resource_limits', { resource: 'memory' }, always(LIMIT));
  return {
    alert: 'WorkloadMemoryNearLimit',
    what: 'uses 95 % of its memory limit',
    containers,
    fault: each(workload, containers, used(0.95 * LIMIT), limit),
    healthy: each(workload, containers, used(0.85 * LIMIT), limit),
    lookalike: each(workload, [INJECTED], used(LIMIT), limit),
  };
}

/** Of 600 periods in a minute. */
const PERIODS = 10;

function throttled(workload: WorkloadModel, containers: readonly ContainerModel[]): ContainerStory {
  const periods: Series = () => ({
    metric: 'container_cpu_cfs_periods_total',
    value: (since) => PERIODS * (ALL_WELL + since),
  });
  const waits =
    (share: number): Series =>
    () => ({
      metric: 'container_cpu_cfs_throttled_periods_total',
      value: (since) => share * PERIODS * Math.max(0, since),
    });
  return {
    alert: 'WorkloadCpuThrottled',
    what: 'waits in nine of ten periods',
    // The first minute of five is less than a quarter of them, two are more.
    leadSeconds: 120,
    containers,
    fault: each(workload, containers, periods, waits(0.9)),
    healthy: each(workload, containers, periods, waits(0.2)),
    lookalike: each(workload, [INJECTED], periods, waits(0.9)),
  };
}
