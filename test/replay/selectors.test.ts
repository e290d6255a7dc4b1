import { describe, expect, it } from '@jest/globals';
import { tryPieces } from '../../lib/replay/selectors';

/** The selectors of an expression. */
const selectors = (expression: string) =>
  (tryPieces(expression) ?? []).filter((piece) => typeof piece !== 'string');
/** The expression, with each selector in angle brackets. */
const marked = (expression: string): string =>
  (tryPieces(expression) ?? [])
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : `<${[piece.text, piece.range, piece.moved].filter((each) => each !== undefined).join('|')}>`,
    )
    .join('');

describe('the selectors of an expression', () => {
  it.each([
    ['a names alone', 'up', '<up>'],
    [
      'no functions, aggregations and words',
      'sum by (job, up) (rate(a[5m])) > bool 0 and on (job) group_left (up) vector(1)',
      'sum by (job, up) (rate(<a|5m>)) > bool 0 and on (job) group_left (up) vector(1)',
    ],
    ['labels behind an aggregation', 'sum(a) without (b)', 'sum(<a>) without (b)'],
    ['no numbers and durations', '1e-5 * a + 0x1F + Inf - NaN', '1e-5 * <a> + 0x1F + Inf - NaN'],
    [
      'what stands in strings',
      `label_replace(a, "b", "c{d}", 'e', \`f\`)`,
      `label_replace(<a>, "b", "c{d}", 'e', \`f\`)`,
    ],
    ['braces and commas in values', 'a{b="}",c=~"x,y"}[5m]', '<a{b="}",c=~"x,y"}|5m>'],
    ['subqueries', '(a)[1h:30s] + b[1h:5m]', '(<a>)[1h:30s] + <b>[1h:5m]'],
    [
      'what moves them',
      'a offset -1h + b @ end() - c[5m] offset 1d',
      '<a|offset -1h> + <b|@ end()> - <c|5m> offset 1d',
    ],
    ['comments', 'a # b{\n+ c', '<a> # b{\n+ <c>'],
    [
      'names with colons',
      'slo:sli_error:ratio_rate5m{x="y"} > 0',
      '<slo:sli_error:ratio_rate5m{x="y"}> > 0',
    ],
  ])('are read: %s', (_, expression, expected) => {
    expect(marked(expression)).toBe(expected);
  });

  it('tell their conditions as they are meant', () => {
    const [selector] = selectors(`a{b="c\\"d", e!~'f"g', h=\`i\\d\`,}`);
    expect(selector?.metric).toBe('a');
    expect(selector?.matchers).toEqual([
      { label: 'b', is: '=', value: 'c"d' },
      { label: 'e', is: '!~', value: 'f"g' },
      { label: 'h', is: '=', value: 'i\\d' },
    ]);
  });

  it('tell their metric wherever it stands, and their function', () => {
    const [named, quoted, of] = selectors(
      '{__name__="a",b="c"} + {"d.e",b="c"} + sum_over_time(f[1d])',
    );
    expect([named?.metric, quoted?.metric]).toEqual(['a', 'd.e']);
    expect(named?.matchers).toEqual([{ label: 'b', is: '=', value: 'c' }]);
    expect(of).toMatchObject({ metric: 'f', range: '1d', of: 'sum_over_time' });
  });

  it.each(['a{b}', 'a{b=c}', 'a{b=="c"}', 'a{b="c" d="e"}', 'a{="b"}'])(
    'refuses %s',
    (expression) => {
      expect(tryPieces(expression)).toBeUndefined();
    },
  );
});
