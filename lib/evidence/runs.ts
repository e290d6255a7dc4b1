import type { Point } from '../prometheus';

/** A time without a break. */
export interface Run {
  readonly from: number;
  /** The first moment after it; of one that goes on at the end of what was looked at, that end. */
  readonly to: number;
  /** Whether it was so already when the look began. */
  readonly isOpenAtStart: boolean;
  /** Whether it still was so when the look ended. */
  readonly isOpenAtEnd: boolean;
}

/** The same sample may stand at several points, and a point be a little off its place. */
const SLACK = 1.5;

/**
 * The times in which points follow each other.
 * @param points - those at which something is so
 * @param gapSeconds - breaks that are shorter are none
 */
export function runsOf(
  points: readonly Point[],
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  gapSeconds = 0,
): readonly Run[] {
  const most = Math.max(step * SLACK, gapSeconds);
  const runs: { from: number; last: number }[] = [];
  for (const { at } of points) {
    const run = runs.at(-1);
    if (run && at - run.last <= most) run.last = at;
    else runs.push({ from: at, last: at });
  }
  return runs.map(({ from, last }) => {
    const isOpenAtEnd = last + step > end;
    return {
      from,
      to: isOpenAtEnd ? end : last + step,
      isOpenAtStart: from - step < start,
      isOpenAtEnd,
    };
  });
}

/** A value that became another one. */
export interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** When the values of a series changed. */
export const changesOf = (points: readonly Point[]): readonly Change[] =>
  points.flatMap(({ at, value }, index) => {
    const before = points[index - 1]?.value;
    return before === undefined || before === value ? [] : [{ at, before, after: value }];
  });
