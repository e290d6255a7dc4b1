import { describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { experimentsOf, judge, type Experiment, type Gathered } from '../../../lib/game-day';
import { rehearse, type Rehearsed } from '../../../lib/rehearsal';
import { routingOf, rulesOf } from './rendered-rules';
import { binaries, now } from './stage';

const ENVIRONMENT = 'prod';
const rendering = repository().render();

function experimentOf(application: string, id: string): Experiment {
  const model = rendering.models.find((each) => each.application === application)!;
  const here = model.environments.find(({ name }) => name === ENVIRONMENT);
  const found = experimentsOf(model, here).find((each) => each.id === id);
  if (!found) throw new Error(`nothing derives ${id} of ${application}`);
  return found;
}

const rehearsedAt = (experiment: Experiment, factor: number, perSecond = 100) =>
  rehearse(experiment, {
    binaries: binaries(),
    model: rendering.models.find(({ application }) => application === experiment.application)!,
    environment: ENVIRONMENT,
    groups: rulesOf(rendering, ENVIRONMENT, experiment.application),
    routing: routingOf(rendering, ENVIRONMENT),
    ...{ factor, perSecond, now },
    signal: new AbortController().signal,
    say: () => undefined,
  });

/** In half the speed where the machine was too slow for the whole. */
async function rehearsed(experiment: Experiment): Promise<Rehearsed> {
  const result = await rehearsedAt(experiment, 60);
  const isSlow = result.verdict.outcome !== 'held' && (result.gathered?.doubts.length ?? 0) > 0;
  return isSlow ? await rehearsedAt(experiment, 25) : result;
}

const receiversOf = (gathered: Gathered | undefined): readonly string[] => [
  ...new Set(gathered?.pages?.map(({ receiver }) => receiver)),
];

describe.each([
  ['online-boutique', 'slow-down-productcatalogservice-under-frontend', 'team-boutique/page'],
  ['invoices', 'fail-broker-under-api', 'team-billing/page'],
])(
  'an experiment of %s, rehearsed with a real Prometheus and Alertmanager',
  (application, id, receiver) => {
    let result: Rehearsed | undefined;
    const experiment = experimentOf(application, id);

    it('pages one team within the predicted time, and is held', async () => {
      result = await rehearsed(experiment);
      const { verdict, gathered } = result;
      const told = verdict.answers.filter(({ outcome }) => outcome !== 'held');
      expect(told).toEqual([]);
      expect(verdict).toMatchObject({ outcome: 'held', rehearsed: true, environment: ENVIRONMENT });
      expect(receiversOf(gathered)).toEqual([receiver]);
      expect(new Set(gathered?.pages?.map(({ group }) => group)).size).toBe(1);
      const evidence = verdict.answers.flatMap((each) => each.evidence);
      expect(evidence.some(({ query }) => query.startsWith('ALERTS{'))).toBe(true);
    }, 300_000);

    it('refutes what it does not show', () => {
      const [cause] = experiment.expects.alerts;
      if (!cause || !result?.gathered) throw new Error('nothing was rehearsed');
      const wrong = { ...cause, alertname: 'SLOErrorBudgetBurnPage', service: 'nobody' };
      const expects = { ...experiment.expects, alerts: [wrong] };
      // The machine of the tests is no excuse here.
      const gathered = { ...result.gathered, doubts: [], toleranceSeconds: 0 };
      const verdict = judge({ ...experiment, expects }, gathered);
      expect(verdict.outcome).toBe('refuted');
      const tooEarly = { ...experiment.expects, alerts: [{ ...cause, withinSeconds: 1 }] };
      const late = judge({ ...experiment, expects: tooEarly }, gathered);
      expect(late.answers.find(({ outcome }) => outcome === 'refuted')?.found).toMatch(
        /^A receiver had it after .*; predicted are 1s at the longest\.$/,
      );
    });
  },
);

it('says nothing of an experiment without traffic', async () => {
  const experiment = experimentOf('invoices', 'slow-invoices-db-for-api');
  const { verdict } = await rehearsedAt({ ...experiment, seconds: 60 }, 60, 0);
  expect(verdict.outcome).toBe('inconclusive');
  expect(verdict.answers.find(({ question }) => question.includes('requests'))).toMatchObject({
    outcome: 'inconclusive',
    found: 'It got 0 in a second, which proves nothing.',
  });
}, 90_000);
