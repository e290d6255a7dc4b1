import { OpenMetricsFile } from '../../lib/rehearsal';
import {
  PHASE,
  sampled,
  times,
  writeOwner,
  writePod,
  type Container,
  type Pod,
  type Scraping,
} from './pod';

export const DAY = 86_400;
/** The midnight at which the window ends. */
export const END = Date.UTC(2026, 10, 20) / 1000;
export const DAYS = 14;
export const START = END - DAYS * DAY;
export const STEP = 300;
const MEBIBYTE = 2 ** 20;

/** Where everything stands that has all the metrics. */
export const NAMESPACE = 'shapes';
/** The same steady workload, where there is no kube-state-metrics. */
export const STATELESS = 'stateless';
/** The same counter with resets in one series, where the label `id` is dropped. */
export const WITHOUT_ID = 'without-id';
/** All is there twice, by two jobs that scrape the kubelets. */
export const TWICE = 'twice';

const ordinary: Scraping = { stepSeconds: STEP, kubelets: ['kubelet'] };

const container = (name: string, facts: Partial<Container> = {}): Container => ({
  name,
  cpu: () => 0.2,
  memory: () => 100 * MEBIBYTE,
  memoryLimit: 256 * MEBIBYTE,
  ...facts,
});

/** Of each day so many times 20 minutes, at its begin. */
const firstOfDay = (at: number, blocks: number): boolean => at % DAY < blocks * 1200;

/** The containers by the workload of the same name. Each began a day before the window. */
export const SHAPES: Readonly<Record<string, readonly Container[]>> = {
  steady: [container('steady')],
  // 4 of 72 windows of 20 minutes each day.
  bursty: [container('bursty', { cpu: (at) => (firstOfDay(at, 4) ? 1 : 0.1) })],
  rhythm: [
    container('rhythm', { cpu: (at) => 0.3 + 0.2 * Math.sin((2 * Math.PI * (at % DAY)) / DAY) }),
  ],
  leak: [container('leak', { memory: (at) => (100 + ((at - START) / DAY) * 10) * MEBIBYTE })],
  oom: [
    container('oom', {
      memory: () => 250 * MEBIBYTE,
      restarts: [START + 3 * DAY + 4000, START + 6 * DAY + 4000, START + 6 * DAY + 9000],
      reason: 'OOMKilled',
    }),
  ],
  crash: [
    container('crash', {
      restarts: [START + 2 * DAY + 4000, START + 5 * DAY + 4000],
      reason: 'Error',
    }),
  ],
  throttled: [container('throttled', { throttled: 0.3 })],
  sidecar: [
    container('sidecar', { cpu: () => 0.4 }),
    container('proxy', { cpu: () => 0.05, memory: () => 40 * MEBIBYTE }),
    container('istio-proxy', { cpu: () => 0.07 }),
  ],
  jvm: [container('jvm', { memory: () => 900 * MEBIBYTE, memoryLimit: 1024 * MEBIBYTE })],
};

/** Writes everything that the tests ask about. */
export function writeStore(path: string): void {
  const file = new OpenMetricsFile(path);
  for (const [name, containers] of Object.entries(SHAPES)) {
    deployed(file, NAMESPACE, name, containers, ['7d9f8c5b6d'], START - DAY, END, ordinary);
  }
  deployed(file, NAMESPACE, 'fresh', [container('fresh')], ['6b8d7f9c54'], END - 2 * DAY, END);
  // Each second scrape of it is lost.
  const slow = { ...ordinary, stepSeconds: 2 * STEP };
  deployed(file, NAMESPACE, 'slow', [container('slow')], ['6b8d7f9c55'], START - DAY, END, slow);
  spiky(file);
  jumping(file);
  released(file);
  runs(file);
  jvmMetrics(file);
  stateOnly(file);
  const others: readonly [string, Scraping][] = [
    [STATELESS, { ...ordinary, withoutState: true }],
    [TWICE, { ...ordinary, kubelets: ['kubelet', 'prometheus-operator-kubelet'] }],
    [WITHOUT_ID, { ...ordinary, withoutId: true }],
  ];
  for (const [namespace, scraping] of others) {
    const containers = [
      container('steady', { restarts: [START + 3 * DAY + 4000, START + 8 * DAY + 4000] }),
    ];
    deployed(file, namespace, 'steady', containers, ['7d9f8c5b6d'], START - DAY, END, scraping);
    runsOf(file, namespace, scraping);
  }
  file.end();
}

function deployed(
  file: OpenMetricsFile,
  namespace: string,
  workload: string,
  containers: readonly Container[],
  releases: readonly string[],
  from: number,
  to: number,
  scraping: Scraping = ordinary,
): void {
  for (const release of releases) {
    const owner = { kind: 'ReplicaSet', name: `${workload}-${release}` } as const;
    for (const suffix of ['4xz7k', 'b9wqp']) {
      const pod = { namespace, name: `${owner.name}-${suffix}`, owner, from, to, containers };
      writePod(file, pod, scraping);
    }
    if (scraping.withoutState) continue;
    const by = { kind: 'Deployment', name: workload };
    writeOwner(file, namespace, owner, by, [from, to], STEP);
  }
}

/** Starts in the middle of the window: for ten minutes with two cores and twice the memory. */
function spiky(file: OpenMetricsFile): void {
  const from = START + 4 * DAY + 5 * 3600 + 40;
  const isStarting = (at: number): boolean => at < from + 600;
  const containers = [
    container('spike', {
      cpu: (at) => (isStarting(at) ? 2 : 0.05),
      memory: (at) => (isStarting(at) ? 200 : 100) * MEBIBYTE,
    }),
  ];
  deployed(file, NAMESPACE, 'spike', containers, ['5c7b9d8f4c'], from, END);
}

/** Starts in the middle of the window: until the first scrape, of which it is 90 seconds, with four cores. */
function jumping(file: OpenMetricsFile): void {
  const from = START + 6 * DAY + 5 * 3600 + PHASE - 90;
  const containers = [container('jump', { cpu: (at) => (at < from + 90 ? 4 : 0.05) })];
  deployed(file, NAMESPACE, 'jump', containers, ['8f6b5d4c9b'], from, END);
}

/** Two releases, one after the other: the pods of the second use more. */
function released(file: OpenMetricsFile): void {
  const middle = START + 7 * DAY;
  const using = (cores: number): readonly Container[] => [
    container('released', { cpu: () => cores }),
  ];
  deployed(file, NAMESPACE, 'released', using(0.1), ['58d9c7b6f4'], START - DAY, middle);
  deployed(file, NAMESPACE, 'released', using(0.3), ['6f5b8c9d7d'], middle, END);
}

/** A CronJob of 40 minutes each night, the later the more. */
function runs(file: OpenMetricsFile): void {
  runsOf(file, NAMESPACE, ordinary);
}

function runsOf(file: OpenMetricsFile, namespace: string, scraping: Scraping): void {
  for (let day = 0; day < DAYS; day++) {
    const from = START + day * DAY + 2 * 3600;
    const to = from + 2400;
    const owner = { kind: 'Job', name: `nightly-${Math.floor(from / 60)}` } as const;
    const usage = { cpu: () => 0.5, memory: () => (100 + 5 * day) * MEBIBYTE };
    const pod: Pod = {
      ...{ namespace, name: `${owner.name}-x${day % 10}k2b`, owner, from, to },
      containers: [container('nightly', usage)],
    };
    writePod(file, pod, scraping);
    if (scraping.withoutState) continue;
    const by = { kind: 'CronJob', name: 'nightly' };
    writeOwner(file, namespace, owner, by, [from, to], STEP);
  }
}

/** What a JVM says of itself: 100 MiB live after a collection, 60 MiB beside the heap. */
function jvmMetrics(file: OpenMetricsFile): void {
  for (const suffix of ['4xz7k', 'b9wqp']) {
    const labels = {
      ...{ namespace: NAMESPACE, pod: `jvm-7d9f8c5b6d-${suffix}`, container: 'jvm', job: 'jvm' },
    };
    const gauge = (name: string, further: object, mebibytes: number): void => {
      const samples = sampled(times(START - DAY, END, STEP), () => mebibytes * MEBIBYTE);
      file.series(name, { ...labels, ...further }, samples);
    };
    gauge('jvm_gc_live_data_size_bytes', {}, 100);
    gauge('jvm_memory_used_bytes', { area: 'nonheap', id: 'Metaspace' }, 40);
    gauge('jvm_memory_used_bytes', { area: 'nonheap', id: 'CodeCache' }, 20);
    gauge('jvm_memory_used_bytes', { area: 'heap', id: 'G1 Old Gen' }, 700);
  }
}

/** Pods that ran and were never scraped; those of `doomed` were killed before. */
function stateOnly(file: OpenMetricsFile): void {
  const killed = { restarts: [START + DAY + 4000], reason: 'OOMKilled' } as const;
  for (const one of [container('silent'), container('doomed', killed)]) {
    const scraping = { ...ordinary, kubelets: [] };
    deployed(file, NAMESPACE, one.name, [one], ['7d9f8c5b6d'], START, END, scraping);
  }
}
