import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import {
  Application,
  external,
  later,
  Postgres,
  published,
  Signals,
  soft,
  WebService,
  type Rendering,
} from '../../lib';
import type { RuleGroup } from '../../lib/observability';
import { watching } from './every-kind';
import { promqlFaults } from './promql';
import { failuresOf, promtool, writeTests } from './promtool';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-cause-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const props = { image: 'x/y:1', port: 8080, health: '/ready' } as const;
const slo = { availability: 99.9 } as const;
const contract = published({ application: 'shop', service: 'stock', port: 8080 });

/** web is reached from outside and can do without ads; orders and stock are a circle; plain has no objective; stock is published. */
function shop(): Rendering {
  const platform = watching(Signals.istio(), {
    links: { runbook: 'https://runbooks.example.com/{service}#{alert}' },
  });
  const app = new Application(platform, 'shop', { owner: 'team-shop' });
  const database = new Postgres(app, 'db', { version: 16 });
  const ads = new WebService(app, 'ads', { ...props, slo });
  const plain = new WebService(app, 'plain', { ...props, uses: [database] });
  const stock: WebService = new WebService(app, 'stock', {
    ...props,
    slo,
    env: {
      PLAIN: plain.url,
      PAYMENT: external('payments.example.com').url,
      ORDERS: later(() => orders.url),
    },
    publish: { contract, to: ['wholesale'] },
  });
  const orders: WebService = new WebService(app, 'orders', {
    ...props,
    slo,
    env: { STOCK: stock.url },
  });
  new WebService(app, 'web', {
    ...props,
    slo,
    env: { ORDERS: orders.url, ADS: soft(ads.url) },
    expose: { host: 'shop' },
  });
  const other = new Application(platform, 'wholesale', { owner: 'team-wholesale' });
  new WebService(other, 'counter', { ...props, slo, env: { STOCK: contract.url } });
  return platform.render();
}
const { files, problems } = shop();

interface RuleTest {
  readonly name: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
}
const parsed = (name: string): { readonly tests: readonly RuleTest[] } =>
  parse(files.get(name) ?? '') as { readonly tests: readonly RuleTest[] };

writeTests(folder, files);

/** One more test of the rules of both applications, in which some series are there from the third minute on. */
async function told(
  name: string,
  there: readonly string[],
  expected: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const file = `${name.replaceAll(' ', '-')}.test`;
  const content = {
    rule_files: ['tests/shop/graph.rules', 'tests/wholesale/graph.rules'],
    evaluation_interval: '30s',
    tests: [
      {
        interval: '1m',
        input_series: there.map((text) => {
          const [series = '', values = '_x3 1x30'] = text.split(' <- ');
          return { series, values };
        }),
        ...expected,
      },
    ],
  };
  fs.writeFileSync(path.join(folder, file), stringify(content));
  return failuresOf([file], folder);
}

const objective = (
  application: string,
  service: string,
  metric: string,
  window: '5m' | '30m' = '5m',
): string =>
  `golden_path:slo:${metric}{application="${application}",service="${service}",slo_id="${application}/${service}/availability",environment="prod",window="${window}"}`;
const errors = (service: string, perSecond: number): string =>
  `slo:sli_errors:rate5m{application="shop",service="${service}",slo_id="shop/${service}/availability",environment="prod"} <- ${perSecond}x40`;
const burns = (application: string, service: string): readonly string[] => [
  objective(application, service, 'failing'),
  objective(application, service, 'burning'),
];

const firing = (at: string, ...alerts: readonly string[]) => ({
  promql_expr_test: [
    {
      expr: 'count by (alertname, service) (ALERTS{alertstate="firing"})',
      eval_time: at,
      exp_samples: alerts.map((text) => {
        const [alertname = '', service = ''] = text.split(' ');
        return { labels: `{alertname="${alertname}",service="${service}"}`, value: 1 };
      }),
    },
  ],
});

describe('the rules of the graph', () => {
  it('are sound, and every way to fail pages the right one', async () => {
    expect(problems.map(({ code }) => code)).toEqual(['DependencyCycle']);
    const names = ['tests/shop/graph', 'tests/wholesale/graph'];
    const rules = names.map((name) => `${name}.rules`);
    const checked = await promtool(['check', 'rules', ...rules], folder);
    expect(checked).toEqual({ isOk: true, text: expect.stringContaining('SUCCESS') });
    expect(
      await failuresOf(
        names.map((name) => `${name}.test`),
        folder,
      ),
    ).toEqual([]);
    const groups = rules.flatMap(
      (name) => (parse(files.get(name) ?? '') as { readonly groups: readonly RuleGroup[] }).groups,
    );
    const expressions = groups.flatMap((group) => group.rules.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(40);
    expect(expressions.flatMap(promqlFaults)).toEqual([]);
  });

  it('are tested for each service, with objectives and without', () => {
    const names = parsed('tests/shop/graph.test').tests.map(({ name }) =>
      name.replace(/ (is paged|fails|does not burn|is no excuse).*/, ''),
    );
    const services = ['ads', 'db', 'orders', 'payments.example.com', 'plain', 'stock', 'web'];
    expect([...new Set(names)].sort()).toEqual(services);
    expect(parsed('tests/shop/graph.test').tests.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'plain fails, and what depends on it burns: it is paged, and nobody else but who is reached from outside',
        'stock does not burn, and is paged because what depends on it does',
        'stock does not burn, and is paged because a caller in another application does',
        'ads is no excuse for web, which can do without it',
      ]),
    );
  });

  it('have tests that fail when a rule is wrong', async () => {
    const at = path.join(folder, 'broken');
    const wrong = new Map(
      [...files].map(([name, text]) => [name, text.replaceAll('unless on (environment)', 'or')]),
    );
    writeTests(at, wrong);
    const failures = await failuresOf(['tests/shop/graph.test'], at);
    expect(failures.join()).toContain('FAILED');
  });
});

describe('an incident', () => {
  it('pages for what fails, through services that do not burn and applications of others', async () => {
    const series = [
      'golden_path:service_up{application="shop",service="payments.example.com",environment="prod"} <- 1x3 0x30',
      objective('shop', 'stock', 'failing'),
      ...burns('wholesale', 'counter'),
    ];
    const expected = firing(
      '12m',
      'SLODependentsBurnPage payments.example.com',
      'SLOErrorBudgetBurnSymptom counter',
    );
    expect(await told('another application', series, expected)).toEqual([]);
  });

  it('pages both of a circle, since neither is the cause of the other', async () => {
    const series = [...burns('shop', 'orders'), ...burns('shop', 'stock')];
    const expected = firing('8m', 'SLOErrorBudgetBurnPage orders', 'SLOErrorBudgetBurnPage stock');
    expect(await told('a circle', series, expected)).toEqual([]);
  });

  it('pages who still burns when the cause is mended', async () => {
    const series = [
      'golden_path:service_up{application="shop",service="db",environment="prod"} <- 1x3 0x10 1x30',
      ...burns('shop', 'orders'),
    ];
    const during = firing('10m', 'SLODependentsBurnPage db', 'SLOErrorBudgetBurnSymptom orders');
    const after = firing('24m', 'SLOErrorBudgetBurnPage orders');
    expect(await told('during', series, during)).toEqual([]);
    expect(await told('after', series, after)).toEqual([]);
  });

  it('pages a caller for a fault of its own, whatever small faults are below it', async () => {
    const series = [
      ...burns('shop', 'web'),
      errors('web', 100),
      `${objective('shop', 'orders', 'failing')} <- _x3 1.2x30`,
    ];
    const expected = firing('10m', 'SLOErrorBudgetBurnPage web');
    expect(await told('own fault', series, expected)).toEqual([]);
  });

  it('pages a caller for a fault of its own, whatever failed below it lately', async () => {
    const series = [
      ...burns('shop', 'web'),
      errors('web', 100),
      `${objective('shop', 'orders', 'failing', '30m')} <- _x3 0x30`,
    ];
    const expected = firing('10m', 'SLOErrorBudgetBurnPage web');
    expect(await told('lately', series, expected)).toEqual([]);
  });

  it('pages the cause alone while all that is left is the half hour over which the slow pair looks back', async () => {
    const tail = (service: string): readonly string[] => [
      `${objective('shop', service, 'failing', '30m')} <- 0x30`,
      `${objective('shop', service, 'burning', '30m')} <- 1x30`,
      errors(service, 0),
    ];
    const series = [...tail('web'), ...tail('ads'), ...tail('orders')];
    const expected = firing(
      '10m',
      'SLOErrorBudgetBurnPage ads',
      'SLOErrorBudgetBurnPage orders',
      'SLOErrorBudgetBurnSymptom web',
    );
    expect(await told('tail', series, expected)).toEqual([]);
  });

  it('pages nobody anew when a database is back, while those who called it still look back at half an hour', async () => {
    const tail = (service: string): readonly string[] => [
      `${objective('shop', service, 'failing', '30m')} <- 9x60`,
      `${objective('shop', service, 'burning', '30m')} <- 1x60`,
    ];
    const down =
      'golden_path:service_up{application="shop",service="db",environment="prod"} <- 1x3 0x6 1x60';
    const series = [...tail('web'), ...tail('orders'), ...tail('stock'), down];
    const symptoms = [
      'SLOErrorBudgetBurnSymptom orders',
      'SLOErrorBudgetBurnSymptom stock',
      'SLOErrorBudgetBurnSymptom web',
    ];
    const back = firing('25m', ...symptoms);
    expect(await told('back', series, back)).toEqual([]);
    const own = firing(
      '58m',
      'SLOErrorBudgetBurnPage orders',
      'SLOErrorBudgetBurnPage stock',
      'SLOErrorBudgetBurnSymptom web',
    );
    expect(await told('not back', series, own)).toEqual([]);
  });

  it('says who is suspected, who is hurt, what else is wrong and what it should do without', async () => {
    const series = [
      'golden_path:service_up{application="shop",service="db",environment="prod"} <- 1x3 0x30',
      ...burns('shop', 'web'),
      ...burns('shop', 'ads'),
      'ALERTS{alertname="WorkloadOutOfMemory",application="shop",service="plain",environment="prod",severity="ticket",alertstate="firing"}',
    ];
    const page = (
      alertname: string,
      service: string,
      text: readonly [summary: string, description: string],
      more: object,
    ): object => {
      const labels = { application: 'shop', service, team: 'team-shop', environment: 'prod' };
      const [summary, description] = text;
      const runbook_url = `https://runbooks.example.com/${service}#${alertname}`;
      return {
        eval_time: '8m',
        alertname,
        exp_alerts: [
          {
            exp_labels: { ...labels, severity: 'page', ...more },
            exp_annotations: { summary, description, runbook_url },
          },
        ],
      };
    };
    const alert_rule_test = [
      page(
        'SLODependentsBurnPage',
        'db',
        [
          'db in prod fails, and the error budgets of those that depend on it burn',
          'db is where to look first: nothing below it explains what fails. Burning because of it: web.',
        ],
        { kind: 'backing-service' },
      ),
      page(
        'SLOErrorBudgetBurnSymptom',
        'web',
        [
          'web in prod burns its error budget because of db',
          'Whoever answers for the cause is paged too; help them, and tell those who are hurt. Suspected: db. It should do without, and it fails: ads. Open tickets: WorkloadOutOfMemory of plain.',
        ],
        { kind: 'workload' },
      ),
      page(
        'SLOErrorBudgetBurnPage',
        'ads',
        [
          'ads in prod: 100% of requests fail (objective 99.9 %)',
          'The objective is 99.9 % of requests without a failure over 30 days. The budget burns, in the last 30m and 6h. Look first at what changed: kubectl -n  rollout history deployment/ads',
        ],
        { slo: 'availability', slo_id: 'shop/ads/availability' },
      ),
    ];
    expect(await told('text', series, { alert_rule_test })).toEqual([]);
  });
});
