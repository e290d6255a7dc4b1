import { OpenMetricsFile, type Sample } from '../../lib/rehearsal';
import { DAY } from './store';

/** Where the service `orders` of the application `shop` runs. */
export const SHOP = { namespace: 'shop-prod', service: 'orders' } as const;
const SCRAPE = 60;

/** A time in which a share of the requests fails, in seconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** So many requests a second at each of two pods. */
const REQUESTS = 10;

/** What happened before the end of the store. */
export const outagesBefore = (end: number): readonly Outage[] => [
  // Twenty minutes in which all fail.
  { from: end - 20 * DAY, to: end - 20 * DAY + 1200, share: 1 },
  // Six hours in which 21 in a thousand fail: no window comes to exactly a limit.
  { from: end - 10 * DAY, to: end - 10 * DAY + 6 * 3600, share: 0.021 },
];

/** Writes the requests of a service, of which some fail, as an SDK of OpenTelemetry counts them and a PodMonitor has them scraped, and what kube-state-metrics says of it. */
export function writeOutages(path: string, start: number, end: number): void {
  const file = new OpenMetricsFile(path);
  const outages = outagesBefore(end);
  for (const pod of ['a', 'b']) {
    const labels = {
      ...{ namespace: SHOP.namespace, job: SHOP.service, pod: `orders-7d9f8c5b6d-${pod}` },
      http_route: '/orders',
    };
    const count = 'http_server_request_duration_seconds_count';
    for (const [code, isBad] of [
      ['200', false],
      ['503', true],
    ] as const) {
      const further = { http_response_status_code: code };
      file.series(count, { ...labels, ...further }, counter(start, end, outages, isBad));
    }
  }
  const state = { namespace: SHOP.namespace, deployment: SHOP.service };
  const gauge = (metric: string, value: number): void => {
    file.series(
      metric,
      state,
      scrapes(start, end, () => value),
    );
  };
  gauge('kube_deployment_created', start - 300 * DAY);
  gauge('kube_deployment_spec_replicas', 2);
  gauge('kube_deployment_status_replicas_available', 2);
  file.end();
}

function* scrapes(start: number, end: number, value: (at: number) => number): Iterable<Sample> {
  for (let at = start; at <= end; at += SCRAPE) yield [at, value(at)];
}

function counter(
  start: number,
  end: number,
  outages: readonly Outage[],
  isBad: boolean,
): Iterable<Sample> {
  let total = 0;
  return scrapes(start, end, (at) => {
    const before = at - SCRAPE;
    const outage = outages.find(({ from, to }) => before >= from && before < to);
    const bad = outage?.share ?? 0;
    total += REQUESTS * SCRAPE * (isBad ? bad : 1 - bad);
    return Math.round(total);
  });
}
