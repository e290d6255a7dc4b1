import { median, type Result, type Sample } from './measure';

const IN_MEMORY = ['construct', 'render'];
/** From given input to files. The second write is none of it. */
const WORK = [...IN_MEMORY, 'write', 'synth', 'build'];

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

export const ratio = (value: number, by: number): string =>
  value === 0 || by === 0 ? '-' : (value / by).toFixed(value / by < 10 ? 2 : 0);

/** The medians of one case. */
export class Row {
  public readonly family: Result['family'];
  public readonly services: number;
  /** Any measurement, for what is the same in all. */
  public readonly sample: Sample;
  readonly #samples: readonly Sample[];

  public constructor({ family, services, samples }: Result) {
    const [first] = samples;
    if (!first) throw new Error(`${family} was not measured`);
    this.family = family;
    this.services = services;
    this.sample = first;
    this.#samples = samples;
  }

  public get name(): string {
    return `${this.family}, ${whole(this.services)} x 3`;
  }

  public phase(name: string): number {
    return this.#median(({ phases }) => phases[name]?.wall ?? 0);
  }

  public phaseCpu(name: string): number {
    return this.#median(({ phases }) => phases[name]?.cpu ?? 0);
  }

  public get inMemory(): number {
    return this.#sum(IN_MEMORY, 'wall');
  }

  public get inMemoryCpu(): number {
    return this.#sum(IN_MEMORY, 'cpu');
  }

  public get work(): number {
    return this.#sum(WORK, 'wall');
  }

  /** 0 where other programs do the work. */
  public get workCpu(): number {
    return this.#sum(WORK, 'cpu');
  }

  public get process(): number {
    return this.#median(({ process }) => process);
  }

  public get memory(): number {
    return this.#median(({ maxRssMegabytes }) => maxRssMegabytes);
  }

  /** The median, with the range where there is one. */
  public get processText(): string {
    const times = this.#samples.map(({ process }) => process);
    if (times.length === 1) return `${whole(this.process)} (once)`;
    return `${whole(this.process)} (${whole(Math.min(...times))} to ${whole(Math.max(...times))})`;
  }

  #sum(names: readonly string[], clock: 'wall' | 'cpu'): number {
    return this.#median(({ phases }) =>
      names.reduce((sum, name) => sum + (phases[name]?.[clock] ?? 0), 0),
    );
  }

  #median(value: (sample: Sample) => number): number {
    return median(this.#samples.map(value));
  }
}
