import type { Point } from '../prometheus';

/** A time without a break, in seconds since 1970; the end is the first moment after it. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** A shorter break is none: Alertmanager would send one message. */
const SHORTEST_GAP = 300;

/**
 * The times in which an alert fires, by the points at which its expression has a value. As long as `for` it is pending and does not fire.
 * @param step - how far the points are apart; each stands for the time until the next one
 */
export function runsOf(points: readonly Point[], step: number, forSeconds: number): readonly Run[] {
  const runs: Run[] = [];
  for (const { from, to } of unbroken(points, step)) {
    const firing = { from: from + forSeconds, to };
    const last = runs.at(-1);
    // Its last point is a step before its end, and must be as late as the alert.
    if (firing.from > to - step) continue;
    if (last && firing.from - last.to < SHORTEST_GAP) runs[runs.length - 1] = { ...last, to };
    else runs.push(firing);
  }
  return runs;
}

function unbroken(points: readonly Point[], step: number): readonly Run[] {
  const runs: Run[] = [];
  for (const { at } of points) {
    const last = runs.at(-1);
    if (last && at - last.to < step / 2) runs[runs.length - 1] = { from: last.from, to: at + step };
    else runs.push({ from: at, to: at + step });
  }
  return runs;
}

/** How long they are together, in seconds. */
export const secondsIn = (runs: readonly Run[]): number =>
  runs.reduce((sum, { from, to }) => sum + to - from, 0);
