import type { AddressedServer, Place } from '../../lib/evidence';
import type { Series } from '../../lib/prometheus';

/** A moment in the middle of a night, in seconds since 1970: 2026-11-20T02:00:00Z. */
export const BEGIN = Date.UTC(2026, 10, 20, 2) / 1000;

export const place: Place = {
  application: 'shop',
  environment: 'prod',
  namespace: 'shop-prod',
  workloads: ['api', 'api-admin', 'stock'],
  objectives: [
    { id: 'shop/api/availability', service: 'api', slo: 'availability', objective: 99.9 },
  ],
};

/** A value from one minute to another, by the minutes since the begin. */
export type Lasting = readonly [fromMinute: number, toMinute: number, value: number];

/** A series that has values in some times. */
export interface FixtureSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly Lasting[];
}

/** Series by a text that the question about them has. */
export type Fixture = Readonly<Record<string, readonly FixtureSeries[]>>;

/** What a Prometheus that knows of the shop answers, with more. */
export const answering = (fixture: Fixture, asked: string[] = []): AddressedServer => {
  const all: Fixture = {
    'golden_path:namespace:info': [
      {
        labels: { application: 'shop', environment: 'prod', namespace: 'shop-prod' },
        values: [[-600, 600, 1]],
      },
    ],
    ...fixture,
  };
  const answer = (query: string, times: readonly number[]): readonly Series[] => {
    asked.push(query);
    const keys = Object.keys(all).sort((a, b) => b.length - a.length);
    const key = keys.find((each) => query.includes(each));
    const found = key === undefined ? [] : (all[key] ?? []);
    return found
      .map(({ labels, values }) => ({
        labels,
        points: times.flatMap((at) => {
          const minute = (at - BEGIN) / 60;
          const value = values.findLast(([from, to]) => minute >= from && minute < to);
          return value ? [{ at, value: value[2] }] : [];
        }),
      }))
      .filter(({ points }) => points.length > 0);
  };
  return {
    address: 'http://prometheus.test',
    query: (query, at) => Promise.resolve(answer(query, [at])),
    queryRange: (query, { start, end, step }) => {
      const count = Math.floor((end - start) / step) + 1;
      const times = Array.from({ length: count }, (_, index) => start + index * step);
      return Promise.resolve(answer(query, times));
    },
  };
};
