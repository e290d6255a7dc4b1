import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApplicationModel, SignalSource } from '../../../lib';
import type { OpenMetricsFile, Sample } from '../open-metrics';

/** How many requests each service gets in a second. */
const RATE = 100;
/** Where all of it runs. */
export interface Runs {
  readonly source: SignalSource;
  readonly environment: string;
}

interface Counter {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What it counts. */
  readonly of: 'good' | 'bad' | 'all';
  readonly service: string;
}

/** What says that a backing service can be used. */
interface Gauge {
  readonly service: string;
  readonly series: string;
  readonly means: 'positive' | 'present';
}

/** Services that call each other as the model of their application says, and fail when a hard dependency does. */
export class EmulatedGraph {
  readonly #counters: readonly Counter[];
  readonly #gauges: readonly Gauge[];
  readonly #callees = new Map<string, string[]>();
  readonly #counts = new Map<string, { good: number; bad: number }>();
  readonly #faults = new Set<string>();
  #server: http.Server | undefined;
  #timer: NodeJS.Timeout | undefined;

  public constructor(model: ApplicationModel, runs: Runs) {
    for (const { from, to, soft } of model.edges) {
      if (!soft) this.#callees.set(from, [...(this.#callees.get(from) ?? []), to]);
    }
    this.#counters = countersOf(model, runs);
    this.#gauges = gaugesOf(model, runs);
    for (const { name } of model.workloads) this.#counts.set(name, { good: 0, bad: 0 });
  }

  /** Requests until now, which fail for as long as `failedFor` says where a fault is. All in seconds. */
  public writeHistory(
    file: OpenMetricsFile,
    past: { readonly seconds: number; readonly step: number; readonly failedFor?: number },
  ): void {
    const { seconds, step, failedFor = 0 } = past;
    const end = Date.now() / 1000;
    const counted = (at: number, { of, service }: Counter): number => {
      const wasGood = this.#isBad(service) ? Math.min(at, seconds - failedFor) : at;
      return RATE * { good: wasGood, bad: at - wasGood, all: at }[of];
    };
    for (const counter of this.#counters) {
      file.series(
        counter.name,
        counter.labels,
        Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index): Sample => {
          const at = index * step;
          return [end - seconds + at, counted(at, counter)];
        }),
      );
    }
    for (const counts of this.#counts.values()) counts.good = RATE * seconds;
  }

  /** Serves the counters, which go on. @returns where */
  public start(): Promise<string> {
    let last = Date.now();
    this.#timer = setInterval(() => {
      const now = Date.now();
      for (const [name, counts] of this.#counts) {
        counts[this.#isBad(name) ? 'bad' : 'good'] += (RATE * (now - last)) / 1000;
      }
      last = now;
    }, 50);
    const server = http.createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(this.#text());
    });
    this.#server = server;
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`);
      });
    });
  }

  public stop(): void {
    clearInterval(this.#timer);
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  public fail(service: string): void {
    this.#faults.add(service);
  }

  public mend(service: string): void {
    this.#faults.delete(service);
  }

  #isBad(service: string): boolean {
    const callees = this.#callees.get(service) ?? [];
    return this.#faults.has(service) || callees.some((each) => this.#isBad(each));
  }

  #text(): string {
    const lines = this.#counters.map(({ name, labels, of, service }) => {
      const { good, bad } = this.#counts.get(service) ?? { good: 0, bad: 0 };
      const value = { good, bad, all: good + bad }[of];
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
      return `${name}{${pairs.join(',')}} ${value}\n`;
    });
    const gauges = this.#gauges.map(({ service, series, means }) => {
      if (!this.#faults.has(service)) return `${series} 1\n`;
      return means === 'present' ? '' : `${series} 0\n`;
    });
    return [...lines, ...gauges].join('');
  }
}

function gaugesOf({ environments }: ApplicationModel, runs: Runs): readonly Gauge[] {
  const { services = {} } = environments.find(({ name }) => name === runs.environment) ?? {};
  return Object.entries(services).flatMap(([service, { availability }]): readonly Gauge[] => {
    const { metric, labels, means } = availability;
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return [{ service, series: `${metric}{${pairs.join(',')}}`, means }];
  });
}

function countersOf(
  { application, workloads, environments }: ApplicationModel,
  { source, environment }: Runs,
): readonly Counter[] {
  const { namespace = '' } = environments.find(({ name }) => name === environment) ?? {};
  return workloads.flatMap(({ name, objectives = [], service }): readonly Counter[] => {
    const signal = source.requests({
      ...{ application, name, isScraped: true, isExposed: true },
      protocol: service?.protocol === 'grpc' ? 'grpc' : 'http',
    });
    if ('blind' in signal || objectives.length === 0) return [];
    const { label, sample = '{namespace}' } = signal.namespace;
    const labels = { ...signal.total.is, [label]: sample.replace('{namespace}', namespace) };
    const { total, samples, latency } = signal;
    const counter = (of: Counter['of'], metric: string, more: Counter['labels']): Counter => ({
      ...{ name: metric, of, service: name },
      labels: { ...labels, ...more },
    });
    return [
      counter('good', total.metric, samples.good),
      counter('bad', total.metric, samples.bad),
      ...latency.boundaries.map((le) => counter('all', latency.buckets.metric, { le: String(le) })),
    ];
  });
}
