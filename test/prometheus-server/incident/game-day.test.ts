import { describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import type { Experiment } from '../../../lib/game-day';
import { rehearse } from '../../../lib/rehearsal';
import { rulesOf, routingOf } from './rendered-rules';
import { binaries, now } from './stage';

const rendering = repository().render();
const setup = (application: string) => ({
  binaries: binaries(),
  model: rendering.models.find((each) => each.application === application)!,
  environment: 'prod',
  groups: rulesOf(rendering, 'prod', application),
  routing: routingOf(rendering, 'prod'),
  factor: 60,
  now,
  signal: new AbortController().signal,
  say: (what: string) => console.error(what),
});

describe('x', () => {
  it('boutique', async () => {
    const experiment: Experiment = {
      id: 'fail-pods-of-productcatalogservice',
      application: 'online-boutique',
      target: 'productcatalogservice',
      claim: { kind: 'hard-edge', subject: 'frontend -> productcatalogservice' },
      fault: { kind: 'fail-pods' },
      seconds: 600,
      hypothesis: 'Its team is paged, and nobody else.',
      expects: {
        alerts: [{ alertname: 'SLOErrorBudgetBurnPage', service: 'productcatalogservice', severity: 'page', withinSeconds: 146 }],
        silent: ['checkoutservice', 'adservice'],
        holds: ['adservice', 'currencyservice'],
        recoversWithinSeconds: 2400,
      },
      blastRadiusPercent: 100,
      traffic: { service: 'frontend', perSecond: 1 },
    };
    const { verdict, gathered } = await rehearse(experiment, setup('online-boutique'));
    console.error(JSON.stringify(verdict, null, 1), JSON.stringify(gathered?.doubts));
    console.error(gathered?.alerts.map((a) => [a.labels.alertname, a.labels.service, a.labels.severity, ((a.from - gathered.began) * 60).toFixed(0), a.to && ((a.to - gathered.ended) * 60).toFixed(0)].join(' ')).join('\n'));
    expect(verdict.outcome).toBe('held');
  }, 200_000);
});
