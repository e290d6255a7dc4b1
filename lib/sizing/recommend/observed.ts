import type { Evidence, Usage } from '../evidence';
import { dayNumber, dayOfNumber } from './days';
import { cpuGrid, roundUp } from './grid';
import { knownStartup, lastKill } from './known';
import type { Measurements, SizingSubject } from './measurements';
import { cpuNeed, flatCpuParts, largest } from './need';
import { mixtureQuantile, part, point, shareAbove, type Part } from './quantiles';

const LEAST_TRAINING_DAYS = 7;
const MOST_HELD_OUT_DAYS = 7;

/** What was measured, for the record, where a container requests so many cores. */
export function evidenceOf(subject: SizingSubject, measured: Measurements, cpu: number): Evidence {
  const { from, to, podDays, oom, throttled } = measured;
  const parts = flatCpuParts(measured);
  const held = heldOutShare(subject, measured);
  const kill = lastKill(subject, measured);
  const startup = (resource: 'cpu' | 'memory'): number | undefined =>
    knownStartup(subject, measured, resource);
  return {
    from,
    to,
    samples: podDays.reduce((sum, { samples }) => sum + samples, 0),
    ...(subject.kind === 'run' && { runs: new Set(podDays.map(({ pod }) => pod)).size }),
    cpu: usage(parts, inCores, startup('cpu')),
    memory: memoryUsage(measured, startup('memory')),
    oomKills: oom?.kills ?? 0,
    ...(kill && { kill }),
    throttled: share(throttled ?? 0),
    above: share(shareAbove(parts, cpu)),
    ...(held !== undefined && { heldOut: share(held) }),
  };
}

function memoryUsage({ podDays, memory }: Measurements, startup?: number): Usage {
  const maxima = podDays.flatMap(({ memoryMax }) =>
    memoryMax === undefined ? [] : [point(1, memoryMax)],
  );
  const parts = memory.length > 0 ? [part(1, memory)] : maxima;
  const { max, ...rest } = usage(parts, Math.round, startup);
  const most = largest([max, ...podDays.map(({ memoryMax }) => memoryMax)]);
  return { ...rest, max: Math.round(most ?? 0) };
}

function usage(parts: readonly Part[], round: (amount: number) => number, startup?: number): Usage {
  const at = (quantile: number): number => round(mixtureQuantile(parts, quantile) ?? 0);
  return {
    p50: at(0.5),
    p95: at(0.95),
    p98: at(0.98),
    p99: at(0.99),
    max: at(1),
    ...(startup !== undefined && { startup: round(startup) }),
  };
}

/** A server's last bits are no evidence: the lock would change by them. */
const inCores = (amount: number): number => Number(amount.toPrecision(4));
/** A share of samples, to a hundredth of a percent. */
export const share = (amount: number): number => Number(amount.toFixed(4));

/** What is asked of days that a request did not know. */
export interface HeldOut {
  /** The first of the days that are held out: it and all after it. */
  readonly first: string;
  /** In cores: what the days before would have requested, without steps and holds. */
  readonly cpu: number;
}

/** The last days (up to 7), and what those before them (at least 7) would have requested; undefined with too few days, and of runs. */
export function heldOut(subject: SizingSubject, measured: Measurements): HeldOut | undefined {
  const days = [...new Set(measured.wholeDays)].sort();
  const count = Math.min(MOST_HELD_OUT_DAYS, days.length - LEAST_TRAINING_DAYS);
  const first = count < 1 ? undefined : days[days.length - count];
  if (first === undefined || subject.kind === 'run') return undefined;
  const before = measured.podDays.filter(({ day }) => day < first);
  const to = dayOfNumber(dayNumber(first) - 1);
  const need = cpuNeed(subject, { ...measured, to, podDays: before });
  return need && { first, cpu: roundUp(cpuGrid, need.amount) };
}

/** The share of the held-out days' use above what the days before them would have requested. */
function heldOutShare(subject: SizingSubject, measured: Measurements): number | undefined {
  const held = heldOut(subject, measured);
  if (!held) return undefined;
  const after = measured.podDays.filter(({ day }) => day >= held.first);
  const parts = flatCpuParts({ ...measured, podDays: after });
  return mixtureQuantile(parts, 1) === undefined ? undefined : shareAbove(parts, held.cpu);
}
