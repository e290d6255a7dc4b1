import { cores, grouped, mebibytes } from '../../foundation';
import { knownStartup, rememberedKill } from './known';
import type { Measurements, SizingSubject } from './measurements';
import { aboveKill, type Need } from './need';
import { mixtureQuantile, part } from './quantiles';

/** A pod above its request in more than half of its samples is not of the same size as the others. */
const MIDDLE = 0.5;

/** What CPU is not shrunk below, though nothing grows for it: what it takes to start, and what the busiest pod takes mostly. */
export function cpuFloor(subject: SizingSubject, measured: Measurements): Need | undefined {
  const startup = knownStartup(subject, measured, 'cpu');
  const ofStart = startup !== undefined && {
    amount: startup,
    reason: `it starts with ${cores(startup)}, an average over five minutes`,
  };
  const floors = [...(ofStart ? [ofStart] : []), ...hotPods(subject, measured)];
  return floors.reduce<Need | undefined>(
    (most, one) => (most && most.amount >= one.amount ? most : one),
    undefined,
  );
}

/** The middle use of each pod that was measured for a day, all of its days alike. */
function hotPods({ kind }: SizingSubject, { podDays }: Measurements): readonly Need[] {
  if (kind === 'run') return [];
  const ofDays = grouped(podDays, ({ pod, day }) => `${pod} ${day}`);
  const wholeDay = Math.max(0, ...[...ofDays.values()].map(samplesIn));
  const pods = [...grouped(podDays, ({ pod }) => pod)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (pods.length < 2) return [];
  return pods.flatMap(([pod, days]) => {
    if (samplesIn(days) < wholeDay) return [];
    const parts = days.map(({ samples, cpu }) => part(samples, cpu));
    const middle = mixtureQuantile(parts, MIDDLE);
    if (middle === undefined) return [];
    const reason = `one of its pods alone needs more: ${pod} uses ${cores(middle)} or more half of the time`;
    return [{ amount: middle, reason }];
  });
}

const samplesIn = (days: Measurements['podDays']): number =>
  days.reduce((sum, { samples }) => sum + samples, 0);

/** What memory is not shrunk below: what a kill asked for that the window does not know any more. */
export function memoryFloor(subject: SizingSubject, measured: Measurements): Need | undefined {
  const kill = rememberedKill(subject, measured);
  if (kill === undefined) return undefined;
  return {
    amount: aboveKill(kill.limit),
    reason: `it was killed for want of memory on ${kill.day}, at a limit of ${mebibytes(kill.limit)}`,
  };
}
