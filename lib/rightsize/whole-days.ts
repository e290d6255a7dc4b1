import { grouped } from '../foundation';
import type { Life } from './life';
import { DAY_SECONDS, neighbour, type Window } from './window';

/** A scrape may be lost now and then (judgement). */
const WHOLE = 0.95;

/**
 * The days on which a container was measured from beginning to end, whichever of its pods ran. A pod that was there the day before ran
 * from the beginning of the day on, and one that is there the day after ran to its end; what lies between is told by the count of samples.
 */
export function wholeDays(
  lives: readonly Life[],
  { days }: Window,
  scrapeSeconds: number,
): readonly string[] {
  const pods = [...grouped(lives, ({ pod }) => pod).values()].map(samplesOf);
  const most = DAY_SECONDS / scrapeSeconds;
  return days.filter((day) => {
    let [head, tail] = [0, 0];
    for (const samples of pods) {
      const share = Math.min(1, (samples.get(day) ?? 0) / most);
      if (samples.has(neighbour(day, -1))) head = Math.max(head, share);
      // What stands after the window is not known: what began on its last day runs on.
      else if (samples.has(neighbour(day, 1)) || day === days.at(-1)) tail = Math.max(tail, share);
      if (share >= WHOLE) return true;
    }
    return head + tail >= WHOLE;
  });
}

function samplesOf(lives: readonly Life[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const { samples } of lives) {
    for (const [day, count] of samples) sum.set(day, (sum.get(day) ?? 0) + count);
  }
  return sum;
}
