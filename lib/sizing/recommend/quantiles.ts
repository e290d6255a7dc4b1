import type { QuantilePoint } from './measurements';

/** A share of a mixture: a quantile function and how much it counts. */
export interface Part {
  readonly weight: number;
  readonly points: readonly QuantilePoint[];
}

/** What adding up many weights may lose. */
const DUST = 1e-12;

/**
 * A part whose quantile function is linear between the given points, from 0 at the bottom where no point says otherwise, and ends at its
 * highest point.
 */
export function part(weight: number, given: readonly QuantilePoint[]): Part {
  const points: QuantilePoint[] = [];
  let least = 0;
  const sorted = given
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.quantile - b.quantile || a.value - b.value);
  for (const { quantile, value } of sorted) {
    least = Math.max(least, value);
    if (points.length === 0 && quantile > 0) points.push({ quantile: 0, value: 0 });
    points.push({ quantile, value: least });
  }
  if (points.length > 0 && (points.at(-1)?.quantile ?? 1) < 1) {
    points.push({ quantile: 1, value: least });
  }
  return { weight, points };
}

/** A part that always has one value. */
export const point = (weight: number, value: number): Part =>
  part(weight, [
    { quantile: 0, value },
    { quantile: 1, value },
  ]);

/** The least value that the share `quantile` of the mixture does not pass; undefined of nothing. */
export function mixtureQuantile(all: readonly Part[], quantile: number): number | undefined {
  const parts = counting(all);
  const values = breaks(parts);
  const target = quantile * total(parts) * (1 - DUST);
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (weightAtMost(parts, values[middle] ?? 0) >= target) high = middle;
    else low = middle + 1;
  }
  const upper = values[low];
  const lower = values[low - 1];
  if (upper === undefined || lower === undefined) return upper;
  // Between two neighbouring breaks the weight grows linearly, and at the upper one it may leap.
  const from = weightAtMost(parts, lower);
  const to = weightBelow(parts, upper);
  return to > from && target <= to
    ? lower + ((upper - lower) * (target - from)) / (to - from)
    : upper;
}

/** The share of the mixture above a value; 0 of nothing. */
export function shareAbove(all: readonly Part[], value: number): number {
  const parts = counting(all);
  const whole = total(parts);
  return whole === 0 ? 0 : Math.max(0, 1 - weightAtMost(parts, value) / whole);
}

const counting = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ weight, points }) => weight > 0 && points.length > 0);

const total = (parts: readonly Part[]): number =>
  parts.reduce((sum, { weight }) => sum + weight, 0);

const breaks = (parts: readonly Part[]): readonly number[] =>
  [...new Set(parts.flatMap(({ points }) => points.map(({ value }) => value)))].sort(
    (a, b) => a - b,
  );

const weightAtMost = (parts: readonly Part[], value: number): number =>
  parts.reduce((sum, { weight, points }) => sum + weight * shareAtMost(points, value), 0);

const weightBelow = (parts: readonly Part[], value: number): number =>
  parts.reduce((sum, { weight, points }) => sum + weight * shareBelow(points, value), 0);

function shareAtMost(points: readonly QuantilePoint[], value: number): number {
  const next = points.findIndex((each) => each.value > value);
  return next < 0 ? 1 : between(points[next - 1], points[next], value);
}

function shareBelow(points: readonly QuantilePoint[], value: number): number {
  const next = points.findIndex((each) => each.value >= value);
  return next < 0 ? 1 : between(points[next - 1], points[next], value);
}

function between(
  lower: QuantilePoint | undefined,
  upper: QuantilePoint | undefined,
  value: number,
): number {
  if (lower === undefined || upper === undefined) return 0;
  const way = (value - lower.value) / (upper.value - lower.value);
  return lower.quantile + (upper.quantile - lower.quantile) * way;
}
