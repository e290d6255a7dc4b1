import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  Application,
  external,
  RabbitMq,
  ScheduledJob,
  Signals,
  soft,
  WebService,
  Worker,
  type Rendering,
} from '../../../lib';
import { watching } from '../every-kind';
import { testRules } from '../promtool';
import { dashboardsOf, expressionsOf, filledIn, type DashboardJson } from './dashboards';
import { seriesOfShop } from './shop-series';

const image = 'x/y:1';
const web = { image, port: 8080, health: '/ready', metrics: {} } as const;

/** A shop with each kind of workload and each kind of edge. */
function shop(): Rendering {
  const platform = watching(Signals.openTelemetry());
  const app = new Application(platform, 'shop', { owner: 'team-a' });
  const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
  const stock = new WebService(app, 'stock', web);
  const hints = new WebService(app, 'hints', web);
  const orders = new WebService(app, 'orders', {
    ...{ ...web, uses: [broker] },
    env: {
      STOCK: stock.address,
      HINTS: soft(hints.address),
      PAY: external('pay.example.com').url,
    },
    slo: { availability: 99.9, latency: { under: '250ms', objective: 99 } },
    migrate: { command: ['migrate'] },
  });
  new WebService(app, 'web', { ...web, env: { ORDERS: orders.address } });
  new Worker(app, 'mailer', {
    image,
    scale: { min: 0, max: 3, on: broker.queue('mails').length(50) },
    slo: { freshness: { within: '10m', objective: 99 } },
  });
  new ScheduledJob(app, 'report', { image, schedule: '0 7 * * *' });
  return platform.render();
}

let dashboards: ReadonlyMap<string, DashboardJson>;

beforeAll(() => {
  const rendering = shop();
  expect(rendering.problems).toEqual([]);
  dashboards = dashboardsOf(rendering);
});

/** What Prometheus answers to expressions after half an hour: text by expression; none where there is nothing. */
function answers(expressions: readonly string[]): ReadonlyMap<string, string> {
  const said = testRules(
    [],
    [
      {
        name: 'shown',
        interval: '1m',
        input_series: seriesOfShop,
        promql_expr_test: expressions.map((expr) => ({
          ...{ expr, eval_time: '30m', exp_samples: [{ labels: '{wanted="nothing"}', value: 1 }] },
        })),
      },
    ],
  );
  return new Map(
    said
      .split(/^ {4}expr: /m)
      .slice(1)
      .map((part) => {
        const [, expr = '', rest = ''] = /^("(?:[^"\\]|\\.)*"),([^]*)$/.exec(part) ?? [];
        return [JSON.parse(expr) as string, rest.replace(/^[^]*got: /, '').trim()] as const;
      }),
  );
}

/** What says nothing while all is well, and the burn and budget of a broker, which has none. */
const EMPTY: Readonly<Record<string, readonly string[]>> = {
  shop_orders: [],
  shop_mailer: ['Suspects A', 'Dependencies B', 'Dependencies C'],
  shop_report: [],
  shop: [],
};

describe('with all its series there', () => {
  it.each(Object.entries(EMPTY))(
    'each panel of %s shows something, and nothing of another environment or application',
    (uid, wanted) => {
      const dashboard = dashboards.get(uid)!;
      const said = answers(expressionsOf(dashboard));
      const empty = dashboard.panels.flatMap(({ title, targets = [] }) =>
        targets
          .map(({ expr, refId }) => [`${title} ${refId}`, said.get(filledIn(expr))] as const)
          .filter(([, answer]) => answer === 'nil')
          .map(([name]) => name),
      );
      expect(empty).toEqual(wanted);
      for (const { expr } of dashboard.annotations.list) {
        expect(said.get(filledIn(expr))).toMatch(/^\{/);
      }
      const text = [...said.values()].join('\n');
      expect(text).not.toMatch(/err: /);
      expect(text).not.toMatch(/dev|attic/);
    },
  );

  it('numbers are those of the environment and the application', () => {
    const { panels } = dashboards.get('shop_orders')!;
    const [rate] = panels.find(({ title }) => title === 'Rate')!.targets!;
    expect([...answers([filledIn(rate!.expr)]).values()]).toEqual(['{} 1E+00']);
  });
});

/** The labels of what an expression of one panel finds. */
function rows(
  uid: string,
  title: string,
  refId = 'A',
): readonly Readonly<Record<string, string>>[] {
  const panel = dashboards.get(uid)!.panels.find((each) => each.title === title);
  const { expr = '' } = panel?.targets?.find((target) => target.refId === refId) ?? {};
  const [answer = ''] = answers([filledIn(expr)]).values();
  return [...answer.matchAll(/\{([^}]*)\} (\S+)/g)].map(([, labels = '', value = '']) => ({
    ...Object.fromEntries(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', each = '']) => [key, each]),
    ),
    value: String(Number(value.replace(',', ''))),
  }));
}

const pick = (
  all: readonly Readonly<Record<string, string>>[],
  ...keys: readonly string[]
): readonly string[] => all.map((row) => keys.map((key) => row[key] ?? '-').join(' ')).sort();

describe('where stock fails and orders burns', () => {
  it('the suspect of orders is stock, with its dashboard', () => {
    expect(pick(rows('shop_orders', 'Suspects'), 'service', 'kind', 'hops', 'dashboard')).toEqual([
      'stock workload 1 shop_stock',
    ]);
  });

  it('each dependency of orders has its state', () => {
    const dependencies = rows('shop_orders', 'Dependencies');
    expect(pick(dependencies, 'service', 'kind', 'edge', 'value', 'dashboard')).toEqual([
      'broker backing-service hard 0 shop',
      'hints workload soft 0 shop_hints',
      'pay.example.com external hard 0 shop',
      'stock workload hard 3 shop_stock',
    ]);
  });

  it('callers are those of other applications too', () => {
    const callers = rows('shop_orders', 'Callers');
    expect(pick(callers, 'application', 'service', 'edge', 'value', 'dashboard')).toEqual([
      'portal start hard 0 portal_start',
      'shop web hard 0 shop_web',
    ]);
  });

  it('the graph has each service once, with the fields that Grafana wants', () => {
    const nodes = rows('shop', 'Dependencies', 'nodes');
    expect(pick(nodes, 'id', 'title', 'subtitle', 'color', 'mainstat', 'dashboard')).toEqual([
      'portal/start start workload #8E8E8E - portal_start',
      'shop/broker broker backing-service #8E8E8E - shop',
      'shop/hints hints workload #8E8E8E - shop_hints',
      'shop/mailer mailer workload #56A64B 2.5 x shop_mailer',
      'shop/orders orders workload #E02F44 2.5 x shop_orders',
      'shop/pay.example.com pay.example.com external #8E8E8E - shop',
      'shop/report report workload #56A64B 2.5 x shop_report',
      'shop/stock stock workload #A352CC 2.5 x shop_stock',
      'shop/web web workload #56A64B 2.5 x shop_web',
    ]);
  });

  it('each edge of the graph has nodes at its ends', () => {
    const ids = rows('shop', 'Dependencies', 'nodes').map(({ id }) => id);
    const edges = rows('shop', 'Dependencies', 'edges');
    expect(pick(edges, 'source', 'target', 'strokeDasharray')).toEqual([
      'portal/start shop/orders -',
      'shop/mailer shop/broker -',
      'shop/orders shop/broker -',
      'shop/orders shop/hints 4 4',
      'shop/orders shop/pay.example.com -',
      'shop/orders shop/stock -',
      'shop/web shop/orders -',
    ]);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
    for (const { source, target } of edges)
      expect(ids).toEqual(expect.arrayContaining([source, target]));
  });
});
