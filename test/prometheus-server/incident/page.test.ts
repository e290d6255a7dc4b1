import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { EmulatedGraph, startStage, type Stage } from '../../../lib/rehearsal';
import { rulesOf } from './rendered-rules';
import { binaries, now, recommended, toldTo, until } from './stage';

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
  let watched: Stage;
  const pages = () => toldTo('pages', watched.webhook.received);
  const began = Date.now();

  beforeAll(async () => {
    const graphs = ['dev', 'prod'].map((environment) => {
      const graph = new EmulatedGraph(model, { environment, now });
      if (environment === 'prod') graph.inject({ target: 'api', fault: { kind: 'answer-failures' } });
      return graph;
    });
    watched = await startStage(binaries(), {
      rules,
      history: (file) => {
        const past = { seconds: HOURS * 3600, step: 15, failedFor: 600 };
        for (const graph of graphs) graph.writeHistory(file, past);
      },
      interval: '1s',
      routes: recommended('1s', '5s'),
      now,
      signal: new AbortController().signal,
    });
  }, 120_000);

  afterAll(async () => {
    await watched.stop();
  });

  it('wake somebody for ten minutes of outage in one of them', async () => {
    await until('a page', () => pages().length > 0);
    const [page] = pages();
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
    expect(new Set(pages().map(({ groupKey }) => groupKey)).size).toBe(1);
  });
});
