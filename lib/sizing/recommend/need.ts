import { cores, mebibytes, type Runtime } from '../../foundation';
import { heapShare } from '../runtime';
import { quantileText, tierRules, type TierRule } from '../tier';
import { dayNumber } from './days';
import { knownStartup, limitAtKill } from './known';
import type { Measurements, SizingSubject } from './measurements';
import { mixtureQuantile, part, point, type Part } from './quantiles';

/** What a container needs of one resource by its tier's rule, and why. */
export interface Need {
  /** Cores or bytes, as they come: without floor, grid or step. */
  readonly amount: number;
  readonly reason: string;
}

const HOURS_OF_DAY = 24;

/**
 * The quantile of a run's own samples that stands for the run: CPU makes a run take longer, not fail, so the short peak of one does not
 * count (judgement).
 */
const QUANTILE_OF_RUN = 0.95;

/** So much is added where a container was killed for want of memory, as VPA does: a fifth, and at least this many bytes. */
const OOM_FACTOR = 1.2;
const OOM_BYTES = 100 * 2 ** 20;

/** The runtimes whose heap grows to what they are allowed before it is collected, so that their memory echoes their limit. */
const echoing: ReadonlySet<Runtime | undefined> = new Set(['dotnet', 'jvm', 'node'] as const);

/**
 * CPU use as one distribution. Of what keeps running: each day of each pod by its samples, by the tier's half-life less the older it is.
 * Of runs: each run once, by the P95 of its own samples.
 */
export function cpuParts({ kind, tier }: SizingSubject, measured: Measurements): readonly Part[] {
  if (kind === 'run') return runsOf(measured).map((run) => point(1, run));
  const { halfLifeHours } = tierRules[tier].cpu;
  const last = dayNumber(measured.to);
  return inOrder(measured).map(({ day, samples, cpu }) => {
    const age = last - dayNumber(day);
    const decay = halfLifeHours === undefined ? 1 : 2 ** ((-age * HOURS_OF_DAY) / halfLifeHours);
    return part(samples * decay, cpu);
  });
}

/** The window's CPU use where every sample counts alike. */
export const flatCpuParts = (measured: Measurements): readonly Part[] =>
  inOrder(measured).map(({ samples, cpu }) => part(samples, cpu));

/** In one order, so that the last bits of sums do not depend on the server's. */
const inOrder = ({ podDays }: Measurements): Measurements['podDays'] =>
  [...podDays].sort((a, b) => order(`${a.day} ${a.pod}`, `${b.day} ${b.pod}`));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function runsOf(measured: Measurements): readonly number[] {
  const pods = new Map<string, Part[]>();
  for (const { pod, samples, cpu } of inOrder(measured)) {
    pods.set(pod, [...(pods.get(pod) ?? []), part(samples, cpu)]);
  }
  return [...pods.values()].flatMap((parts) => mixtureQuantile(parts, QUANTILE_OF_RUN) ?? []);
}

/**
 * CPU by the tier's quantile; of what keeps running, at least what leaves no more of the window above it than the tier bears. All samples
 * are averages over some minutes: shorter peaks are not seen, and are what the CPU limit is for. Undefined where nothing was measured.
 */
export function cpuNeed(subject: SizingSubject, measured: Measurements): Need | undefined {
  const rule = tierRules[subject.tier];
  const amount = mixtureQuantile(cpuParts(subject, measured), rule.cpu.quantile);
  if (amount === undefined) return undefined;
  const covered = 1 - rule.cpu.borne;
  const flat =
    subject.kind === 'run' ? undefined : mixtureQuantile(flatCpuParts(measured), covered);
  return flat !== undefined && flat > amount
    ? {
        amount: flat,
        reason: `${quantileText(covered)} of its use over the whole window is ${cores(flat)}`,
      }
    : { amount, reason: `${ofCpu(subject, rule)} is ${cores(amount)}` };
}

function ofCpu({ kind }: SizingSubject, { cpu }: TierRule): string {
  const quantile = quantileText(cpu.quantile);
  if (kind === 'run') return `${quantile} of the runs, each by its own p95,`;
  const decay =
    cpu.halfLifeHours === undefined ? '' : ` with a half-life of ${cpu.halfLifeHours} h`;
  return `${quantile} of its use${decay}`;
}

/** Whether the working set of a container says more about its limit than about its need. */
export const isEchoing = ({ runtime }: SizingSubject): boolean => echoing.has(runtime);

/** Whether nothing else says what memory it needs. */
export const isEcho = (subject: SizingSubject, { liveHeap }: Measurements): boolean =>
  liveHeap === undefined && isEchoing(subject);

/** The most memory that it was seen to need: live heap with room around it, or the largest working set; undefined of nothing. */
export function memoryPeak(subject: SizingSubject, measured: Measurements): Need | undefined {
  const { runtime } = subject;
  const { liveHeap } = measured;
  if (runtime !== undefined && liveHeap !== undefined && echoing.has(runtime)) {
    const live = `its runtime holds ${mebibytes(liveHeap)} after a collection`;
    const amount = limitFor(runtime, liveHeap);
    return { amount, reason: `${live}, for which it takes a limit of ${mebibytes(amount)}` };
  }
  const most = largest(measured.podDays.map(({ memoryMax }) => memoryMax));
  if (most === undefined) return undefined;
  const startup = knownStartup(subject, measured, 'memory') ?? 0;
  return startup > most
    ? { amount: startup, reason: `it starts with ${mebibytes(startup)}` }
    : { amount: most, reason: `the most of its use is ${mebibytes(most)}` };
}

/** The least limit of which the runtime's share holds so much, in whole bytes: the share grows with the limit. */
function limitFor(runtime: Runtime, liveHeap: number): number {
  const holds = (limit: number): boolean => limit * (heapShare(runtime, limit) ?? 1) >= liveHeap;
  // No share is below a quarter.
  let [low, high] = [Math.floor(liveHeap), Math.ceil(4 * liveHeap)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Memory by the tier's margin on that peak, and more than where it was killed. Undefined where nothing was measured. */
export function memoryNeed(subject: SizingSubject, measured: Measurements): Need | undefined {
  const peak = memoryPeak(subject, measured);
  if (peak === undefined) return undefined;
  const { margin } = tierRules[subject.tier].memory;
  const amount = peak.amount * margin;
  const kill = memoryAfterKill(subject, measured);
  if (kill !== undefined && kill.amount > amount) return kill;
  return { amount, reason: `${peak.reason}, times ${margin}` };
}

/** The least memory after kills for want of it; undefined without one. */
export function memoryAfterKill(subject: SizingSubject, measured: Measurements): Need | undefined {
  const { oom } = measured;
  if (oom === undefined || oom.kills <= 0) return undefined;
  const at = limitAtKill(subject, measured);
  const times = oom.kills === 1 ? 'once' : `${oom.kills} times`;
  return {
    amount: aboveKill(at),
    reason: `it was killed ${times} for want of memory, at a limit of ${mebibytes(at)}`,
  };
}

/** The least memory after a kill at a limit, in bytes. */
export const aboveKill = (limit: number): number => Math.max(limit * OOM_FACTOR, limit + OOM_BYTES);

/** The largest of what is known. */
export const largest = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce<number | undefined>(
    (most, value) => (value === undefined ? most : Math.max(most ?? value, value)),
    undefined,
  );
