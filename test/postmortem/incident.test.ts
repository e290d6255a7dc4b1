import { describe, expect, it } from '@jest/globals';
import { gatherEvidence, placeOf, type Silencing } from '../../lib/evidence';
import {
  isUntouched,
  type ApplicationModel,
  type EdgeModel,
  type ObjectiveModel,
} from '../../lib/foundation';
import { incidentOf, postmortemText, type Incident } from '../../lib/postmortem';
import { answering, BEGIN, type Fixture } from '../evidence/fixture';
import { environment, model, workload } from '../rightsize/models';

const HOUR = 3600;
const span = { start: BEGIN, end: BEGIN + HOUR };

const availability = (service: string, objective = 99.9): readonly ObjectiveModel[] => [
  {
    ...{
      id: `shop/${service}/availability`,
      slo: 'availability',
      objective,
      budgetMinutes: 43.2,
      series: [],
    },
    ...{ source: 'istio', from: 'declaration' },
    detection: [{ severity: 'page', errorRatio: 1, burnSeconds: 51.84, seconds: 171.84 }],
  },
];

const edge = (from: string, to: string, more: Partial<EdgeModel> = {}): EdgeModel => ({
  ...{ from, to, kind: 'workload', port: 80, soft: false },
  ...more,
});

const exposure = { host: 'shop', protocol: 'http', rules: [] } as const;
const prod = environment('prod', {});
const shop: ApplicationModel = {
  ...model(
    'shop',
    [
      workload('web', [], { objectives: availability('web'), exposure }),
      workload('orders', [], { objectives: availability('orders') }),
      workload('stock', [], { objectives: availability('stock'), scale: scaleOf(2, 4) }),
      workload('ads', [], { objectives: availability('ads') }),
    ],
    [prod],
  ),
  edges: [
    edge('web', 'orders', { timeoutSeconds: 2, attempts: 3 }),
    edge('web', 'ads', { soft: true }),
    edge('orders', 'stock'),
  ],
};

function scaleOf(min: number, max: number) {
  return { min, max, targetCpuPercent: 70 };
}

/** Bad requests of a service, from one minute to another. */
const burning = (service: string, from: number, to: number, ratio: number): Fixture => {
  const labels = { slo_id: `shop/${service}/availability`, application: 'shop', service };
  return {
    [service]: [
      {
        labels,
        values: [
          [-60, from, 0],
          [from, to, ratio],
          [to, 90, 0],
        ],
      },
    ],
  };
};

const merged = (...all: readonly Fixture[]): Fixture => {
  const rows = all.flatMap((each) => Object.values(each).flat());
  return {
    'slo:sli_error:ratio_rate5m': rows,
    'slo:sli_errors:rate5m': rows.map(({ labels, values }) => ({
      labels,
      values: values.map(([from, to, value]) => [from, to, value * 100] as const),
    })),
    'slo:sli_events:rate5m': rows.map(({ labels }) => ({ labels, values: [[-60, 90, 100]] })),
  };
};

const alert = (
  alertname: string,
  service: string,
  from: number,
  to: number,
  severity = 'page',
) => ({
  labels: {
    ...{ alertname, service, severity, application: 'shop', environment: 'prod' },
    alertstate: 'firing',
  },
  values: [[from, to, 1]] as const,
});

async function told(fixture: Fixture, service = 'web', silencing?: Silencing): Promise<Incident> {
  const evidence = await gatherEvidence(
    { prometheus: answering(fixture), ...(silencing && { alertmanager: silencing }) },
    { places: [placeOf(shop, prod)], span },
  );
  return incidentOf({ evidence, model: shop, models: [shop], service, experiments: [] });
}

const outage = merged(
  burning('stock', 10, 40, 1),
  burning('orders', 10.5, 40, 1),
  burning('web', 11, 40, 0.5),
  burning('ads', 0, 0, 0),
);
const alerts = {
  'ALERTS{': [
    alert('SLOErrorBudgetBurnPage', 'stock', 12, 60),
    alert('SLOErrorBudgetBurnSymptom', 'web', 13, 60),
    alert('SLOErrorBudgetBurnSymptom', 'orders', 13, 60, 'ticket'),
  ],
};
const silencing = (from: number, to: number, service: string, comment = ''): Silencing => ({
  address: 'http://alertmanager.test',
  silences: () =>
    Promise.resolve([
      {
        ...{ id: '1', state: 'expired', createdBy: 'Jane', comment },
        startsAt: new Date((BEGIN + from * 60) * 1000).toISOString(),
        endsAt: new Date((BEGIN + to * 60) * 1000).toISOString(),
        matchers: [{ name: 'service', value: service, isRegex: false, isEqual: true }],
      },
    ]),
});

const kube = { namespace: 'shop-prod' };
const release: Fixture = {
  kube_replicaset_created: [
    {
      labels: { ...kube, replicaset: 'stock-7c', owner_name: 'stock' },
      values: [[6, 90, BEGIN + 360]],
    },
  ],
};

describe('an incident', () => {
  it('has its first mover, its cause, its symptoms, and who is hurt', async () => {
    const incident = await told({ ...outage, ...alerts });
    expect(incident.firstMover).toMatchObject({ name: 'stock', together: [] });
    expect(incident.impacts.map(({ name, role, isExposed }) => [name, role, isExposed])).toEqual([
      ['web', 'symptom', true],
      ['stock', 'cause', false],
      ['orders', 'symptom', false],
    ]);
    expect(incident.hurt).toEqual(['orders', 'web']);
    expect(incident.unharmed).toEqual(['ads']);
  });

  it('compares the predicted page with the one that fired', async () => {
    const { detections } = await told({ ...outage, ...alerts });
    expect(detections.find(({ name }) => name === 'stock')).toMatchObject({
      ...{ errorRatio: 1, actualSeconds: 150, outcome: 'in time' },
      alert: 'SLOErrorBudgetBurnPage of stock',
    });
    expect(detections.find(({ name }) => name === 'stock')?.predictedSeconds).toBeCloseTo(171.84);
  });

  it('finds a page that came late, and one that never came', async () => {
    const late = { 'ALERTS{': [alert('SLOErrorBudgetBurnPage', 'stock', 25, 60)] };
    const { factors, detections } = await told({ ...outage, ...late }, 'stock');
    expect(detections.find(({ name }) => name === 'stock')?.outcome).toBe('late');
    expect(factors.filter(({ kind }) => kind === 'late-page').map(({ text }) => text)).toContain(
      'The first page for availability of `stock` came after 15 min 30 s; predicted were at most 2 min 52 s.',
    );
    const silent = await told(outage, 'stock');
    expect(silent.factors.map(({ text }) => text)).toContain(
      'Nobody was paged for availability of `stock`; predicted was a page within 2 min 52 s.',
    );
  });

  describe('does not take for told', () => {
    const detectionOf = async (
      rows: readonly ReturnType<typeof alert>[],
      quiet?: Silencing,
      fixture: Fixture = outage,
    ) => {
      const { detections } = await told({ ...fixture, 'ALERTS{': rows }, 'stock', quiet);
      return detections.find(({ name }) => name === 'stock');
    };
    const page = alert('SLOErrorBudgetBurnPage', 'stock', 11, 42);

    it('whom a page did not reach, since it was silenced all along', async () => {
      const rows = { ...outage, 'ALERTS{': [page] };
      const { factors } = await told(rows, 'stock', silencing(-60, 60, 'stock'));
      expect(factors.map(({ text }) => text)).toContain(
        'Nobody was paged for availability of `stock`; predicted was a page within 2 min 52 s (told nobody of it: SLOErrorBudgetBurnPage of stock, which was silenced).',
      );
      expect(await detectionOf([page], silencing(-60, 60, 'web'))).toMatchObject({
        ...{ outcome: 'in time', unheard: [] },
      });
    });

    it('whom it reached when the silence ended, before that', async () => {
      const found = await detectionOf([page], silencing(-60, 30, 'stock'));
      expect(found).toMatchObject({ outcome: 'late', actualSeconds: 20 * 60 });
    });

    it('who was told of something else a day before, or an hour', async () => {
      const found = await detectionOf([alert('SLODependentsBurnPage', 'stock', -60, 10.5)]);
      expect(found).toMatchObject({ outcome: 'no page' });
      expect(found?.unheard).toEqual([
        'SLODependentsBurnPage of stock, which fired since 2026-11-20 02:00:00',
      ]);
      expect(found).not.toHaveProperty('alert');
    });

    it('who was told once it was over', async () => {
      const found = await detectionOf([alert('SLOErrorBudgetBurnPage', 'stock', 50, 55)]);
      expect(found).toMatchObject({ outcome: 'no page', unheard: [] });
    });

    it('who was told by Prometheus alone, within the wait of Alertmanager', async () => {
      const found = await detectionOf([alert('SLOErrorBudgetBurnPage', 'stock', 11, 11.25)]);
      expect(found).toMatchObject({ outcome: 'no page' });
      expect(found?.unheard).toEqual([
        'SLOErrorBudgetBurnPage of stock, which ended before Alertmanager told of it',
      ]);
    });
  });

  it('says how much of a budget is overspent, instead of that nothing is left', async () => {
    const left = (service: string, value: number) => ({
      labels: { slo_id: `shop/${service}/availability`, application: 'shop', service },
      values: [[-60, 90, value]] as const,
    });
    const budgets = { period_error_budget_remaining: [left('stock', -1.4), left('orders', 0)] };
    const incident = await told({ ...budgets, ...outage });
    const over = 'overspent: 240 % of the budget used';
    expect(postmortemText(incident)).toMatch(new RegExp(`\\| \`stock\` .*\\| ${over} \\|`));
    expect(incident.factors.map(({ text }) => text)).toContain(
      `Nothing is left of the budget of 30 days for availability of \`stock\` (${over}) and availability of \`orders\`.`,
    );
  });

  it('asks about a release four minutes before, and about edges', async () => {
    const { factors, actions } = await told({ ...outage, ...alerts, ...release });
    expect(factors.map(({ text }) => text)).toEqual([
      'A release of `stock` (`stock-7c`) came 4 min before the first objective went beyond its budget.',
      '`web` cannot work without `orders`, which failed: `web` waits for 2 s, 3 times.',
      '`web` tries `orders` 3 times: while that fails, it gets up to as many calls.',
      '`orders` cannot work without `stock`, which failed: how long `orders` waits is declared nowhere.',
    ]);
    expect(actions.map(({ type }) => type)).toEqual([
      ...['prevent', 'mitigate', 'mitigate', 'mitigate', 'detect'],
    ]);
    expect(actions[1]?.definition).toBe(
      [
        "new WebService(this, 'web', {",
        '  // …',
        '  // YOUR_VARIABLE is the variable that leads to orders today, and yourReference what it is set to.',
        "  env: { YOUR_VARIABLE: call(yourReference, { timeout: '1000ms', soft: true /* where it can do without */ }) },",
        '});',
      ].join('\n'),
    );
  });

  it('asks about a soft dependency that acted hard', async () => {
    const both = merged(burning('ads', 10, 40, 1), burning('web', 10, 40, 1));
    const { factors } = await told(both);
    expect(factors.map(({ kind }) => kind)).toContain('soft-acted-hard');
    expect(factors.find(({ kind }) => kind === 'soft-acted-hard')?.text).toBe(
      'A soft dependency acted hard: `web` should do without `ads`, and went beyond the budget once that failed.',
    );
  });

  it('asks about restarts, pods that were not there, and silences', async () => {
    const pod = { ...kube, pod: 'stock-7c9f5d4b6-abcde', container: 'stock' };
    const kubernetes: Fixture = {
      kube_pod_container_status_restarts_total: [
        {
          labels: pod,
          values: [
            [-60, 9, 0],
            [9, 90, 3],
          ],
        },
      ],
      kube_pod_container_status_last_terminated_reason: [
        { labels: { ...pod, reason: 'OOMKilled' }, values: [[9, 90, 1]] },
      ],
      kube_deployment_status_replicas_available: [
        {
          labels: { ...kube, deployment: 'stock' },
          values: [
            [-60, 10, 2],
            [10, 90, 0],
          ],
        },
      ],
    };
    const { factors } = await told(
      { ...outage, ...alerts, ...kubernetes },
      'web',
      silencing(15, 30, 'web', 'Jane: is known'),
    );
    const texts = factors.map(({ text }) => text);
    expect(texts).toContain('The container `stock` of `stock` began anew 3 times, by OOMKilled.');
    expect(texts).toContain('No replica of `stock` was available from 2026-11-20 02:10:00 on.');
    expect(texts).toContain('Alerts were silenced while it went on: `service="web"`.');
  });

  it('says that nothing saw it', async () => {
    const { factors, begin } = await told(merged(burning('web', 0, 0, 0)));
    expect(begin).toBeUndefined();
    expect(factors.map(({ kind }) => kind)).toEqual(['not-seen']);
  });
});

describe('its text', () => {
  it('says the same of the same', async () => {
    const incident = await told({ ...outage, ...alerts, ...release });
    expect(postmortemText(incident)).toBe(postmortemText(incident));
    expect(postmortemText(incident)).toContain(
      '| 2026-11-20 02:06:00 | a release of stock (stock-7c) |',
    );
  });

  it('has nothing of what a silence says, and asks for it', async () => {
    const comment = 'Bob Smith pushed the bad config; Bo restarts api';
    const quiet = silencing(15, 30, 'web', comment);
    const incident = await told({ ...outage, ...alerts }, 'web', quiet);
    const text = postmortemText(incident);
    expect(JSON.stringify(incident) + text).not.toMatch(/\bBob?\b|Jane|config/);
    expect(text).toContain('a responder silences service="web", with a comment |');
    expect(text).toContain('needs human: what the silence says of its reason, without names\n');
    const silent = await told({ ...outage, ...alerts }, 'web', silencing(15, 30, 'web'));
    expect(postmortemText(silent)).not.toContain('what the silence says');
  });

  it('says how the incident stays a regression: kept in a file, and asserted', async () => {
    const text = postmortemText(await told(outage));
    expect(text).toMatch(
      /`npx golden-path postmortem replay shop\/\w+ --environment prod --from \S+ --to \S+ --prometheus <url> --save (incidents\/2026-11-20-\w+\.json)` keeps its series .*, and `npx golden-path postmortem replay --series \1 --pages-within 5m` in CI/,
    );
  });

  it('shows whether somebody has changed it', async () => {
    const text = postmortemText(await told(outage));
    expect(isUntouched(text)).toBe(true);
    expect(isUntouched(text.replace('needs human:', 'Nothing:'))).toBe(false);
    expect(isUntouched('# Mine\n')).toBe(false);
  });
});
