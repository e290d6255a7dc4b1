import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { isoText } from '../../../lib/foundation';
import {
  experimentsOf,
  judge,
  type Experiment,
  type Gathered,
  type Verdict,
} from '../../../lib/game-day';
import {
  rehearse,
  type Rehearsal,
  type Rehearsed,
  type Stage,
  type Times,
} from '../../../lib/rehearsal';
import { ProjectFolder } from '../../cli/project-folder';
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

/** The repository around the examples, as the commands find it. */
const folder = new ProjectFolder();
beforeAll(() => {
  for (const [file, text] of rendering.files) folder.write(`dist/${file}`, text);
});
afterAll(() => {
  folder.remove();
});

/** What the commands say of a rehearsal while its servers are there: its postmortem, and a verdict by Prometheus alone. */
interface Told {
  readonly postmortem: Ran;
  readonly verified: Ran;
}
type Ran = Awaited<ReturnType<ProjectFolder['call']>>;

async function told(
  { application, id, target }: Experiment,
  factor: number,
  { url, alertmanagerUrl }: Stage,
  { from, began, ended, until }: Times,
): Promise<Told> {
  const servers = [
    '--prometheus',
    url,
    '--alertmanager',
    alertmanagerUrl,
    '--pace',
    String(factor),
  ];
  const between = (start: number, end: number): readonly string[] => [
    ...['--from', isoText(start), '--to', isoText(end), '--environment', ENVIRONMENT],
  ];
  const written = ['--output', `${id}.md`];
  const postmortem = await folder.call([
    ...['postmortem', `${application}/${target}`, ...between(from, until), ...servers, ...written],
  ]);
  const there = ['--injected', `ALERTS{alertstate="firing",application="${application}"}`];
  const verified = await folder.call([
    ...['game-day', 'verify', application, '--experiment', id, '--json'],
    ...[...between(began, ended), ...servers, ...there],
  ]);
  return { postmortem, verified };
}

const rehearsedAt = (
  experiment: Experiment,
  factor: number,
  perSecond = 100,
  look?: Rehearsal['look'],
) =>
  rehearse(experiment, {
    ...(look && { look }),
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
async function rehearsed(experiment: Experiment): Promise<Rehearsed & { readonly told?: Told }> {
  const at = async (factor: number): Promise<Rehearsed & { readonly told?: Told }> => {
    let all: Told | undefined;
    const result = await rehearsedAt(experiment, factor, 100, async (stage, times) => {
      all = await told(experiment, factor, stage, times);
    });
    return { ...result, ...(all && { told: all }) };
  };
  const result = await at(60);
  const isSlow = result.verdict.outcome !== 'held' && (result.gathered?.doubts.length ?? 0) > 0;
  return isSlow ? await at(25) : result;
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
    let result: Awaited<ReturnType<typeof rehearsed>> | undefined;
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

    it('has a postmortem that needs the human parts alone', async () => {
      const file = `${id}.md`;
      expect(result?.told?.postmortem).toMatchObject({ status: 0, stdout: '' });
      const text = folder.read(file);
      expect(text).toContain(`\`${experiment.target}\``);
      const { status, stdout } = await folder.call(['postmortem', 'check', file]);
      const marked = text
        .split('\n')
        .flatMap((line, index) => (line.includes('needs human:') ? [index + 1] : []));
      expect(marked.length).toBeGreaterThan(5);
      expect(status).toBe(1);
      expect(
        stdout
          .trim()
          .split('\n')
          .map((line) => Number(line.split(':')[1])),
      ).toEqual(marked);
    });

    it('is verified by what Prometheus has of it, as a game day in a cluster is', () => {
      const { stdout = '', stderr } = result?.told?.verified ?? {};
      const verdict = JSON.parse(stdout) as Verdict;
      expect(verdict).toMatchObject({ application, experiment: id, environment: ENVIRONMENT });
      const refuted = verdict.answers.filter(({ outcome }) => outcome === 'refuted');
      expect({ refuted, stderr }).toEqual({ refuted: [], stderr: '' });
      const [cause] = experiment.expects.alerts;
      expect(verdict.answers).toContainEqual(
        expect.objectContaining({
          question: expect.stringContaining(`Did ${cause?.alertname ?? ''} of`),
          outcome: 'held',
        }),
      );
    });

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

it('is rehearsed by the command, which writes its postmortem', async () => {
  const { prometheus, promtool, alertmanager } = binaries();
  const { stdout, stderr } = await folder.call([
    ...[
      'game-day',
      'rehearse',
      'invoices',
      '--experiment',
      'slow-invoices-db-for-api',
      '--json',
      '--quiet',
    ],
    ...['--prometheus-bin', prometheus, '--promtool-bin', promtool],
    ...['--alertmanager-bin', alertmanager, '--postmortem', 'practised.md'],
  ]);
  expect(stderr).toContain('practised.md');
  const { verdicts } = JSON.parse(stdout) as { readonly verdicts: readonly Verdict[] };
  expect(verdicts).toMatchObject([{ experiment: 'slow-invoices-db-for-api', rehearsed: true }]);
  const text = folder.read('practised.md');
  const [, service, environment, from, to] =
    /^service: (.*)\nenvironment: (.*)\nfrom: (.*)\nto: (.*)\npace: 60$/m.exec(text) ?? [];
  expect([service, environment]).toEqual(['invoices-db', ENVIRONMENT]);
  const times = [from, verdicts[0]?.began, verdicts[0]?.ended, to].map((at) => Date.parse(at!));
  expect(times).toEqual([...times].sort((a, b) => a - b));
}, 120_000);

it('says nothing of an experiment without traffic', async () => {
  const experiment = experimentOf('invoices', 'slow-invoices-db-for-api');
  const { verdict } = await rehearsedAt({ ...experiment, seconds: 60 }, 60, 0);
  expect(verdict.outcome).toBe('inconclusive');
  expect(verdict.answers.find(({ question }) => question.includes('requests'))).toMatchObject({
    outcome: 'inconclusive',
    found: 'It got 0 in a second, which proves nothing.',
  });
}, 90_000);
