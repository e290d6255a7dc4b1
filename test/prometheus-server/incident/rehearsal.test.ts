import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signals as source } from '../../../apps/platform';
import { repository } from '../../../apps/repository';
import { EmulatedGraph } from './emulated-graph';
import { rulesOf } from './rendered-rules';
import { until, watch, type Watch } from './watch';
import type { Notification } from './webhook';

/** An hour is a minute. */
const FACTOR = 60;
const APPLICATION = 'online-boutique';
const ENVIRONMENT = 'prod';
const CAUSE = 'productcatalogservice';
/** Six hours, over which the longest window of a page looks back, and what passes until the rehearsal begins. */
const HISTORY_SECONDS = (6.5 * 3600) / FACTOR;

const rendering = repository().render();
const model = rendering.models.find(({ application }) => application === APPLICATION);
if (!model) throw new Error(`there is no ${APPLICATION}`);

/** How long until the page, as the model predicts it of a full outage, in rehearsed seconds. */
const predicted = (): number => {
  const { objectives = [] } = model.workloads.find(({ name }) => name === CAUSE) ?? {};
  const availability = objectives.find(({ slo }) => slo === 'availability');
  const page = availability?.detection.find(
    ({ severity, errorRatio }) => severity === 'page' && errorRatio === 1,
  );
  return page?.seconds ?? 0;
};

const alertsOf = (notifications: readonly Notification[]): readonly string[] =>
  [
    ...new Set(
      notifications.flatMap(({ alerts }) =>
        alerts
          .filter(({ status }) => status === 'firing')
          .map(({ labels }) => `${labels.alertname ?? ''} ${labels.service ?? ''}`),
      ),
    ),
  ].sort();

describe('a fault in one service of Online Boutique, rehearsed sixty times as fast', () => {
  let watched: Watch;
  let injected = 0;
  const graph = new EmulatedGraph(model, { source, environment: ENVIRONMENT });

  beforeAll(async () => {
    watched = await watch({
      rules: scaled(rulesOf(rendering, ENVIRONMENT, APPLICATION), FACTOR),
      history: (file) => {
        graph.writeHistory(file, { seconds: HISTORY_SECONDS, step: 0.5 });
      },
      target: () => graph.start(),
      interval: '500ms',
      group: { wait: '500ms', interval: '5s' },
    });
  }, 120_000);

  afterAll(async () => {
    graph.stop();
    await watched.stop();
  });

  it('begins with nothing that fires', async () => {
    await until('samples of every service', async () => {
      const found = await watched.ask(
        `count by (service) (slo:sli_error:ratio_rate5m{application="${APPLICATION}"})`,
      );
      return found.length === model.workloads.filter(({ objectives }) => objectives).length;
    });
    await sleep(5000);
    expect(await watched.ask('ALERTS')).toEqual([]);
    expect(watched.webhook).toMatchObject({ pages: [], tickets: [] });
  }, 90_000);

  it('pages once, for the cause', async () => {
    const { webhook } = watched;
    injected = Date.now();
    graph.fail(CAUSE);
    await until('a page', () => webhook.pages.length > 0);
    const seconds = ((webhook.pages[0]?.at ?? 0) - injected) / 1000;
    console.error(
      `Rehearsal: the page for ${CAUSE} came after ${seconds.toFixed(2)} s, which are ${(seconds * FACTOR).toFixed(0)} s; predicted at the longest are ${predicted()} s`,
    );
    // Ten minutes, in which everybody who depends on it burns too.
    await sleep(10_000);
    expect(new Set(webhook.pages.map(({ groupKey }) => groupKey)).size).toBe(1);
    expect(alertsOf(webhook.pages)).toEqual([
      `SLOErrorBudgetBurnPage ${CAUSE}`,
      'SLOErrorBudgetBurnSymptom frontend',
    ]);
  }, 90_000);

  it('tells who is hurt and who is suspected', () => {
    const alerts = watched.webhook.pages.flatMap((page) => page.alerts);
    const text = (service: string): string =>
      alerts.findLast(({ labels }) => labels.service === service)?.annotations.description ?? '';
    expect(text(CAUSE)).toContain('in the last 5m and 1h');
    expect(text('frontend')).toContain(`Suspected: ${CAUSE}.`);
  });

  it('leaves tickets for the other symptoms', () => {
    expect(alertsOf(watched.webhook.tickets)).toEqual(
      expect.arrayContaining([
        'SLOErrorBudgetBurnSymptom checkoutservice',
        'SLOErrorBudgetBurnSymptom recommendationservice',
      ]),
    );
  });

  it('ends within the half hour over which the slow pair looks back', async () => {
    const mended = Date.now();
    graph.mend(CAUSE);
    await until(
      'the end of all pages',
      async () => (await watched.ask('ALERTS{severity="page"}')).length === 0,
      90,
    );
    const seconds = (Date.now() - mended) / 1000;
    console.error(
      `Rehearsal: all clear ${seconds.toFixed(1)} s after the fault was gone, which are ${((seconds * FACTOR) / 60).toFixed(0)} minutes`,
    );
    await until('the notification', () => watched.webhook.pages.at(-1)?.status === 'resolved');
  }, 120_000);

  it('pages for a backing service, which has no objective', async () => {
    const { pages } = watched.webhook;
    const before = pages.length;
    graph.fail('carts');
    const told = (): readonly string[] => alertsOf(pages.slice(before));
    await until('the page', () => told().length > 1);
    await sleep(5000);
    expect(told()).toEqual(['SLODependentsBurnPage carts', 'SLOErrorBudgetBurnSymptom frontend']);
  }, 90_000);
});
