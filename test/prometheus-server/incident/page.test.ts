import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signals as source } from '../../../apps/platform';
import { repository } from '../../../apps/repository';
import { EmulatedGraph } from './emulated-graph';
import { rulesOf } from './rendered-rules';
import { until, watch, type Watch } from './watch';

const APPLICATION = 'invoices';
const HOURS = 7;
const rendering = repository().render();
const model = rendering.models.find(({ application }) => application === APPLICATION);
if (!model) throw new Error(`there is no ${APPLICATION}`);

/** The rules as they are, asked every second: nobody waits for half a minute here. */
const rules = ['dev', 'prod']
  .flatMap((environment) => rulesOf(rendering, environment, APPLICATION))
  .filter(({ name }, index, all) => all.findIndex((each) => each.name === name) === index)
  .map((group) => ({ ...group, interval: '1s' }));

describe('the rules of an example, in one Prometheus for two environments, with their Alertmanager', () => {
  let watched: Watch;
  const began = Date.now();

  beforeAll(async () => {
    const graphs = ['dev', 'prod'].map((environment) => {
      const graph = new EmulatedGraph(model, { source, environment });
      if (environment === 'prod') graph.fail('api');
      return graph;
    });
    watched = await watch({
      rules,
      history: (file) => {
        const past = { seconds: HOURS * 3600, step: 15, failedFor: 600 };
        for (const graph of graphs) graph.writeHistory(file, past);
      },
      interval: '1s',
      group: { wait: '1s', interval: '5s' },
    });
  }, 120_000);

  afterAll(async () => {
    await watched.stop();
  });

  it('wake somebody for ten minutes of outage in one of them', async () => {
    const { webhook } = watched;
    await until('a page', () => webhook.pages.length > 0);
    const [page] = webhook.pages;
    const names = page?.alerts.map(({ labels }) => labels);
    expect(names).toEqual([
      {
        alertname: 'SLOErrorBudgetBurnPage',
        application: APPLICATION,
        environment: 'prod',
        namespace: expect.any(String),
        service: 'api',
        severity: 'page',
        slo: 'availability',
        slo_id: 'invoices/api/availability',
        team: 'team-billing',
      },
    ]);
    expect(page?.alerts[0]?.annotations).toEqual({
      summary: expect.stringMatching(
        /^api in prod: 100(\.\d)?% of requests fail \(objective 99\.9 %\)$/,
      ),
      description: expect.stringContaining('in the last 5m and 1h'),
      runbook_url: 'https://runbooks.example.org/invoices/api#SLOErrorBudgetBurnPage',
      dashboard_url: 'https://grafana.example.org/d/invoices_api?var-environment=prod',
    });
    const seconds = ((page?.at ?? 0) - began) / 1000;
    console.error(`Page: at the webhook ${seconds.toFixed(1)} s after nothing was there`);
  }, 90_000);

  it('wake nobody for the other environment, and once', async () => {
    const firing = await watched.ask('ALERTS{alertstate="firing",severity="page"}');
    expect(firing.map(({ environment }) => environment)).toEqual(['prod']);
    expect(new Set(watched.webhook.pages.map(({ groupKey }) => groupKey)).size).toBe(1);
  });
});
