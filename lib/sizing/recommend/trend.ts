/** So sure must the rise be: the 99th percentile of the normal distribution, so one steady container in a hundred is held by chance. */
const SURE = 2.326;
/** Fewer days show no trend. */
const LEAST_DAYS = 7;
/** So much of the middle value must the rise over all days be, or it does not matter (judgement). */
const MATERIAL = 0.1;

/**
 * Whether values rise from day to day, as a leak or a growing cache makes them: by the test of Mann and Kendall, with its correction for
 * ties, and by at least a tenth over the whole.
 * @see Mann, Nonparametric tests against trend (1945); Kendall, Rank correlation methods (1975)
 */
export function rises(values: readonly number[]): boolean {
  if (values.length < LEAST_DAYS) return false;
  const signs = sum(pairs(values).map(([earlier, later]) => Math.sign(later - earlier)));
  const spread = Math.sqrt(variance(values));
  if (spread === 0 || (signs - 1) / spread < SURE) return false;
  const gap = median(slopes(values)) * (values.length - 1);
  return gap >= MATERIAL * median(values);
}

function variance(values: readonly number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const of = (n: number): number => n * (n - 1) * (2 * n + 5);
  return (of(values.length) - sum([...times.values()].map(of))) / 18;
}

const pairs = (values: readonly number[]): readonly (readonly [number, number])[] =>
  values.flatMap((earlier, at) =>
    values.slice(at + 1).map((later): readonly [number, number] => [earlier, later]),
  );

/** The slopes between all pairs, of which the median is Theil and Sen's estimate. */
const slopes = (values: readonly number[]): readonly number[] =>
  values.flatMap((earlier, at) =>
    values.slice(at + 1).map((later, after) => (later - earlier) / (after + 1)),
  );

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
