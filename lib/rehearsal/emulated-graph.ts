import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApplicationModel } from '../foundation';
import { emulatedSeries, type EmulatedSeries } from './emulated-series';
import { healthOf, type Health, type PlacedFault } from './health';
import type { OpenMetricsFile, Sample } from './open-metrics';
import { closed } from './webhook';

/** How the services are emulated. */
export interface Emulation {
  readonly environment: string;
  /** How many requests each service gets in a second. @default 100 */
  readonly perSecond?: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
}

interface Counts {
  good: number;
  bad: number;
  /** Requests by whether they were faster than so many milliseconds. */
  readonly fast: Map<number, number>;
}

const YEAR = 31_536_000;
const TICK = 50;

/** Services that call each other as the model of their application says, and fail when a hard dependency does. */
export class EmulatedGraph {
  readonly #model: ApplicationModel;
  readonly #series: readonly EmulatedSeries[];
  readonly #counts = new Map<string, Counts>();
  readonly #rate: number;
  readonly #now: () => number;
  #faults: readonly PlacedFault[] = [];
  #health = new Map<string, Health>();
  #server: http.Server | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #asked = 0;

  public constructor(model: ApplicationModel, { environment, perSecond = 100, now }: Emulation) {
    this.#model = model;
    this.#series = emulatedSeries(model, environment);
    this.#rate = perSecond;
    this.#now = now;
    for (const { service, underMilliseconds } of this.#series) {
      const counts = this.#counts.get(service) ?? { good: 0, bad: 0, fast: new Map() };
      if (underMilliseconds !== undefined) counts.fast.set(underMilliseconds, 0);
      this.#counts.set(service, counts);
    }
    this.mend();
  }

  /** How often Prometheus has asked. */
  public get asked(): number {
    return this.#asked;
  }

  /** Requests until now. As long as `failedFor` says, the faults of now were there. All in seconds. */
  public writeHistory(
    file: OpenMetricsFile,
    past: { readonly seconds: number; readonly step: number; readonly failedFor?: number },
  ): void {
    const { seconds, step, failedFor = 0 } = past;
    const end = this.#now() / 1000;
    const rows = this.#series.map((series) => ({ series, samples: [] as Sample[] }));
    for (let at = 0; at <= seconds; at += step) {
      if (at > 0)
        this.#count(at > seconds - failedFor ? step : 0, at > seconds - failedFor ? 0 : step);
      for (const { series, samples } of rows) {
        const value = this.#value(series, end - seconds + at, at > seconds - failedFor);
        if (value !== undefined) samples.push([end - seconds + at, value]);
      }
    }
    for (const { series, samples } of rows) file.series(series.metric, series.labels, samples);
    // What comes while the servers start is counted too.
    this.#last = end * 1000;
  }

  /** Serves the counters, which go on. @returns where */
  public start(): Promise<string> {
    if (this.#last === 0) this.#last = this.#now();
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK);
    const server = http.createServer((_, response) => {
      this.#asked++;
      this.#tick();
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(this.#text());
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.on('error', reject).listen(0, '127.0.0.1', () => {
        resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`);
      });
    });
  }

  public async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#server) await closed(this.#server);
  }

  /** From now on there is this fault, beside those that are there. */
  public inject(...faults: readonly PlacedFault[]): void {
    this.#tick();
    this.#faults = [...this.#faults, ...faults];
    this.#look();
  }

  /** From now on there is no fault. */
  public mend(): void {
    this.#tick();
    this.#faults = [];
    this.#look();
  }

  #look(): void {
    this.#health = new Map(
      [...this.#counts.keys()].map((name) => [name, healthOf(name, this.#model, this.#faults)]),
    );
  }

  #tick(): void {
    if (this.#last === 0) return;
    const now = this.#now();
    this.#count((now - this.#last) / 1000, 0);
    this.#last = now;
  }

  /** Seconds in which things were as they are, and in which all was well. */
  #count(seconds: number, wellSeconds: number): void {
    for (const [name, counts] of this.#counts) {
      const health = this.#health.get(name);
      const well = this.#rate * wellSeconds;
      const more = health?.isIdle ? 0 : this.#rate * seconds;
      counts.good += well + (health?.fails ? 0 : more);
      counts.bad += health?.fails ? more : 0;
      for (const [under, count] of counts.fast) {
        counts.fast.set(under, count + well + ((health?.delay ?? 0) <= under ? more : 0));
      }
    }
  }

  /** What a series says; undefined when it is not there. */
  #value(series: EmulatedSeries, at: number, isNow = true): number | undefined {
    const { holds, service, underMilliseconds = 0 } = series;
    const { good, bad, fast } = this.#counts.get(service) ?? { good: 0, bad: 0, fast: new Map() };
    const health = isNow ? this.#health.get(service) : undefined;
    const { isDown = false, isIdle = false, isBlind = false } = health ?? {};
    const ofPods = pods(holds, isDown);
    if (ofPods !== undefined) return ofPods;
    if (isBlind) return undefined;
    switch (holds) {
      case 'good-requests':
        return good;
      case 'failed-requests':
        return bad;
      case 'requests':
        return good + bad;
      case 'fast-requests':
        return (fast as Map<number, number>).get(underMilliseconds) ?? 0;
      case 'waiting-messages':
        return isDown || isIdle || (health?.fails ?? false) ? 5 : 0;
      case 'last-success':
        return at;
      case 'usable':
        return isIdle ? 0 : 1;
      case 'here':
        return isIdle ? undefined : 1;
      default:
        return 0;
    }
  }

  #text(): string {
    const now = this.#now() / 1000;
    return this.#series
      .map((series) => {
        const value = this.#value(series, now);
        const pairs = Object.entries(series.labels).map(([label, text]) => `${label}="${text}"`);
        return value === undefined ? '' : `${series.metric}{${pairs.join(',')}} ${value}\n`;
      })
      .join('');
  }
}

/** What kube-state-metrics says of a Deployment, which somebody made a year ago. */
function pods(holds: EmulatedSeries['holds'], isDown: boolean): number | undefined {
  if (holds === 'pods-available') return isDown ? 0 : 2;
  if (holds === 'pods-wanted') return 2;
  return holds === 'pods-made' ? YEAR : undefined;
}
