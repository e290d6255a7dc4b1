import { describe, expect, it } from '@jest/globals';
import { inlined, Recordings, type RenderedRule } from '../../lib/replay';
import type { Matcher } from '../../lib/prometheus';
import { alert, recording } from './rules';

const inline = (
  expression: string,
  rules: readonly RenderedRule[],
  matchers: readonly Matcher[] = [],
): string => inlined(expression, new Recordings(rules), matchers);

describe('an expression without recordings', () => {
  it('has their expressions in their places, with their labels, to any depth', () => {
    const rules = [
      recording('job:a', 'sum by (job) (a)', { team: 'x' }),
      recording('job:b', 'job:a / 2', { slo: 'y' }),
    ];
    expect(inline('job:b{slo="y"} > 1', rules)).toBe(
      '(label_replace((label_replace(sum by (job) (a), "team", "x", "", "")) / 2, "slo", "y", "", "")) > 1',
    );
  });

  it('has a subquery at the interval of the group in the place of a range', () => {
    const rules = [recording('job:a', 'a', {}, 120)];
    expect(inline('avg_over_time(job:a[1h]) > 0', rules)).toBe('avg_over_time((a)[1h:120s]) > 0');
    expect(inline('rate(job:a[1h] offset 1d)', rules)).toBe('rate((a)[1h:120s] offset 1d)');
    expect(inline('job:a offset 1d', rules)).toBe('last_over_time((a)[120s:120s] offset 1d)');
    expect(inline('max_over_time(job:a[1h:5m])', rules)).toBe('max_over_time((a)[1h:5m])');
  });

  it('has the expression once more in the place of what a recording reads of its own past', () => {
    const rules = [recording('a:up', 'count(a) or 0 * max_over_time(a:up{s="x"}[1h])', { s: 'x' })];
    const past = 'label_replace(count(a) or 0 * max_over_time(a:up{s="x"}[1h]), "s", "x", "", "")';
    expect(inline('a:up == 0', rules)).toBe(
      `(label_replace(count(a) or 0 * max_over_time((${past})[1h:30s]), "s", "x", "", "")) == 0`,
    );
  });

  it('looks less often at long ranges, where that keeps the value', () => {
    const rules = [recording('job:a', 'a')];
    expect(inline('sum_over_time(job:a[3d])', rules)).toBe('sum_over_time((6 * (a))[3d:180s])');
    expect(inline('avg_over_time(job:a[1d])', rules)).toBe('avg_over_time((a)[1d:60s])');
    expect(inline('count_over_time(job:a[3d])', rules)).toBe('count_over_time((a)[3d:30s])');
    expect(inline('sum_over_time(job:a[12h])', rules)).toBe('sum_over_time((a)[12h:30s])');
  });

  it('takes all recordings of a name that a selector means, and no others', () => {
    const rules = ['x', 'y', 'z'].map((slo) => recording('job:a', `a_${slo}`, { slo }));
    const all = (...names: readonly string[]): string =>
      `(${names.map((slo) => `label_replace(a_${slo}, "slo", "${slo}", "", "")`).join('\nor\n')})`;
    expect(inline('job:a', rules)).toBe(all('x', 'y', 'z'));
    expect(inline('job:a{slo=~"x|z"}', rules)).toBe(all('x', 'z'));
    expect(inline('job:a{slo!="x"}', rules)).toBe(all('y', 'z'));
    expect(inline('job:a{slo!~"x|y."}', rules)).toBe(all('y', 'z'));
  });

  it('keeps the conditions on labels that the rule does not give', () => {
    const rules = [recording('job:a', 'a')];
    expect(inline('job:a{env="p.d"}', rules)).toBe(
      '(label_replace((label_replace(a, "golden_path_replay_match", "1", "env", "p\\\\.d") and on (golden_path_replay_match) label_replace(vector(1), "golden_path_replay_match", "1", "", "")), "golden_path_replay_match", "", "", ""))',
    );
    expect(inline('job:a{env!~"d.*"}', rules)).toContain(
      '"env", "d.*") unless on (golden_path_replay_match)',
    );
  });

  it('asks the server for what no rule records, under further conditions', () => {
    const rules = [recording('job:a', 'rate(a{b="c"}[5m])', { slo: 'x' })];
    const eu: Matcher = { label: 'cluster', is: '=', value: 'eu' };
    expect(inline('job:a + job:a{slo="y"} + up offset 5m', rules, [eu])).toBe(
      '(label_replace(rate(a{b="c",cluster="eu"}[5m]), "slo", "x", "", "")) + job:a{slo="y",cluster="eu"} + up{cluster="eu"} offset 5m',
    );
    expect(inline('a{b="c"}[5m]', [])).toBe('a{b="c"}[5m]');
  });

  it('writes labels as they are', () => {
    const rules = [recording('job:a', 'a', { cost: '$1', say: 'a "b"' })];
    expect(inline('job:a', rules)).toBe(
      '(label_replace(label_replace(a, "cost", "$$1", "", ""), "say", "a \\"b\\"", "", ""))',
    );
  });
});

describe('what a rule asks the server for', () => {
  const faultOf = (rule: RenderedRule, rules: readonly RenderedRule[] = []): unknown =>
    new Recordings(rules).sourcesOf(rule);

  it('is found by way of all recordings', () => {
    const rules = [
      recording('job:a', 'job:b + c{d="e"}'),
      recording('job:b', 'sum(rate(f[5m])) + c{d="e"}'),
    ];
    expect(faultOf(alert('A', 'job:a > 0'), rules)).toEqual([
      { metric: 'f', matchers: [] },
      { metric: 'c', matchers: [{ label: 'd', is: '=', value: 'e' }] },
    ]);
  });

  it('is nothing that can be told of circles, of other alerts, and of series without a name', () => {
    const rules = [recording('job:a', 'job:b + 1'), recording('job:b', 'avg_over_time(job:a[1h])')];
    expect([
      faultOf(alert('A', 'job:a > 0'), rules),
      faultOf(alert('A', 'ALERTS{alertname="B"}')),
      faultOf(alert('A', '{job="b"} > 0')),
      faultOf(alert('A', 'a{b=}')),
    ]).toEqual([
      { fault: 'reads what is recorded from itself: job:a from job:b from job:a' },
      { fault: 'reads ALERTS, which tells of the alerts that were there, not of these' },
      { fault: 'selects series without a name: {job="b"}' },
      { fault: 'has a selector that cannot be read' },
    ]);
  });

  it('is no circle where a recording reads its own past', () => {
    const rules = [recording('a:up', 'count(a) or 0 * max_over_time(a:up[1h])')];
    expect(faultOf(alert('A', 'a:up == 0'), rules)).toEqual([{ metric: 'a', matchers: [] }]);
  });

  it('is a circle only where labels meet', () => {
    const rules = [
      recording('a:b', 'a:b{hop="1"} + 1', { hop: '2' }),
      recording('a:b', 'c', { hop: '1' }),
    ];
    expect(faultOf(alert('A', 'a:b{hop="2"}'), rules)).toEqual([{ metric: 'c', matchers: [] }]);
  });

  it('names recordings of others', () => {
    const recordings = new Recordings([recording('job:a', 'other:b + golden_path:c + up')]);
    const sources = recordings.sourcesOf(alert('A', 'job:a'));
    expect(recordings.foreignTo(Array.isArray(sources) ? sources : [])).toEqual([
      { metric: 'other:b', matchers: [] },
    ]);
  });
});
