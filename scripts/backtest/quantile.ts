/** The value at a share of sorted values, linear between two of them, as Prometheus' `quantile_over_time` has it. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

export const ascending = (values: readonly number[]): readonly number[] =>
  [...values].sort((a, b) => a - b);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

export const most = (values: readonly number[]): number =>
  values.reduce((top, each) => Math.max(top, each), 0);
