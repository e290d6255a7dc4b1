import { writeSync } from 'node:fs';

/** How long one part of the work took, and how much processor time: the steadier number on a busy machine. */
export interface Phase {
  readonly wall: number;
  readonly cpu: number;
}

/** What a measured process says of itself, as JSON on stdout. Times are in milliseconds. */
export interface ChildReport {
  /** The parts of the work, by name. */
  readonly phases: Readonly<Record<string, Phase>>;
  readonly objects: number;
  readonly files: number;
  /** How many rules judged the objects, where that is measured. */
  readonly rules?: number;
  readonly maxRssMegabytes: number;
  /** Time that is no part of the work: reading prepared input, writing for the second time. */
  readonly outside: number;
  /** The time of the work, where it is done by other programs that this process starts. */
  readonly elsewhere?: number;
  /** The bytes that were made, where they are compared. */
  readonly output?: { readonly bytes: number; readonly sha256: string };
}

/** Runs work and notes how long it took. */
export function timed<T>(phases: Record<string, Phase>, name: string, work: () => T): T {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  phases[name] = { wall: performance.now() - start, cpu: (user + system) / 1000 };
  return result;
}

/** Ends a measured process. The peak is read last, so that it covers all of the work. */
export function report(
  facts: Pick<ChildReport, 'phases' | 'objects' | 'files'> & Partial<ChildReport>,
): void {
  const own = process.resourceUsage().maxRSS / 1024;
  const full: ChildReport = { outside: 0, maxRssMegabytes: own, ...facts };
  writeSync(1, JSON.stringify(full));
}

/** The arguments of a child process, of which all are required. */
export function childArguments(): (index: number) => string {
  return (index) => {
    const value = process.argv[index + 2];
    if (value === undefined) throw new Error(`argument ${index + 1} of a child process is missing`);
    return value;
  };
}
