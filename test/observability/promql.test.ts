import { describe, expect, it } from '@jest/globals';
import { promqlFaults } from './promql';
import { takenByPromtool } from './promtool';

const TAKEN: readonly string[] = [
  'up',
  '1 + 2',
  'vector(1)',
  'sum by (a, b) (rate(x{a="b", c=~"d|e"}[5m])) / on (a, b) group_left (z) max by (a, b) (y offset 5m)',
  'topk(3, x) > bool 1',
  'histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))',
  'max_over_time(rate(x[5m])[1h:1m])',
  'x unless on (a) (y or 0 * z)',
  'label_replace(x, "a", "$1", "b", "(.+)")',
  'label_join(x, "a", "-", "b", "c", "d")',
  'time() - max(x) > 60',
  'count_values("version", x)',
  'max_over_time(x[5m:1m] offset 1h) == 1',
  '-x',
  'day_of_week()',
  '{__name__=~"a|b"}',
  'x{a=""}',
];

const REFUSED: readonly (readonly [expression: string, fault: string])[] = [
  ['', 'no PromQL from ""'],
  ['sum(x', 'no PromQL from ""'],
  ['x > > 1', 'no PromQL from "> 1"'],
  ['nope(x)', 'no PromQL from "(x)"'],
  ['rate(x)', 'rate takes a matrix, not a vector'],
  ['rate(sum(x)[5m])', 'a range of a vector that is no selector: sum(x)[5m]'],
  ['x[5m]', 'a rule of the type matrix'],
  ['"text"', 'a rule of the type string'],
  ['x[5m] + 1', 'add takes no matrix'],
  ['sum(x[5m])', 'sum takes a vector, not a matrix'],
  ['topk(x, y)', 'topk takes a scalar, not a vector'],
  ['histogram_quantile("a", x)', 'histogram_quantile takes a scalar, not a string'],
  ['clamp(x, 1)', 'clamp takes 3 arguments, not 2'],
  ['time(x)', 'time takes 0 arguments, not 1'],
  ['1 > 2', 'gtr between scalars needs bool'],
  ['x + bool y', 'bool at add, which compares nothing'],
  ['x and 1', 'and takes no scalar'],
  ['x and on (a) group_left y', 'and groups, and is many to many anyway'],
  ['x * on (a) 2', 'mul matches labels of what has none'],
  ['x * on (a) group_left (a) y', 'a is both matched and included'],
  ['x{a=~"("}', '"(" is no pattern of RE2'],
  ['x{a=~"(?=b)"}', '"(?=b)" is no pattern of RE2'],
  ['x{a="\\d"}', '"\\d" has an escape that Go does not know'],
  ['label_replace(x, "a-b", "$1", "c", "(.+)")', 'label_replace writes to no label: a-b'],
  ['label_replace(x, "a", "$1", "c", "(")', '"(" is no pattern of RE2'],
  ['{a=~".*"}', '{a=~".*"} selects every series'],
  ['{}', '{} selects every series'],
  ['sum(x) offset 5m', 'offset or @ of sum(x), which is no selector'],
  ['-"a"', 'a sign before a string'],
  ['limitk(3, x)', 'limitk is newer than the oldest Prometheus'],
  ['histogram_avg(x)', 'histogram_avg is newer than the oldest Prometheus'],
  ['x anchored', 'AnchoredExpr is newer than the oldest Prometheus'],
];

describe('promqlFaults', () => {
  it.each(TAKEN)('takes %s', (expression) => {
    expect(promqlFaults(expression)).toEqual([]);
  });

  it.each(REFUSED)('refuses %s: %s', (expression, fault) => {
    expect(promqlFaults(expression)).toEqual([fault]);
  });

  it('is of one mind with promtool', () => {
    expect(takenByPromtool(TAKEN)).toEqual(TAKEN);
    // The type of the whole, and these functions' texts, are looked at only when the rule is evaluated.
    const isLate = ([expression, fault]: readonly [string, string]): boolean =>
      fault.startsWith('a rule of') || expression.startsWith('label_replace');
    const refused = REFUSED.filter((each) => !isLate(each)).map(([expression]) => expression);
    expect(takenByPromtool(refused)).toEqual([]);
  });
});
