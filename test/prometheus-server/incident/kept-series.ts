import * as path from 'node:path';
import { makeBlocks, OpenMetricsFile, type Binaries, type Sample } from '../../../lib/rehearsal';

/** The begin of the time; what is scraped begins some hours before. */
const BEGIN = Date.UTC(2026, 10, 10, 10) / 1000;
const LEAD = 7200;
const STEP = 15;
const COUNT = (2 * LEAD) / STEP;
/** From 10:49 on half of the requests failed. */
const OUTAGE = (LEAD + 49 * 60) / STEP;
/** The rules of then paged at 11:00. */
const PAGED = (LEAD + 3600) / STEP;

const here = { application: 'shop', environment: 'prod', cluster: 'eu' };

const samples = (valueAt: (index: number) => number, first = 0): readonly Sample[] =>
  Array.from({ length: COUNT - first }, (_, index): Sample => {
    const at = first + index;
    return [BEGIN - LEAD + at * STEP, valueAt(at)];
  });

/** A counter that rises by so much at each scrape, and by another amount from the outage on. */
const requests = (well: number, ill: number): readonly Sample[] =>
  samples((at) => Math.min(at + 1, OUTAGE) * well + Math.max(0, at + 1 - OUTAGE) * ill);

/** Makes the blocks of a server that has measured an incident. */
export function makeMeasured(binaries: Binaries, folder: string): void {
  const file = path.join(folder, 'history.txt');
  const text = new OpenMetricsFile(file);
  text.series(
    'ALERTS',
    { ...here, ...firing },
    samples(() => 1, PAGED),
  );
  text.series(
    'golden_path:namespace:info',
    { ...here, namespace: 'shop-prod' },
    samples(() => 1),
  );
  for (const pod of ['a', 'b']) {
    const labels = { service: 'orders', pod, instance: `10.0.0.7/${pod}`, token: 'hunter2' };
    text.series('requests_total', { ...labels, cluster: 'eu', code: '200' }, requests(1500, 750));
    text.series('requests_total', { ...labels, cluster: 'eu', code: '500' }, requests(0, 750));
  }
  const slo = { service: 'orders', slo: 'availability', slo_id: 'shop/orders/availability' };
  text.series(
    'slo:sli_error:ratio_rate5m',
    { ...here, ...slo },
    samples((at) => (at >= OUTAGE ? 0.5 : 0)),
  );
  text.end();
  makeBlocks(binaries, file, path.join(folder, 'data'));
}

const firing = {
  ...{ alertname: 'Burn', alertstate: 'firing', service: 'orders', severity: 'page' },
} as const;
