import { cores, mebibytes } from '../../foundation';
import { tierRules } from '../tier';
import type { Measurements, SizingSubject } from './measurements';
import { cpuParts, flatCpuParts, isEcho, memoryAfterKill, memoryPeak } from './need';
import { shareAbove } from './quantiles';

/** Memory that came nearer to its limit than this is about to be killed (judgement). */
const NEAR = 0.9;

/**
 * What says that the CPU request is too small: more of the use is above it than the tier bears, with the use weighted as the rule weights
 * it or, of what keeps running, with every sample alike. The rule asks for more wherever it is so.
 */
export function cpuBreach(subject: SizingSubject, measured: Measurements): string | undefined {
  const weighted = shareAbove(cpuParts(subject, measured), subject.request.cpu);
  const flat = subject.kind === 'run' ? 0 : shareAbove(flatCpuParts(measured), subject.request.cpu);
  const share = Math.max(weighted, flat);
  const { borne } = tierRules[subject.tier].cpu;
  if (share <= borne) return undefined;
  const of = subject.kind === 'run' ? 'runs' : 'use';
  return `${percent(share)} of its ${of} is above the request of ${cores(subject.request.cpu)}, where the tier ${subject.tier} bears ${percent(borne)}`;
}

/** What says that the memory limit is too small. */
export function memoryBreach(subject: SizingSubject, measured: Measurements): string | undefined {
  const { memoryLimit } = subject;
  const kill = memoryAfterKill(subject, measured);
  // A kill at a limit that was raised since has been answered.
  if (kill !== undefined && kill.amount > memoryLimit) return kill.reason;
  const peak = isEcho(subject, measured) ? undefined : memoryPeak(subject, measured);
  return peak !== undefined && peak.amount > NEAR * memoryLimit
    ? `${peak.reason}, more than ${percent(NEAR)} of the limit of ${mebibytes(memoryLimit)}`
    : undefined;
}

export const percent = (share: number): string => {
  const points = share * 100;
  return `${points < 10 ? Number(points.toFixed(1)) : Math.round(points)}%`;
};
