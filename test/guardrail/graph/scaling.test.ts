import { describe, expect, it } from '@jest/globals';
import { hpaRange } from '../../../lib/guardrail/graph/hpa-range';
import { minimumReplicas } from '../../../lib/guardrail/graph/minimum-replicas';
import { drainProceeds } from '../../../lib/guardrail/graph/drain-proceeds';
import { oneAutoscaler } from '../../../lib/guardrail/graph/one-autoscaler';
import { pdbPresent } from '../../../lib/guardrail/graph/pdb-present';
import { replicasUnsetWithHpa } from '../../../lib/guardrail/graph/replicas-unset-with-hpa';
import { countOf } from '../../../lib/guardrail/graph/scaling';
import {
  autoscaler,
  bound,
  budget,
  deployment,
  findings,
  object,
  scaledObject,
  withSpec,
  workload,
} from './scene';

const scale = (min: number, max: number) => ({ min, max });

describe('A number or a percentage', () => {
  it.each([
    [3, 10, 3],
    ['25%', 1, 1],
    ['25%', 4, 1],
    ['25%', 5, 2],
    ['7%', 100, 7],
    ['0%', 9, 0],
    ['150%', 2, 3],
  ])('%j of %i is %i, rounded up', (value, total, count) => {
    expect(countOf(value, total)).toBe(count);
  });

  it.each([['3'], ['-1%'], ['1.5%'], [''], [-1], [0.5], [NaN], [null], [[]]])(
    '%j is neither',
    (value) => {
      expect(countOf(value, 10)).toBeUndefined();
    },
  );
});

describe('replicas-unset-with-hpa', () => {
  it('passes when the target has no replicas, or there is no autoscaler', () => {
    const objects = [
      deployment('orders'),
      autoscaler('orders', 2, 4),
      deployment('b', {}, { replicas: 2 }),
    ];
    expect(findings(replicasUnsetWithHpa, objects)).toEqual([]);
  });

  it('reports when it has some', () => {
    const objects = [deployment('orders', {}, { replicas: 3 }), autoscaler('orders', 2, 4)];
    expect(findings(replicasUnsetWithHpa, objects)).toEqual([
      'Deployment/orders: spec.replicas is 3, and HorizontalPodAutoscaler/orders decides it',
    ]);
  });

  it('looks at the kind of the target', () => {
    const objects = [workload('StatefulSet', 'orders', {}, { replicas: 3 })];
    expect(findings(replicasUnsetWithHpa, [...objects, autoscaler('orders', 2, 4)])).toEqual([]);
  });
});

describe('hpa-range', () => {
  const found = (min: unknown, max: unknown) =>
    findings(hpaRange, [autoscaler('orders', min, max)]);

  it('passes from two replicas to more', () => {
    expect(found(2, 3)).toEqual([]);
  });

  it('reports when it may go down to one, or cannot scale', () => {
    expect(found(1, 4)).toEqual(['HorizontalPodAutoscaler/orders: it may go down to 1 replica']);
    expect(found(undefined, 4)).toHaveLength(1);
    expect(found(3, 3)).toEqual(['HorizontalPodAutoscaler/orders: it can only have 3 replicas']);
    expect(found(1, 1)).toEqual([
      'HorizontalPodAutoscaler/orders: it may go down to 1 replica, and it can only have 1 replica',
    ]);
  });

  it('leaves it to minimum-replicas to say that a target may be alone', () => {
    const objects = [deployment('orders'), autoscaler('orders', 1, 4)];
    expect(findings(hpaRange, objects)).toEqual([]);
    expect(findings(minimumReplicas, objects)).toHaveLength(1);
  });

  it('is silent about bounds that are none', () => {
    expect(found(5, 2)).toEqual([]);
    expect(found('1', 4)).toEqual([]);
    expect(found(1, undefined)).toEqual([]);
  });

  it.each([
    ['the team declared a fixed number', scale(3, 3), scale(3, 3)],
    ['the team declared that there is one', scale(1, 1), scale(1, 1)],
    ['the environment has room for less', scale(2, 10), scale(1, 3)],
    ['the environment has room for a fixed number', scale(2, 10), scale(2, 2)],
  ])('passes when %s', (_, declared, here) => {
    const objects = [autoscaler('orders', here.min, here.max)];
    expect(findings(hpaRange, bound(objects, { orders: { declared, here } }))).toEqual([]);
  });

  it.each([
    ['the team declared to go down to one', scale(1, 4), scale(1, 4)],
    ['the environment cut only what is above', scale(1, 10), scale(1, 3)],
    ['it is not what the environment decided', scale(2, 4), scale(2, 4)],
  ])('reports when %s', (_, declared, here) => {
    const objects = [autoscaler('orders', 1, 4)];
    expect(findings(hpaRange, bound(objects, { orders: { declared, here } }))).toEqual([
      'HorizontalPodAutoscaler/orders: it may go down to 1 replica',
    ]);
  });
});

describe('minimum-replicas', () => {
  it('passes from two replicas', () => {
    const objects = [
      deployment('a', {}, { replicas: 2 }),
      deployment('b'),
      autoscaler('b', 2, 4),
      workload('StatefulSet', 'c', {}, { replicas: 3 }),
      workload('DaemonSet', 'd'),
      workload('Job', 'e'),
      workload('Pod', 'f'),
    ];
    expect(findings(minimumReplicas, objects)).toEqual([]);
  });

  it('reports when there are fewer', () => {
    const objects = [
      deployment('a'),
      deployment('b'),
      autoscaler('b', 1, 4),
      workload('StatefulSet', 'c', {}, { replicas: 1 }),
    ];
    expect(findings(minimumReplicas, objects)).toEqual([
      'Deployment/a: it has 1 replica',
      'Deployment/b: it may go down to 1 replica',
      'StatefulSet/c: it has 1 replica',
    ]);
  });

  it('is silent about what is switched off, or whose number is none', () => {
    const objects = [deployment('a', {}, { replicas: 0 }), deployment('b', {}, { replicas: '1' })];
    expect(findings(minimumReplicas, objects)).toEqual([]);
  });

  it('passes for a backing service of which its provider states that there is one', () => {
    const one = { ...deployment('cache'), kind: 'StatefulSet' };
    const scene = bound([one]);
    const stating = (highlyAvailable: boolean) => ({
      ...scene,
      environment: { ...scene.environment, services: { cache: { highlyAvailable } } },
    });
    const judged = (highlyAvailable: boolean) =>
      findings(minimumReplicas, stating(highlyAvailable) as unknown as typeof scene);
    expect(judged(false)).toEqual([]);
    expect(judged(true)).toHaveLength(1);
  });

  it('passes when the team declared one, or the environment has room for one', () => {
    const one = { declared: scale(1, 1), here: scale(1, 1) };
    const cut = { declared: scale(2, 4), here: scale(1, 1) };
    const objects = [deployment('one'), deployment('cut')];
    expect(findings(minimumReplicas, bound(objects, { one, cut }))).toEqual([]);
  });

  it('reports when the team declared that it may go down to one', () => {
    const orders = { declared: scale(1, 4), here: scale(1, 2) };
    const objects = [deployment('orders'), autoscaler('orders', 1, 2)];
    expect(findings(minimumReplicas, bound(objects, { orders }))).toHaveLength(1);
  });

  it('does not take a name for what every object has', () => {
    const constructor = { declared: scale(2, 4), here: scale(2, 4) };
    const { model, environment } = bound([], { constructor });
    const scene = { objects: [deployment('constructor')], model, environment };
    expect(findings(minimumReplicas, scene as ReturnType<typeof bound>)).toHaveLength(1);
  });
});

describe('pdb-present', () => {
  it('passes when a budget selects the pods, or there is one pod', () => {
    const objects = [
      deployment('a', {}, { replicas: 2 }),
      budget('a', { maxUnavailable: 1 }),
      deployment('b'),
      workload('DaemonSet', 'c'),
    ];
    expect(findings(pdbPresent, objects)).toEqual([]);
  });

  it('reports when none does', () => {
    const objects = [
      deployment('a'),
      autoscaler('a', 1, 4),
      workload('StatefulSet', 'b', {}, { replicas: 3 }),
      budget('other', { maxUnavailable: 1 }),
      withSpec('PodDisruptionBudget', 'none', { maxUnavailable: 1 }),
    ];
    expect(findings(pdbPresent, objects)).toEqual([
      'Deployment/a: it has 1 to 4 replicas, and no PodDisruptionBudget selects its pods',
      'StatefulSet/b: it has 3 replicas, and no PodDisruptionBudget selects its pods',
    ]);
  });
});

describe('a ScaledObject of KEDA', () => {
  const bounds = (min: number, max: number) => ({ minReplicaCount: min, maxReplicaCount: max });

  it('decides the replicas of a Deployment, unless it names another kind', () => {
    const target = { kind: 'StatefulSet', name: 'db' };
    const objects = [
      deployment('mailer', {}, { replicas: 3 }),
      scaledObject('mailer'),
      deployment('db', {}, { replicas: 2 }),
      scaledObject('db', { scaleTargetRef: target }),
    ];
    expect(findings(replicasUnsetWithHpa, objects)).toEqual([
      'Deployment/mailer: spec.replicas is 3, and ScaledObject/mailer decides it',
    ]);
  });

  it('may go down to none, as what waits for work may, and not to one', () => {
    const range = (spec: object): readonly string[] =>
      findings(hpaRange, [scaledObject('mailer', { ...spec })]);
    expect(range({})).toEqual([]);
    expect(range(bounds(0, 1))).toEqual([]);
    expect(range({ ...bounds(1, 4), idleReplicaCount: 0 })).toEqual([]);
    expect(range(bounds(1, 4))).toEqual(['ScaledObject/mailer: it may go down to 1 replica']);
    expect(range(bounds(3, 3))).toEqual(['ScaledObject/mailer: it can only have 3 replicas']);
  });

  it('has a target that may be at none, and not at one', () => {
    const found = (min: number): readonly string[] =>
      findings(minimumReplicas, [deployment('mailer'), scaledObject('mailer', bounds(min, 9))]);
    expect(found(0)).toEqual([]);
    expect(found(2)).toEqual([]);
    expect(found(1)).toEqual(['Deployment/mailer: it may go down to 1 replica']);
  });

  it('leaves one where there is no KEDA and the team declared that none would do', () => {
    const mailer = { declared: scale(0, 9), here: scale(1, 9) };
    const objects = [deployment('mailer'), autoscaler('mailer', 1, 9)];
    expect(findings(minimumReplicas, bound(objects, { mailer }))).toEqual([]);
    expect(findings(hpaRange, bound(objects.slice(1), { mailer }))).toEqual([]);
  });

  it('has a target that needs a budget, which lets its only pod go', () => {
    const objects = [deployment('mailer'), scaledObject('mailer', bounds(0, 20))];
    expect(findings(pdbPresent, objects)).toEqual([
      'Deployment/mailer: it has 0 to 20 replicas, and no PodDisruptionBudget selects its pods',
    ]);
    const kept = (spec: object): readonly string[] =>
      findings(drainProceeds, [...objects, budget('mailer', { ...spec })]);
    expect(kept({ maxUnavailable: 1 })).toEqual([]);
    expect(kept({ minAvailable: 1 })).toEqual([
      'PodDisruptionBudget/mailer: minAvailable 1 lets no pod be evicted at 1 replica, and there are 0 to 20',
    ]);
  });
});

describe('one-autoscaler', () => {
  it('passes when each workload has one, or the second is made by KEDA for the first', () => {
    const metadata = { name: 'b', ownerReferences: [{ kind: 'ScaledObject', name: 'b' }] };
    const { spec } = autoscaler('b', 1, 4);
    const made = object('HorizontalPodAutoscaler', 'b', { metadata, spec });
    const objects = [autoscaler('a', 2, 4), scaledObject('b'), made];
    expect(findings(oneAutoscaler, objects)).toEqual([]);
  });

  it('reports when a workload has two', () => {
    expect(findings(oneAutoscaler, [autoscaler('a', 2, 4), scaledObject('a')])).toEqual([
      'ScaledObject/a: it scales Deployment/a, and HorizontalPodAutoscaler/a does it too',
    ]);
  });
});
