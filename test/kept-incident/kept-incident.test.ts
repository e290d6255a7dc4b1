import { describe, expect, it } from '@jest/globals';
import { gatherSeries, incidentText, KeptAnswers, readIncident } from '../../lib/kept-incident';
import type { KeptIncident, Noted } from '../../lib/kept-incident';
import type { Answering, Series } from '../../lib/prometheus';

const END = 3600;
const times = Array.from({ length: 241 }, (_, index) => index * 15);

/** A counter of a pod that was replaced a quarter of an hour before the end. */
const counter = (pod: string, isLate: boolean): Series => ({
  labels: {
    ...{ __name__: 'requests_total', code: '200', service: 'orders' },
    ...{ instance: `10.0.0.1:${pod}`, pod },
  },
  points: times
    .filter((at) => at >= 2700 === isLate)
    .map((at, index) => ({ at, value: index * 30.5 })),
});
const ready: Series = {
  labels: { __name__: 'ready', service: 'orders', pod: 'x' },
  points: times.slice(0, 199).map((at) => ({ at, value: 2 })),
};
const measured = [counter('b', true), counter('a', false), ready];

/** A server that has these series, and answers with their samples. */
const client: Answering = {
  query: (query, at) => {
    const [, metric = '', window] = /^(\w+)\{.*\}\[(\d+)s\]$/.exec(query) ?? [];
    if (window === undefined) return Promise.resolve([]);
    const isIn = (each: { readonly at: number }): boolean =>
      each.at >= at - Number(window) && each.at <= at;
    return Promise.resolve(
      measured
        .filter(({ labels }) => labels.__name__ === metric)
        .map(({ labels, points }) => ({ labels, points: points.filter(isIn) }))
        .filter(({ points }) => points.length > 0),
    );
  },
  queryRange: (query) =>
    Promise.resolve(query.includes('foreign') ? [] : [{ labels: { query }, points: [] }]),
};

const range = { start: 3000, end: END, step: 30 };
const QUERIES = [
  'sum by (service) (rate(requests_total{service="orders"}[5m]))',
  'sum(rate(requests_total{code=~"5..",service="orders"}[10m]))',
  'max_over_time((min(ready{service="orders"}))[30m:1m])',
  'ready{service="orders"} unless on (service) requests_total{service="orders"}',
];
const noted = (...queries: readonly string[]): readonly Noted[] =>
  queries.map((query) => ({ query, from: range.start, isAnswered: true }));

async function keep(queries = QUERIES): Promise<KeptIncident> {
  const found = await gatherSeries(client, {
    ...{ noted: noted(...queries, 'group(other_metric{})'), conditions: [], range },
  });
  if ('samples' in found) throw new Error('too much');
  return {
    ...{ application: 'shop', service: 'orders', environment: 'prod', began: 3060 },
    ...{ span: { start: 3000, end: END }, stepSeconds: 30, uncertaintySeconds: 45, pages: [] },
    ...found,
  };
}

describe('a kept incident', () => {
  it('is the same after a way through text', async () => {
    const kept = await keep();
    expect(readIncident(incidentText(kept))).toEqual(kept);
  });

  it('asks a server of its own what it has kept, and says what was there though no rule read it', async () => {
    const file = new KeptAnswers(await keep(), client);
    for (const query of QUERIES) {
      expect(await file.queryRange(query, range)).toEqual([{ labels: { query }, points: [] }]);
    }
    expect(await file.query('group(other_metric{})', END)).toEqual([
      { labels: {}, points: [{ at: END, value: 1 }] },
    ]);
    expect(await file.query('group(foreign{})', END)).toEqual([]);
  });

  it('counts a sample for as long as bridges a scrape that failed', async () => {
    expect((await keep()).lookbackSeconds).toBe(33);
    expect((await keep(QUERIES.slice(0, 2))).lookbackSeconds).toBe(30);
  });

  it('is the same text each time, of short lines', async () => {
    const text = incidentText(await keep());
    expect(incidentText(await keep([...QUERIES].reverse()))).toBe(text);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(700);
  });

  it('has the series that rules read, and no more', async () => {
    const { series, selectors, dropped, present } = await keep();
    expect(dropped).toEqual(['instance', 'pod']);
    expect(present).toEqual(['other_metric']);
    expect(selectors.map(({ metric, from }) => [metric, from])).toEqual([
      ['ready', 900],
      ['requests_total', 2400],
      ['requests_total', 2700],
    ]);
    expect(series.map(({ metric, labels }) => [metric, labels])).toEqual([
      ['ready', { service: 'orders', golden_path_others: '3' }],
      ['requests_total', { code: '200', service: 'orders', golden_path_others: '1' }],
      ['requests_total', { code: '200', service: 'orders', golden_path_others: '2' }],
    ]);
  });

  it.each([
    [
      'rate(requests_total{service="other"}[5m])',
      'reads requests_total in a way in which no rule read it: not kept',
    ],
    [
      'rate(requests_total{service="orders"}[1h])',
      'looks back at requests_total further than was kept',
    ],
    [
      'sum by (pod) (ready{service="orders"})',
      'reads the label pod, which was not kept, as no rule read it',
    ],
    ['ready{service="orders"} @ 1000', 'reads what cannot be told from its text'],
    ['rate({service="orders"}[5m])', 'reads what cannot be told from its text'],
  ])('does not know %s: it %s', async (query, found) => {
    await expect(
      new KeptAnswers(await keep(), client).queryRange(query, range),
    ).rejects.toMatchObject({
      ...{ fault: 'rejected', found },
    });
  });

  it('is refused when it is too much, before it is asked for', async () => {
    const asked: string[] = [];
    const many: Answering = {
      ...client,
      query: (query) => {
        asked.push(query);
        return Promise.resolve([{ labels: {}, points: [{ at: END, value: 600_000 }] }]);
      },
    };
    const gathering = { noted: noted('a{b="c"}', 'd'), conditions: [], range };
    expect(await gatherSeries(many, gathering)).toEqual({ samples: 1_200_000, most: 'd{}' });
    expect(asked.every((query) => query.startsWith('sum(count_over_time('))).toBe(true);
  });
});

describe('a text that is no kept incident', () => {
  it.each<[string, (text: string) => string, string]>([
    ['cut off', (text) => text.slice(0, -100), 'is no JSON, or was cut off'],
    ['of others', () => '{"a": 1}', 'is no incident that golden-path has saved'],
    [
      'newer',
      (text) => text.replace('Incident": 1', 'Incident": 2'),
      'is of the version 2, and this golden-path reads 1',
    ],
    [
      'without its time',
      (text) => text.replace('"from": "1970-01-01T00:50:00Z"', '"from": "then"'),
      'lacks a part, or has one that is damaged',
    ],
    ['of other samples', (text) => text.replace('=2 ', '=3 '), 'has other series than were saved'],
    [
      'of no samples',
      (text) => text.replace('=2 ', '=x '),
      'lacks a part, or has one that is damaged',
    ],
    [
      'of endless samples',
      (text) => text.replace(/\*\d+/, '*9999999'),
      'lacks a part, or has one that is damaged',
    ],
  ])('is refused when it is %s', async (_, change, found) => {
    const text = incidentText(await keep());
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(readIncident(changed)).toMatchObject({ found });
  });
});
