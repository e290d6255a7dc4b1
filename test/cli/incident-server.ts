import type { Answer } from '../prometheus/fake-server';
import { success } from '../prometheus/fake-server';

type Labels = Readonly<Record<string, string>>;
export type Row = readonly [Labels, number];

const here = { application: 'shop', environment: 'prod' };
export const of = (service: string, more: Labels = {}): Labels => ({ ...here, service, ...more });
const state = (name: string, service: string): Row => [
  { __name__: `golden_path:service:${name}`, ...of(service, { team: 'team-a' }) },
  1,
];
const place = (namespace: string): Row => [{ ...here, namespace }, 1];
const edge = (service: string, to: string): Row => [
  { service, depends_on: to, depends_on_application: 'shop', application: 'shop' },
  1,
];
const slo = { slo: 'availability' };

/** What a Prometheus says of a shop in which `stock` fails, and `orders` because of it; by a part of the question. */
export const burning: Readonly<Record<string, readonly Row[]>> = {
  'golden_path:namespace:info': [place('shop-prod')],
  'kube_pod_info{namespace="shop-prod",created_by': [
    [{ pod: 'stock-9-a' }, 1],
    [{ pod: 'stock-9-b' }, 1],
  ],
  'depends_on_application=': [[{ application: 'mall', service: 'web', depends_on: 'orders' }, 1]],
  'golden_path:depends_on:info': [edge('orders', 'stock')],
  'golden_path:service:(': [
    ...[state('suspect', 'stock'), state('failing', 'stock'), state('burning', 'stock')],
    ...[state('burning', 'orders'), state('symptom', 'orders'), state('hurting', 'orders')],
  ],
  'golden_path:slo:(': [
    [{ __name__: 'golden_path:slo:burning', ...of('orders', slo) }, 1],
    [{ __name__: 'golden_path:slo:burning', ...of('stock', slo) }, 1],
    [{ __name__: 'golden_path:slo:paging', ...of('stock', slo) }, 1],
  ],
  current_burn_rate: [
    [of('orders', slo), 20],
    [of('stock', slo), 40],
  ],
  error_budget_remaining: [
    [of('orders', slo), 0.5],
    [of('stock', slo), 0.25],
  ],
  'ALERTS{': [
    [of('stock', { alertname: 'SLOErrorBudgetBurnPage', severity: 'page', ...slo }), 1],
    [of('stock', { alertname: 'WorkloadCrashLooping', severity: 'ticket' }), 1],
  ],
};

/** What it says where all is well. */
export const quiet: typeof burning = {
  'golden_path:namespace:info': [place('shop-prod')],
  'golden_path:depends_on:info': [edge('orders', 'stock')],
  current_burn_rate: [[of('orders', slo), 0.1]],
  error_budget_remaining: [[of('orders', slo), 0.9]],
};

/** A Prometheus that says this, at the time for which it is asked. */
export const says =
  (byText: Readonly<Record<string, readonly Row[]>>): Answer =>
  (response, seen) => {
    const { query = '', time, end } = seen.form;
    const [, rows = []] = Object.entries(byText).find(([text]) => query.includes(text)) ?? [];
    const isRange = time === undefined;
    const result = rows.map(([metric, value]) => ({
      metric,
      ...(isRange
        ? { values: [[Number(end), String(value)]] }
        : { value: [Number(time), String(value)] }),
    }));
    success({ resultType: isRange ? 'matrix' : 'vector', result })(response, seen);
  };
