import { describe, expect, it } from '@jest/globals';
import {
  judge,
  verdictMarkdown,
  verdictText,
  type Experiment,
  type FiredAlert,
  type Gathered,
} from '../../lib/game-day';

const BEGAN = Date.UTC(2026, 10, 20, 10) / 1000;
const ENDED = BEGAN + 600;

const experiment: Experiment = {
  ...{ id: 'fail-broker-under-api', application: 'invoices', target: 'broker' },
  claim: { kind: 'hard-edge', subject: 'api -> broker' },
  fault: { kind: 'fail-pods' },
  seconds: 600,
  hypothesis: 'The broker is paged for.',
  expects: {
    alerts: [
      ...[{ alertname: 'SLODependentsBurnPage', service: 'broker', severity: 'page' } as const].map(
        (each) => ({ ...each, withinSeconds: 250 }),
      ),
    ],
    silent: ['reminders'],
    holds: ['reminders'],
    recoversWithinSeconds: 1800,
  },
  blastRadiusPercent: 100,
  traffic: { service: 'api', perSecond: 1 },
};

const alert = (more: Partial<FiredAlert> & { readonly of?: string } = {}): FiredAlert => ({
  labels: {
    alertname: more.of ?? 'SLODependentsBurnPage',
    ...{ service: 'broker', severity: 'page', team: 'team-billing', ...more.labels },
  },
  from: more.from ?? BEGAN + 120,
  ...(more.to === undefined ? { to: ENDED + 900 } : { to: more.to }),
});

const points = (value: number) =>
  Array.from({ length: 111 }, (_, index) => ({ at: BEGAN - 300 + index * 30, value }));

/** What a Prometheus alone knows. */
const measured = (): Gathered => ({
  ...{ environment: 'prod', rehearsed: false, factor: 1, toleranceSeconds: 0 },
  ...{ began: BEGAN, ended: ENDED, from: BEGAN - 300, until: ENDED + 2400 },
  fault: { isThere: true, found: 'It was there.', evidence: [] },
  ...{ stepSeconds: 30, presence: { query: 'info', points: points(1) } },
  alertsQuery: 'ALERTS{}',
  alerts: [alert()],
  ...{ isPaging: true, doubts: [] },
  burns: [
    { ...{ service: 'reminders', slo: 'freshness', objective: 99 }, query: 'r', points: points(0) },
  ],
  traffic: { query: 'rate', points: points(5) },
});

const gathered = (more: Partial<Gathered> = {}): Gathered => ({
  ...measured(),
  pages: [{ receiver: 'team-billing/page', group: 'invoices in prod', at: BEGAN + 150 }],
  silences: [],
  ...more,
});

const answersOf = (more: Partial<Gathered>, of = experiment) =>
  judge(of, gathered(more))
    .answers.filter(({ outcome }) => outcome !== 'held')
    .map(({ outcome, found }) => `${outcome}: ${found}`);

describe('a verdict', () => {
  it('is held when everything came as predicted, with the samples that show it', () => {
    const verdict = judge(experiment, gathered());
    expect(verdict).toMatchObject({
      ...{ application: 'invoices', experiment: experiment.id, environment: 'prod' },
      ...{ rehearsed: false, outcome: 'held' },
      ...{ began: '2026-11-20T10:00:00Z', ended: '2026-11-20T10:10:00Z' },
    });
    expect(verdict.answers.map(({ question }) => question)).toEqual([
      'Was it quiet for 5m before?',
      'Was the fault there?',
      'Did api get 1 requests in a second?',
      'Did SLODependentsBurnPage of broker come as a page within 4m 10s?',
      'Was it one page, for one team?',
      'Did nothing page for reminders?',
      'Did the objectives of reminders hold?',
      'Did nothing page any more 30m after?',
    ]);
    expect(verdict.answers[3]).toMatchObject({
      found: 'It fired after 2m; predicted are 4m 10s at the longest.',
      evidence: [
        { query: 'ALERTS{}', at: '2026-11-20T10:02:00Z', value: 'SLODependentsBurnPage of broker' },
      ],
    });
  });

  it.each<[string, Partial<Gathered>, readonly string[]]>([
    [
      'an alert that is late',
      {
        alerts: [alert({ from: BEGAN + 300 })],
        pages: [{ receiver: 'team-billing/page', group: 'g', at: BEGAN + 310 }],
      },
      ['refuted: It fired after 5m; predicted are 4m 10s at the longest.'],
    ],
    [
      'a symptom where a cause was to be',
      { alerts: [alert({ of: 'SLOErrorBudgetBurnSymptom' })] },
      ['refuted: It did not fire; SLOErrorBudgetBurnSymptom of broker did.'],
    ],
    [
      'two teams',
      {
        pages: ['team-a/page', 'team-billing/page'].map((receiver) => ({
          ...{ receiver, group: 'invoices in prod', at: BEGAN + 150 },
        })),
      },
      ['refuted: 1 page went to team-a/page, team-billing/page.'],
    ],
    [
      'two pages',
      {
        pages: ['a', 'b'].map((group) => ({
          ...{ receiver: 'team-billing/page', group, at: BEGAN + 150 },
        })),
      },
      ['refuted: 2 pages went to team-billing/page.'],
    ],
    [
      'the receiver of another team',
      { pages: [{ receiver: 'team-cats/page', group: 'g', at: BEGAN + 150 }] },
      ['refuted: 1 page went to team-cats/page, and the alerts were of team-billing.'],
    ],
    [
      'the receiver of those who have none',
      { pages: [{ receiver: 'page', group: 'g', at: BEGAN + 150 }] },
      ['refuted: 1 page went to page, and the alerts were of team-billing.'],
    ],
    [
      'a page where tickets are what is sent',
      { isPaging: false },
      [
        'refuted: A ticket, since nothing pages in this environment, went to team-billing/page, and the alerts were of team-billing.',
      ],
    ],
    [
      'a page for somebody who was to sleep',
      { alerts: [alert(), alert({ labels: { service: 'reminders' } })] },
      ['refuted: SLODependentsBurnPage of reminders fired.'],
    ],
    [
      'a budget that burns',
      {
        burns: [
          {
            ...{ service: 'reminders', slo: 'freshness', objective: 99, query: 'r' },
            points: points(0.05),
          },
        ],
      },
      ['refuted: Its freshness burnt 5 times as fast as allowed.'],
    ],
    [
      'a page that does not end',
      { alerts: [{ ...alert(), to: ENDED + 2000 }] },
      ['refuted: SLODependentsBurnPage of broker fired 33m 20s after.'],
    ],
  ])('is refuted by %s', (_, more, answers) => {
    expect(answersOf(more)).toEqual(answers);
    expect(judge(experiment, gathered(more)).outcome).toBe('refuted');
  });

  it.each<[string, Partial<Gathered>, readonly string[]]>([
    [
      'without traffic',
      { traffic: { query: 'rate', points: points(0.1) }, alerts: [], pages: [] },
      [
        'inconclusive: It got 0.1 in a second, which proves nothing.',
        'inconclusive: It did not fire. That says nothing, since the experiment was not as planned.',
        'inconclusive: Nobody was told. That says nothing, since the experiment was not as planned.',
      ],
    ],
    [
      'without samples of the traffic',
      { traffic: { query: 'rate', points: [] } },
      ['inconclusive: There are no samples of its traffic.'],
    ],
    [
      'when it was not quiet before',
      { alerts: [alert(), alert({ of: 'Other', from: BEGAN - 60, to: BEGAN + 1 })] },
      ['inconclusive: Other of broker fired.'],
    ],
    [
      'when the fault was not there',
      { fault: { isThere: false, found: 'It was not.', evidence: [] } },
      ['inconclusive: It was not.'],
    ],
    [
      'when nobody looked for long enough',
      { alerts: [{ labels: alert().labels, from: BEGAN + 120 }], until: ENDED + 60 },
      [
        'inconclusive: SLODependentsBurnPage of broker still fired when nobody looked any more, 1m after.',
      ],
    ],
    [
      'when the machine was too slow',
      { alerts: [], doubts: ['it was slow'], pages: gathered().pages ?? [] },
      [
        'inconclusive: It did not fire. But it was slow.',
        'inconclusive: 1 page went to team-billing/page, and no alert that fired tells whose it is.',
      ],
    ],
    [
      'when a silence kept it quiet',
      { silences: [{ from: BEGAN, to: ENDED, of: 'service="broker"' }], pages: [] },
      ['inconclusive: A silence of service="broker" may have kept it quiet.'],
    ],
  ])('is inconclusive %s', (_, more, answers) => {
    expect(answersOf(more)).toEqual(answers);
    expect(judge(experiment, gathered(more)).outcome).toBe('inconclusive');
  });

  const unless = (isLost: (at: number) => boolean) => points(1).filter(({ at }) => !isLost(at));
  const presence = (isLost: (at: number) => boolean) => ({
    presence: { query: 'info', points: unless(isLost) },
  });

  it.each<[string, Partial<Gathered>, readonly string[]]>([
    [
      'before the fault',
      presence((at) => at < BEGAN - 120),
      ['inconclusive: There are samples of 45 % of that time alone.'],
    ],
    [
      'in a hole of the fault in which something may have fired',
      { ...presence((at) => at > BEGAN + 60 && at < ENDED - 60), alerts: [], pages: [] },
      [
        'inconclusive: It was there. But there are samples of 25 % of that time alone.',
        'inconclusive: It did not fire. But there are samples of 30 % of that time alone.',
        'inconclusive: Nobody was told. That says nothing, since the experiment was not as planned.',
        'inconclusive: Nothing did. But there are samples of 25 % of that time alone.',
        'inconclusive: Nothing had paged. But there are samples of 25 % of that time alone.',
      ],
    ],
    [
      'after the fault, where the alert ends with the data',
      { ...presence((at) => at > ENDED + 600), alerts: [alert({ to: ENDED + 900 })] },
      [
        'inconclusive: Nothing did. But there are samples of 34 % of that time alone.',
        'inconclusive: The last page ended 15m after. But there are samples of 34 % of that time alone.',
      ],
    ],
    [
      'right where the alert ends',
      { ...presence((at) => at > ENDED + 1700), alerts: [alert({ to: ENDED + 1690 })] },
      [
        'inconclusive: The last page ended 28m 10s after. But there are samples of 4 % of that time alone.',
      ],
    ],
    [
      'of an objective, in a part of the fault',
      {
        burns: gathered().burns.map((each) => ({
          ...each,
          points: each.points.filter(({ at }) => at < BEGAN + 300),
        })),
      },
      ['inconclusive: There are not enough samples of them over the fault.'],
    ],
    [
      'of the traffic, in a part of the fault',
      {
        traffic: { query: 'rate', points: points(5).filter(({ at }) => at < BEGAN + 300) },
      },
      ['inconclusive: There are no samples of its traffic over a part of that time.'],
    ],
  ])('is inconclusive without samples %s', (_, more, answers) => {
    expect(answersOf(more)).toEqual(answers);
  });

  describe('where nobody wrote messages down', () => {
    const onePage = (more: Partial<Gathered> = {}) => {
      const { answers } = judge(experiment, { ...measured(), ...more });
      const found = answers.find(({ question }) => question.startsWith('Was it one page'));
      return `${found?.outcome}: ${found?.found}`;
    };

    it('tells whose alerts fired, once an Alertmanager was asked for silences', () => {
      expect(onePage({ silences: [] })).toBe(
        'held: Alerts of team-billing fired, and no silence kept them quiet.',
      );
      expect(onePage()).toBe(
        'inconclusive: Alerts of team-billing fired. Whether anybody was told is not known: no Alertmanager was asked for silences.',
      );
    });

    it('refutes what is of two teams, of none, or did not fire', () => {
      const of = (team: string) => alert({ labels: { team, alertname: 'Other' } });
      expect(onePage({ alerts: [alert(), of('team-cats')] })).toBe(
        'refuted: Alerts of team-billing, team-cats fired.',
      );
      expect(onePage({ alerts: [] })).toBe('refuted: Nothing that pages fired.');
    });
  });

  it('is refuted by what burnt too much before a hole', () => {
    const burns = gathered().burns.map((each) => ({
      ...each,
      points: points(0.5).filter(({ at }) => at < BEGAN + 300),
    }));
    expect(answersOf({ burns })).toEqual([
      'refuted: Its freshness burnt 50 times as fast as allowed.',
    ]);
  });

  it('takes the expected alert of the target for a sign of the fault', () => {
    const fault = { found: 'Nothing tells.', evidence: [] };
    expect(judge(experiment, gathered({ fault })).outcome).toBe('held');
    const calm = { ...experiment, expects: { ...experiment.expects, alerts: [] } };
    expect(answersOf({ fault, alerts: [], pages: [] }, calm)).toEqual([
      'inconclusive: Nothing tells.',
    ]);
  });

  it('counts a page where none was expected', () => {
    const calm = { ...experiment, expects: { ...experiment.expects, alerts: [] } };
    expect(answersOf({}, calm)).toEqual(['refuted: SLODependentsBurnPage of broker fired.']);
  });

  it('reads the seconds of a rehearsal as those of the rules', () => {
    const faster = (value: number) =>
      Array.from({ length: 140 }, (_, index) => ({ at: BEGAN - 5 + index / 2, value }));
    const facts = {
      ...{ factor: 60, rehearsed: true, toleranceSeconds: 60 },
      ...{ ended: BEGAN + 10, from: BEGAN - 5, until: BEGAN + 60 },
      alerts: [{ ...alert({ from: BEGAN + 2, to: BEGAN + 30 }), receivedAt: BEGAN + 5 }],
      pages: [{ receiver: 'team-billing/page', group: 'g', at: BEGAN + 5 }],
      ...{
        burns: [],
        ...{ traffic: { query: 'rate', points: faster(9) }, stepSeconds: 0.5 },
        presence: { query: 'info', points: faster(1) },
      },
    };
    const { answers } = judge(
      { ...experiment, expects: { ...experiment.expects, holds: [] } },
      gathered(facts),
    );
    expect(answers.find(({ question }) => question.includes('within'))).toMatchObject({
      outcome: 'held',
      found:
        "A receiver had it after 5m; predicted are 4m 10s at the longest, of which up to 1m are this machine's own.",
    });
  });
});

it('stands on a page and in a terminal', () => {
  const verdict = judge(experiment, gathered());
  expect(verdictText(verdict)).toContain('held: fail-broker-under-api in prod\n  held');
  const page = verdictMarkdown({ ...verdict, rehearsed: true }, experiment);
  expect(page).toContain('# fail-broker-under-api of invoices: held\n\n> The broker is paged for.');
  expect(page).toContain('not whether a service does as it is declared');
  expect(page).toContain(
    '  - 2026-11-20T10:02:00Z: SLODependentsBurnPage of broker, by `ALERTS{}`',
  );
});
