/** The types of PromQL. */
export type PromQLType = 'scalar' | 'vector' | 'matrix' | 'string';

/** What a function takes and returns. */
export interface Signature {
  readonly takes: readonly PromQLType[];
  /** How many of the last ones may be left out. */
  readonly optional?: number;
  /** Whether the last one may be repeated. */
  readonly variadic?: true;
  readonly returns: PromQLType;
}

const all = (names: string, signature: Signature): readonly (readonly [string, Signature])[] =>
  names.split(' ').map((name) => [name, signature]);

/**
 * The functions that Prometheus 2.42 has, which is the oldest that rules are tested on.
 * @see https://prometheus.io/docs/prometheus/2.45/querying/functions/
 */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ...all(
    'abs absent ceil exp floor ln log2 log10 sgn sort sort_desc sqrt timestamp ' +
      'acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh deg rad ' +
      'histogram_count histogram_sum',
    { takes: ['vector'], returns: 'vector' },
  ),
  ...all(
    'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate ' +
      'last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time ' +
      'stdvar_over_time sum_over_time',
    { takes: ['matrix'], returns: 'vector' },
  ),
  ...all('days_in_month day_of_month day_of_week day_of_year hour minute month year', {
    takes: ['vector'],
    optional: 1,
    returns: 'vector',
  }),
  ...all('clamp', { takes: ['vector', 'scalar', 'scalar'], returns: 'vector' }),
  ...all('clamp_max clamp_min', { takes: ['vector', 'scalar'], returns: 'vector' }),
  ...all('round', { takes: ['vector', 'scalar'], optional: 1, returns: 'vector' }),
  ...all('histogram_quantile', { takes: ['scalar', 'vector'], returns: 'vector' }),
  ...all('histogram_fraction', { takes: ['scalar', 'scalar', 'vector'], returns: 'vector' }),
  ...all('holt_winters', { takes: ['matrix', 'scalar', 'scalar'], returns: 'vector' }),
  ...all('predict_linear', { takes: ['matrix', 'scalar'], returns: 'vector' }),
  ...all('quantile_over_time', { takes: ['scalar', 'matrix'], returns: 'vector' }),
  ...all('label_replace', {
    takes: ['vector', 'string', 'string', 'string', 'string'],
    returns: 'vector',
  }),
  ...all('label_join', {
    takes: ['vector', 'string', 'string', 'string'],
    optional: 1,
    variadic: true,
    returns: 'vector',
  }),
  ...all('scalar', { takes: ['vector'], returns: 'scalar' }),
  ...all('vector', { takes: ['scalar'], returns: 'vector' }),
  ...all('time pi', { takes: [], returns: 'scalar' }),
]);

/** What aggregations take before the vector. */
export const aggregations: ReadonlyMap<string, readonly PromQLType[]> = new Map([
  ...'avg count group max min stddev stdvar sum'
    .split(' ')
    .map((name): readonly [string, readonly PromQLType[]] => [name, []]),
  ['bottomk', ['scalar']],
  ['count_values', ['string']],
  ['quantile', ['scalar']],
  ['topk', ['scalar']],
]);
