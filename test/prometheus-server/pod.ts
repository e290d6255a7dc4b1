import { createHash } from 'node:crypto';
import type { OpenMetricsFile, Sample } from '../../lib/rehearsal';

/** A value by the seconds since 1970. */
export type Shape = (at: number) => number;

/** One container as its node and kube-state-metrics see it. */
export interface Container {
  readonly name: string;
  /** In cores. */
  readonly cpu: Shape;
  /** In bytes, while it runs. */
  readonly memory: Shape;
  readonly memoryLimit: number;
  /** The share of the periods in which it was held back; without, it has no limit of CPU. */
  readonly throttled?: number;
  /** When it was started again, in the same pod. */
  readonly restarts?: readonly number[];
  /** Why it ended before each of these. */
  readonly reason?: 'OOMKilled' | 'Error';
}

/** One pod from its start to its end. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly owner: { readonly kind: 'ReplicaSet' | 'Job'; readonly name: string };
  readonly from: number;
  readonly to: number;
  readonly containers: readonly Container[];
}

/** How a store was scraped. */
export interface Scraping {
  readonly stepSeconds: number;
  /** The jobs that scrape the kubelets: more than one where somebody scrapes twice. */
  readonly kubelets: readonly string[];
  /** Whether the label with the container's cgroup is dropped, as some do. */
  readonly withoutId?: boolean;
  /** Whether there is a kube-state-metrics. */
  readonly withoutState?: boolean;
}

/** Samples stand between the full minutes, as they do. */
export const PHASE = 17;
const CPU_PERIODS_PER_SECOND = 10;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** All series of a pod. */
export function writePod(file: OpenMetricsFile, pod: Pod, scraping: Scraping): void {
  scraping.kubelets.forEach((job, index) => {
    // The second scrapes a little later.
    for (const container of pod.containers)
      writeUsage(file, pod, container, scraping, job, PHASE + index * 7);
    writeCgroups(file, pod, scraping, job, PHASE + index * 7);
  });
  if (!scraping.withoutState) writeState(file, pod, scraping);
}

export function* times(
  from: number,
  to: number,
  step: number,
  phase: number = PHASE,
): Generator<number> {
  for (let at = Math.ceil((from - phase) / step) * step + phase; at < to; at += step) yield at;
}

/** Each life of a container has series of its own, by its id. */
function livesOf({ from, to }: Pod, { restarts = [] }: Container): readonly [number, number][] {
  const starts = [from, ...restarts];
  return starts.map((start, index) => [start, starts[index + 1] ?? to]);
}

function writeUsage(
  file: OpenMetricsFile,
  pod: Pod,
  container: Container,
  { stepSeconds, withoutId }: Scraping,
  job: string,
  phase: number,
): void {
  livesOf(pod, container).forEach(([from, to], life) => {
    const labels = {
      ...{ job, metrics_path: '/metrics/cadvisor', namespace: pod.namespace, pod: pod.name },
      ...{ container: container.name, image: `ghcr.io/example/${container.name}:1.0.0` },
      ...(!withoutId && { id: `/kubepods/pod${hash(pod.name).slice(0, 8)}/${life}` }),
    };
    const at = (): Iterable<number> => times(from, to, stepSeconds, phase);
    const gauge = (name: string, value: Shape): void => {
      file.series(name, labels, sampled(at(), value));
    };
    file.series('container_cpu_usage_seconds_total', labels, counted(at(), from, container.cpu));
    gauge('container_memory_working_set_bytes', container.memory);
    gauge('container_start_time_seconds', () => from);
    const { throttled } = container;
    if (throttled === undefined) return;
    const periods = (since: number): number => (since - from) * CPU_PERIODS_PER_SECOND;
    gauge('container_cpu_cfs_periods_total', periods);
    gauge('container_cpu_cfs_throttled_periods_total', (time) => periods(time) * throttled);
  });
}

/** The rows of the pod's own cgroup and of the container that holds its network: both would count twice. */
function writeCgroups(
  file: OpenMetricsFile,
  { namespace, name, from, to, containers }: Pod,
  { stepSeconds }: Scraping,
  job: string,
  phase: number,
): void {
  const sum: Shape = (at) => containers.reduce((total, { cpu }) => total + cpu(at), 0);
  for (const container of ['', 'POD']) {
    const labels = {
      ...{ job, metrics_path: '/metrics/cadvisor', namespace, pod: name },
      ...(container !== '' && { container }),
      id: `/kubepods/pod${hash(name).slice(0, 8)}${container}`,
    };
    const at = (): Iterable<number> => times(from, to, stepSeconds * 6, phase);
    file.series('container_cpu_usage_seconds_total', labels, counted(at(), from, sum));
    file.series(
      'container_memory_working_set_bytes',
      labels,
      sampled(at(), () => 2 ** 40),
    );
  }
}

function writeState(file: OpenMetricsFile, pod: Pod, { stepSeconds }: Scraping): void {
  const { namespace, name, owner, from, to, containers } = pod;
  const labels = { job: 'kube-state-metrics', namespace, pod: name, uid: hash(name).slice(0, 8) };
  const at = (since = from): Iterable<number> => times(since, to, stepSeconds, PHASE + 5);
  const facts = { owner_kind: owner.kind, owner_name: owner.name, owner_is_controller: 'true' };
  file.series('kube_pod_owner', { ...labels, ...facts }, ones(at()));
  for (const { name: container, memoryLimit, restarts = [], reason } of containers) {
    const own = { ...labels, container };
    const limit = { ...own, resource: 'memory', unit: 'byte', node: 'node-1' };
    file.series(
      'kube_pod_container_resource_limits',
      limit,
      sampled(at(), () => memoryLimit),
    );
    file.series(
      'kube_pod_container_status_restarts_total',
      own,
      sampled(at(), (time) => restarts.filter((restart) => restart <= time).length),
    );
    const [first] = restarts;
    if (first === undefined || reason === undefined) continue;
    file.series(
      'kube_pod_container_status_last_terminated_reason',
      { ...own, reason },
      ones(at(first)),
    );
  }
}

/** What owns the owner of a pod. */
export function writeOwner(
  file: OpenMetricsFile,
  namespace: string,
  owned: Pod['owner'],
  by: { readonly kind: string; readonly name: string },
  [from, to]: readonly [number, number],
  stepSeconds: number,
): void {
  const isJob = owned.kind === 'Job';
  const labels = {
    ...{ job: 'kube-state-metrics', namespace, owner_kind: by.kind, owner_name: by.name },
    owner_is_controller: 'true',
    [isJob ? 'job_name' : 'replicaset']: owned.name,
  };
  const name = isJob ? 'kube_job_owner' : 'kube_replicaset_owner';
  file.series(name, labels, ones(times(from, to, stepSeconds, PHASE + 5)));
}

const ones = (at: Iterable<number>): Iterable<Sample> => sampled(at, () => 1);

export function* sampled(at: Iterable<number>, value: Shape): Generator<Sample> {
  for (const time of at) yield [time, value(time)];
}

/** A counter that begins with the container. */
function* counted(at: Iterable<number>, from: number, value: Shape): Generator<Sample> {
  let [total, last] = [0, from];
  for (const time of at) {
    // The rate is that at the beginning of the step.
    total += value(last) * (time - last);
    last = time;
    yield [time, Math.round(total * 1e6) / 1e6];
  }
}
