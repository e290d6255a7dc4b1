import { describe, expect, it } from '@jest/globals';
import type { ResponseAction } from '../../../lib/foundation';
import { decide, type ActFacts } from '../../../lib/response';
import { workload } from '../../rightsize/models';
import { cluster, entry, factsOf, incident, NOW, pod, revision } from './facts-of';

const reasons = (facts: ActFacts): readonly string[] => {
  const decision = decide(facts);
  return decision.kind === 'refusal' ? decision.reasons : [];
};
/** The facts but one. */
const lacking = (facts: ActFacts, key: keyof ActFacts): ActFacts =>
  Object.fromEntries(Object.entries(facts).filter(([each]) => each !== key)) as unknown as ActFacts;

describe('scale out', () => {
  it('raises the floor of the autoscaler to its ceiling, and knows the way back', () => {
    expect(decide(factsOf('scale-out'))).toEqual({
      kind: 'plan',
      because: [
        'SLOErrorBudgetBurnPage fires for orders',
        'availability burns 40.0 times as fast as it may',
        '2 of 5 replicas run',
      ],
      against: [],
      commands: [
        [
          ...['patch', 'horizontalpodautoscaler/orders', '--type=merge'],
          ...['-p', '{"spec":{"minReplicas":5}}'],
        ],
      ],
      undo: [
        ...['patch', 'horizontalpodautoscaler/orders', '--type=merge'],
        ...['-p', '{"spec":{"minReplicas":2}}'],
      ],
      notes: ['The next release takes it back.'],
    });
  });

  it('asks KEDA by its own words, and a Deployment where nothing scales it', () => {
    const keda = decide(factsOf('scale-out', {}, { objects: ['ScaledObject'] }));
    expect(keda).toMatchObject({
      commands: [
        [
          ...['patch', 'scaledobject.keda.sh/orders', '--type=merge'],
          ...['-p', '{"spec":{"minReplicaCount":5}}'],
        ],
      ],
      notes: [
        'Argo CD or Flux may put back what Git has within minutes: to keep it, raise scale.min of the definition and release.',
      ],
    });
    expect(decide(factsOf('scale-out', {}, { objects: [] }))).toMatchObject({
      commands: [['scale', 'deployment/orders', '--replicas=5']],
      undo: ['scale', 'deployment/orders', '--replicas=2'],
    });
  });

  it('never goes beyond the ceiling', () => {
    const facts = { cluster: cluster({ bounds: { min: 5, max: 5 } }) };
    expect(reasons(factsOf('scale-out', facts))).toEqual([
      'it has its 5 replicas: for more, raise scale.max of its definition and release',
    ]);
  });

  it('says what speaks against it', () => {
    const stock = { application: 'shop', service: 'stock' };
    const more = { suspects: [{ ...stock, team: 'team-b' }], failing: [stock] };
    const decision = decide(factsOf('scale-out', { incident: incident(more) }));
    expect(decision.against).toEqual([
      'stock is suspected: look there first',
      'stock fails: more replicas load it more',
    ]);
  });

  it('is planned without a cluster by what the model says', () => {
    const decision = decide(lacking(factsOf('scale-out'), 'cluster'));
    expect(decision).toHaveProperty('undo.4', '{"spec":{"minReplicas":2}}');
    expect(decision.kind).toBe('plan');
  });
});

describe('restart one pod', () => {
  it('takes the one that is not ready', () => {
    expect(decide(factsOf('restart-pod'))).toMatchObject({
      kind: 'plan',
      because: expect.arrayContaining([
        'pod orders-2 is not ready, CrashLoopBackOff; 1 others are',
      ]),
      commands: [['delete', 'pod', 'orders-2']],
      notes: [
        'Its log goes with it. Keep it first: kubectl -n shop-prod logs orders-2 --all-containers --tail=-1 > orders-2.log',
      ],
    });
  });

  it('takes the one that begins anew again and again', () => {
    const pods = [pod('a', { restarts: 9 }), pod('b', { restarts: 1 }), pod('c')];
    expect(decide(factsOf('restart-pod', { cluster: cluster({ pods }) }))).toMatchObject({
      commands: [['delete', 'pod', 'a']],
    });
  });

  it('takes none that is gone already, or only starts', () => {
    const pods = [
      pod('evicted', { isReady: false, phase: 'Failed', reason: 'Evicted' }),
      pod('done', { isReady: false, phase: 'Succeeded' }),
      pod('young', { isReady: false, phase: 'Pending', createdAt: NOW - 500 }),
      pod('slow', { isReady: false, createdAt: NOW - 1000, graceSeconds: 1200 }),
      pod('well'),
      pod('ill', { restarts: 40 }),
    ];
    expect(decide(factsOf('restart-pod', { cluster: cluster({ pods }) }))).toMatchObject({
      commands: [['delete', 'pod', 'ill']],
    });
    const well = pods.slice(0, -1);
    expect(reasons(factsOf('restart-pod', { cluster: cluster({ pods: well }) }))).toEqual([
      'none of its 3 pods is worse than the others',
    ]);
  });

  it.each([
    ['all are alike', [pod('a'), pod('b')], 'none of its 2 pods is worse than the others'],
    ['there is one', [pod('a', { isReady: false })], 'none of its 1 pods is worse than the others'],
    [
      'several are bad',
      [pod('a', { isReady: false }), pod('b', { isReady: false }), pod('c')],
      '2 of its 3 pods are not ready: it is not one pod',
    ],
    [
      'the others go away',
      [pod('a', { isReady: false }), pod('b', { isTerminating: true })],
      'none of its 1 pods is worse than the others',
    ],
    [
      'all begin anew',
      [pod('a', { restarts: 9 }), pod('b', { restarts: 8 })],
      'none of its 2 pods is worse than the others',
    ],
  ])('takes none where %s', (_, pods, reason) => {
    expect(reasons(factsOf('restart-pod', { cluster: cluster({ pods }) }))).toEqual([reason]);
  });
});

describe('roll back', () => {
  it('goes to the last revision that held its objective, not to the one before', () => {
    expect(decide(factsOf('roll-back'))).toMatchObject({
      kind: 'plan',
      because: expect.arrayContaining([
        'revision 8 came 60 min ago',
        'revision 6 (orders-6) held its objectives: 0.10 times as fast as they may, over 24 h',
      ]),
      commands: [['rollout', 'undo', 'deployment/orders', '--to-revision=6']],
      undo: ['rollout', 'undo', 'deployment/orders', '--to-revision=8'],
    });
  });

  it.each([
    [
      'none held it',
      [revision(6, 9, 2), revision(7, 5, 3), revision(8, 1)],
      'no revision before this one is known to have held its objectives: 6 burnt 2.0 times as fast as it may; 7 burnt 3.0 times as fast as it may',
    ],
    [
      'none was measured for long enough',
      [revision(6, 9, 0, 600), revision(7, 5), revision(8, 1)],
      'no revision before this one is known to have held its objectives: 6 measured for too short a time; 7 measured for too short a time',
    ],
    [
      'none was seen',
      [{ ...revision(6, 9), unseen: 'no answer within 5 s' }, revision(8, 1)],
      'no revision before this one is known to have held its objectives: 6 was not seen: no answer within 5 s',
    ],
    ['there is one', [revision(8, 1, 40)], 'there is no revision before this one'],
  ])('stays where %s', (_, revisions, reason) => {
    expect(reasons(factsOf('roll-back', { cluster: cluster({ revisions }) }))).toEqual([reason]);
  });

  it('is a commit where Git has the last word, whoever says so', () => {
    const byHand = [
      'git switch BRANCH && git pull && git log -n 5',
      'git revert --no-edit COMMIT && git push',
    ];
    expect(decide(factsOf('roll-back', {}, {}))).toMatchObject({ kind: 'refusal', byHand });
    const facts = { cluster: cluster({ appliedBy: 'Flux' }) };
    expect(decide(factsOf('roll-back', facts))).toMatchObject({
      kind: 'refusal',
      byHand,
      reasons: [
        'Flux brings it to the cluster: what kubectl undoes, the next sync does again. Revert the commit in the repository of the manifests',
      ],
    });
  });

  it('is left to people where a migration came with it', () => {
    const migration = { of: 'orders', deadlineSeconds: 600 };
    const workloads = [workload('orders-migrate', [], { kind: 'migration', migration })];
    expect(reasons(factsOf('roll-back', {}, { appliedBy: 'kubectl', workloads }))).toEqual([
      'orders-migrate migrates for it, and is not undone: whether the old version reads the new schema a person has to know',
    ]);
  });

  it('says that an old version is hardly what changed', () => {
    const revisions = [revision(6, 100, 0.1), revision(8, 72, 40)];
    const { against } = decide(factsOf('roll-back', { cluster: cluster({ revisions }) }));
    expect(against).toEqual(['a version of more than a day is hardly what changed just now']);
  });
});

describe('every action', () => {
  const actions: readonly ResponseAction[] = ['scale-out', 'restart-pod', 'roll-back'];
  const refused = (more: Partial<ActFacts>): readonly (readonly string[])[] =>
    actions.map((action) => reasons(factsOf(action, more)));
  const all = (reason: string) => actions.map(() => [reason]);

  it('needs leave of the team', () => {
    for (const action of actions) {
      expect(reasons(lacking(factsOf(action), 'allowed'))).toEqual([
        `orders does not allow ${action}: its definition has no runbook.responses['${action}']`,
      ]);
    }
  });

  it('needs data that can be trusted, even where an alert seems to fire', () => {
    const told = incident({ verdict: 'unknown', warnings: ['X HAS NO DATA.'] });
    expect(refused({ incident: told })).toEqual(
      all('what is going on is not known: X HAS NO DATA.'),
    );
  });

  it('needs its signature', () => {
    const other = incident().alerts.map((alert) => ({ ...alert, service: 'stock' }));
    const reason = 'none of SLOErrorBudgetBurnPage fires for orders: this is for nothing else';
    expect(refused({ incident: incident({ alerts: other }) })).toEqual(all(reason));
    expect(refused({ incident: incident({ alerts: [] }) })).toEqual(all(reason));
    const held = incident().alerts.map((alert) => ({ ...alert, isOnlyHeld: true as const }));
    expect(refused({ incident: incident({ alerts: held }) })).toEqual(all(reason));
    expect(refused({ incident: incident({ areAlertsKnown: false }) })).toEqual(
      all('whether SLOErrorBudgetBurnPage fires for orders Prometheus did not tell'),
    );
  });

  it('needs the cluster of the application', () => {
    expect(refused({ cluster: cluster({ partOf: 'other' }) })).toEqual(
      all('deployment/orders in shop-prod there belongs to other, not to shop: another cluster?'),
    );
  });

  it('needs the cluster that Prometheus watches', () => {
    expect(refused({ cluster: cluster({ watched: ['orders-x', 'orders-y'] }) })).toEqual(
      all(
        'Prometheus knows no orders-1, orders-2 in shop-prod (kube_pod_info): --context is another cluster than the one that it watches',
      ),
    );
    expect(
      refused({ cluster: cluster({ watched: ['orders-1', 'orders-2', 'orders-x'] }) }),
    ).toEqual(
      all(
        'Prometheus sees orders-x too, which are not in --context: it watches several clusters, so give --selector; or they have just gone, so look again in five minutes',
      ),
    );
    expect(refused({ cluster: cluster({ watched: { unseen: 'no answer' } }) })).toEqual(
      all(
        'that it is the cluster of which Prometheus speaks is not known: kube_pod_info: no answer',
      ),
    );
    const none = cluster({ pods: [] });
    expect(reasons(factsOf('scale-out', { cluster: none }))).toEqual([
      'that it is the cluster of which Prometheus speaks is not known: there is no pod by which to tell',
    ]);
  });

  it('does not wait until Prometheus has seen a pod that just came', () => {
    const pods = [...cluster().pods, pod('orders-3', { createdAt: NOW - 60 })];
    const young = cluster({ pods, watched: ['orders-1', 'orders-2'] });
    expect(refused({ cluster: young })).toEqual([[], [], []]);
  });

  it('waits for a rollout', () => {
    expect(refused({ cluster: cluster({ isRollingOut: true }) })).toEqual(
      all('a rollout is on its way: wait for it, or act on it by hand'),
    );
  });

  it('is done once in a while, whichever it is', () => {
    const log = [entry(29, { action: 'restart-pod', outcome: 'begun' })];
    expect(refused({ cluster: cluster({ log }) })).toEqual(
      all(
        'restart-pod was done 29 min ago (begun); once in 30 min is allowed, so that one sees whether it helped',
      ),
    );
    expect(refused({ cluster: cluster({ log: [entry(31)] }) })).toEqual([[], [], []]);
  });

  it('is done a few times a day, each for itself', () => {
    const log = [entry(100), entry(200), entry(1439), entry(1500)];
    expect(refused({ cluster: cluster({ log }) })).toEqual([
      ['it was done 3 times in 24 h, and 3 are allowed: this wants mending, not repeating'],
      [],
      [],
    ]);
  });

  it('is not done while another acted on what is connected with it', () => {
    const stock = { service: 'stock' };
    expect(refused({ cluster: cluster({ log: [entry(10, stock)] }) })).toEqual(
      all(
        'scale-out of stock, which is connected with it, was done 10 min ago: nobody could tell what helped',
      ),
    );
    const far = [entry(10, { application: 'blog', service: 'web' }), entry(31, stock)];
    expect(refused({ cluster: cluster({ log: far }) })).toEqual([[], [], []]);
  });

  it('counts an action that a clock of somebody else dates a little later', () => {
    expect(reasons(factsOf('scale-out', { cluster: cluster({ log: [entry(-2)] }) }))).toEqual([
      'scale-out was done 0 min ago (done); once in 30 min is allowed, so that one sees whether it helped',
    ]);
  });

  it('says that a silenced alert may be somebody at work', () => {
    const alerts = incident().alerts.map((each) => ({ ...each, quiet: 'silenced' as const }));
    const { against } = decide(factsOf('scale-out', { incident: incident({ alerts }) }));
    expect(against).toEqual(['SLOErrorBudgetBurnPage is silenced: somebody may be at work']);
  });
});
