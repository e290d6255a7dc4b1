import { grouped } from '../foundation';
import type { Life } from './life';
import { neighbour, type Window } from './window';

/** Of 24: who scrapes may be restarted (judgement). */
const WHOLE_HOURS = 23;

/**
 * The days on which a container was measured from beginning to end, whichever of its pods ran. A pod that was there the day before ran
 * from the beginning of the day on, and one that is there the day after ran to its end; what lies between is told by the hours with
 * samples, so that it does not matter how many there are.
 */
export function wholeDays(lives: readonly Life[], { days }: Window): readonly string[] {
  const pods = [...grouped(lives, ({ pod }) => pod).values()].map(hoursOf);
  return days.filter((day) => {
    let [head, tail] = [0, 0];
    for (const pod of pods) {
      const hours = pod.get(day) ?? 0;
      if (pod.has(neighbour(day, -1))) head = Math.max(head, hours);
      // What stands after the window is not known: what began on its last day runs on.
      else if (pod.has(neighbour(day, 1)) || day === days.at(-1)) tail = Math.max(tail, hours);
      if (hours >= WHOLE_HOURS) return true;
    }
    return head + tail >= WHOLE_HOURS;
  });
}

/** The hours of one pod by day, over the lives of its container. */
function hoursOf(lives: readonly Life[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const { hours } of lives) {
    for (const [day, count] of hours) sum.set(day, Math.min(24, (sum.get(day) ?? 0) + count));
  }
  return sum;
}
