import { describe, expect, it } from '@jest/globals';
import { RangeAsker, replay, type RenderedRule } from '../../lib/replay';
import { says, success, withServer, type Answer, type Seen } from '../prometheus/fake-server';
import { alert, recording } from './rules';

type Rows = readonly (readonly [
  labels: Readonly<Record<string, string>>,
  times: readonly number[],
])[];

/** Answers each question by its expression, within the times that it asks about. */
const server =
  (rows: Readonly<Record<string, Rows>>): Answer =>
  (response, seen) => {
    const { query = '', start, end } = seen.form;
    const isAsked = (at: number): boolean => at >= Number(start) && at <= Number(end);
    const result = (rows[query] ?? []).map(([metric, times]) => ({
      metric,
      values: times.filter(isAsked).map((at) => [at, '1']),
    }));
    success({ resultType: 'matrix', result })(response, seen);
  };

const range = { start: 0, end: 3600, step: 300 };
const run = (
  rows: Readonly<Record<string, Rows>>,
  rules: readonly RenderedRule[],
  alerts: readonly RenderedRule[] = rules.filter(({ kind }) => kind === 'alert'),
) =>
  withServer([server(rows)], async (client, { seen }) => {
    const replayed = await replay(rules, alerts, new RangeAsker(client, range));
    return { replayed, queries: seen.map(({ form }) => form.query) };
  });
const named = (expression: string): string => `label_replace(${expression}, "s", "x", "", "")`;
const times = (...all: readonly number[]): Rows => [[{ env: 'prod' }, all]];

describe('a replay', () => {
  it('tells when an alert would have fired, with its labels', async () => {
    const rules = [alert('A', 'a > 0', { severity: 'page' }, 300)];
    const { replayed } = await run(
      { 'a > 0': times(600, 900, 1200, 2400), 'group(a)': times(0) },
      rules,
    );
    expect(replayed).toEqual([
      {
        alert: 'A',
        labels: { severity: 'page' },
        firings: [{ from: 900, to: 1500, labels: { env: 'prod', severity: 'page' } }],
        measured: { missing: [] },
      },
    ]);
  });

  it('asks for what alerts share once, and puts it together as the server would', async () => {
    const rules = [
      recording('slo:burning', 'a > 0', { service: 'x' }),
      recording('slo:burning', 'b > 0', { service: 'y' }),
      recording('service:burning', 'max by (env, service) (slo:burning)'),
      alert('X', 'service:burning{service="x"} unless on (env) service:burning{service="y"}'),
      alert('Y', 'service:burning{service="y"} or on (env) service:burning{service="x"}'),
    ];
    const rows = { 'a > 0': times(0, 300, 600), 'b > 0': times(300, 1800) };
    const { replayed, queries } = await run(rows, rules);
    expect(queries.sort()).toEqual(['a > 0', 'b > 0']);
    expect(
      replayed.map(({ firings }) =>
        firings.map(({ from, to, labels }) => [from, to, labels.service]),
      ),
    ).toEqual([
      [
        [0, 300, 'x'],
        [600, 900, 'x'],
      ],
      [
        [0, 300, 'x'],
        [300, 600, 'y'],
        [600, 900, 'x'],
        [1800, 2100, 'y'],
      ],
    ]);
  });

  it('takes series of the same labels as one, whichever side they come from', async () => {
    const rules = [alert('A', 'max without (window) (a) > 0 or b > 0')];
    const rows = { 'max without (window) (a) > 0': times(0), 'b > 0': times(300) };
    const { replayed } = await run(rows, rules);
    expect(replayed[0]?.firings).toEqual([{ from: 0, to: 600, labels: { env: 'prod' } }]);
  });

  it('tells from when an objective was measured, or what is missing', async () => {
    const label = { slo_id: 'shop/orders/availability' };
    const sli = 'slo:sli_error:ratio_rate5m';
    const rules = [
      recording(sli, 'e{code="5",x="y"} / e{x="y"}', label),
      alert('A', `${sli} > 1`, label),
    ];
    const expression = 'e{code="5",x="y"} / e{x="y"}';
    const { replayed } = await run({ [expression]: times(1200, 1500) }, rules);
    expect(replayed[0]?.measured).toEqual({ from: 1200, missing: [] });
    const none = await run({}, rules);
    expect(none.replayed[0]?.measured).toEqual({ missing: ['e{x="y"}'] });
    expect(none.queries).toContain('group(e{x="y"})');
  });

  it('tells what any other alert misses, but not what is only there when something happened', async () => {
    const rules = [alert('A', 'a{b="c"} > 0 and d_reason == 1')];
    const { replayed } = await run({}, rules);
    expect(replayed[0]?.measured).toEqual({ missing: ['a'] });
  });

  it('tells of a rule that cannot be replayed, and replays the others', async () => {
    const rules = [
      recording('a:a', 'a:a + 1'),
      alert('Circle', 'a:a > 0'),
      alert('Foreign', 'other:b > 0'),
      alert('Known', 'other:c > 0'),
    ];
    const { replayed } = await run({ 'group(other:c)': times(0), 'other:c > 0': times(0) }, rules);
    expect(replayed.map(({ fault, firings }) => fault ?? firings.length)).toEqual([
      'reads what is recorded from itself: a:a from a:a',
      'reads other:b, which no rule here records and the server does not have',
      1,
    ]);
  });

  it('replays a recording that reads its own past, by what the server recorded where it did', async () => {
    const up = 'count(a) >= bool 1 or 0 * max(max_over_time(a:up{s="x"}[1h]))';
    const rules = [recording('a:up', up, { s: 'x' }), alert('Down', 'a:up{s="x"} == 0')];
    const { replayed, queries } = await run({ 'group(a)': times(0) }, rules);
    expect(replayed[0]?.fault).toBeUndefined();
    const again = up.replace('a:up{s="x"}[1h]', `(${named(up)})[1h:30s]`);
    expect(queries).toContain(`(${named(again)}) == 0`);
  });

  it('takes an alert that reads recordings alone for measured where anything of them is there', async () => {
    const rules = [
      recording('a:up', 'a and b'),
      recording('b:up', 'a:up'),
      alert('Down', 'b:up == 0'),
    ];
    const missing = async (rows: Readonly<Record<string, Rows>>) =>
      (await run(rows, rules)).replayed[0]?.measured.missing;
    expect(await missing({})).toEqual(['a', 'b']);
    expect(await missing({ 'group(b)': times(0) })).toEqual([]);
  });

  it('tells what the server refuses, and ends when it does not answer', async () => {
    const error = 'found duplicate series';
    const refuses: Answer = says(422, { status: 'error', errorType: 'execution', error });
    const rules = [alert('A', 'a > 0')];
    const asked = (answer: Answer) =>
      withServer([answer], (client) => replay(rules, rules, new RangeAsker(client, range)));
    expect((await asked(refuses))[0]?.fault).toBe(
      'is refused by the server, which answered 422 (execution): found duplicate series',
    );
    await expect(asked(says(401, ''))).rejects.toThrow('answered 401');
  });
});

describe('an answer that does not come', () => {
  const silent: Answer = () => undefined;
  const rules = [alert('A', 'a > 0'), alert('B', 'b > 0')];
  const run = (answer: Answer) =>
    withServer([answer], (client) => replay(rules, rules, new RangeAsker(client, range)), {
      timeoutSeconds: 0.05,
    });

  it('is told of its rule where the server answers others, and else ends all', async () => {
    const replayed = await run((response, seen) => {
      const { query = '' } = seen.form;
      if (query === 'vector(1)') success({ resultType: 'vector', result: [] })(response, seen);
      else (query === 'a > 0' ? silent : server({ 'b > 0': times(0) }))(response, seen);
    });
    expect(replayed.map(({ fault, firings }) => fault ?? firings.length)).toEqual([
      'is refused by the server, which gave no answer within 0.05 s',
      1,
    ]);
    await expect(run(silent)).rejects.toThrow(
      'gave no answer within 0.05 s to the query vector(1).',
    );
  });
});

describe('a question over a long time', () => {
  const ask = async (answer: Answer, seconds: number, step: number) =>
    withServer([answer], async (client, { seen }) => {
      const asker = new RangeAsker(client, { start: 0, end: seconds, step });
      const series = await asker.ask('a');
      return {
        series,
        spans: seen.map(({ form }: Seen) => [Number(form.start), Number(form.end)]),
      };
    });

  it('is asked in parts, none of them twice', async () => {
    const day = 86_400;
    const all = Array.from({ length: 11 }, (_, index) => index * day);
    const { series, spans } = await ask(server({ a: times(...all) }), 10 * day, 300);
    expect(spans.sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, 5 * day - 300],
      [5 * day, 10 * day - 300],
      [10 * day, 10 * day],
    ]);
    expect(series).toEqual([
      { labels: { env: 'prod' }, points: all.map((at) => ({ at, value: 1 })) },
    ]);
  });

  it('is an error where a quarter of it still takes too long', async () => {
    const late = says(503, { status: 'error', errorType: 'timeout', error: 'query timed out' });
    let questions = 0;
    const counted: Answer = (response, seen) => {
      questions++;
      late(response, seen);
    };
    const asked = withServer([counted], (client) =>
      new RangeAsker(client, { start: 0, end: 86_400, step: 300 }).ask('a'),
    );
    await expect(asked).rejects.toThrow('query timed out');
    expect(questions).toBe(3);
  });

  it('is asked in halves where it is too much', async () => {
    const error = 'query processing would load too many samples into memory in query execution';
    const answer: Answer = (response, seen) => {
      const isMuch = Number(seen.form.end) - Number(seen.form.start) > 7200;
      const refusal = says(422, { status: 'error', errorType: 'execution', error });
      (isMuch ? refusal : server({ a: times(0, 3600, 14_400) }))(response, seen);
    };
    const { series, spans } = await ask(answer, 14_400, 300);
    expect(spans.filter(([from = 0, to = 0]) => to - from <= 7200)).toEqual([
      [0, 6900],
      [7200, 14_400],
    ]);
    expect(series[0]?.points.map(({ at }) => at)).toEqual([0, 3600, 14_400]);
  });
});
