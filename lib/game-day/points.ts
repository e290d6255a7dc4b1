import { isoText } from '../foundation';
import type { Measured } from './gathered';
import type { Sample } from './verdict';

/** A few of the values that somebody measured: the first, the last, the least and the most. */
export function samplesOf(query: string, points: readonly Measured[]): readonly Sample[] {
  const sorted = [...points].sort((a, b) => a.value - b.value);
  const chosen = [points[0], sorted[0], sorted.at(-1), points.at(-1)].flatMap((each) => each ?? []);
  return [...new Set(chosen)]
    .sort((a, b) => a.at - b.at)
    .map(({ at, value }) => ({ query, at: isoText(at), value: Number(value.toPrecision(6)) }));
}

/** The mean of some values; undefined of none. */
export const meanOf = (points: readonly Measured[]): number | undefined =>
  points.length === 0
    ? undefined
    : points.reduce((sum, { value }) => sum + value, 0) / points.length;

/** The values between two moments, both included. */
export const between = (
  points: readonly Measured[],
  from: number,
  to: number,
): readonly Measured[] =>
  points.filter(({ at, value }) => at >= from && at <= to && !Number.isNaN(value));
