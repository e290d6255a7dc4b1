import type { Point, Range } from '../prometheus';
import type { Span } from './asked';
import { runsOf } from './runs';

/** A time of which a server has no samples, though it has earlier ones. */
export interface Hole extends Span {
  /** Whether there are none after it. */
  readonly isLast: boolean;
}

/** The breaks between points that should always be there, and what is after the last of them. */
export const holesOf = (points: readonly Point[], range: Range): readonly Hole[] => {
  const runs = runsOf(points, range);
  return runs.flatMap(({ to, isOpenAtEnd }, index): readonly Hole[] => {
    const next = runs[index + 1];
    if (next) return [{ start: to, end: next.from, isLast: false }];
    return isOpenAtEnd ? [] : [{ start: to, end: range.end, isLast: true }];
  });
};

/**
 * The points of something with more of them in each hole at whose begin it was there: nobody saw its end.
 * @param slackSeconds - how much earlier its last point may be than that of the others
 */
export function bridged(
  points: readonly Point[],
  holes: readonly Hole[],
  { step }: Range,
  slackSeconds: number,
): readonly Point[] {
  const more = holes.flatMap(({ start, end, isLast }): readonly Point[] => {
    const before = points.findLast(({ at }) => at < start);
    if (!before || start - before.at > step + slackSeconds) return [];
    const count = Math.max(0, Math.round((end - before.at) / step) - (isLast ? 0 : 1));
    return Array.from({ length: count }, (_, index) => ({
      at: before.at + (index + 1) * step,
      value: before.value,
    }));
  });
  return more.length === 0 ? points : [...points, ...more].sort((a, b) => a.at - b.at);
}
