import { describe, expect, it } from '@jest/globals';
import { drainProceeds } from '../../../lib/guardrail/graph/drain-proceeds';
import {
  autoscaler,
  budget,
  cronJob,
  deployment,
  findings,
  labelled,
  withSpec,
  workload,
} from './scene';

const found = (spec: Record<string, unknown>, min: number, max = min) =>
  findings(drainProceeds, [
    deployment('orders'),
    autoscaler('orders', min, max),
    budget('orders', spec),
  ]);

describe('drain-proceeds', () => {
  it.each([
    [{ maxUnavailable: 1 }, 1],
    [{ maxUnavailable: '1%' }, 1],
    [{ maxUnavailable: '25%' }, 40],
    [{ minAvailable: 1 }, 2],
    [{ minAvailable: 0 }, 1],
    [{ minAvailable: '50%' }, 2],
    [{ minAvailable: '66%' }, 3],
    [{ minAvailable: '0%' }, 1],
    // The controller looks at maxUnavailable first.
    [{ maxUnavailable: 1, minAvailable: 5 }, 1],
  ])('passes when %o lets a pod go at %i replicas', (spec, count) => {
    expect(found(spec, count)).toEqual([]);
  });

  it.each([
    [{ maxUnavailable: 0 }, 7],
    [{ maxUnavailable: '0%' }, 7],
    [{ minAvailable: 2 }, 2],
    [{ minAvailable: 3 }, 2],
    [{ minAvailable: '1%' }, 1],
    [{ minAvailable: '51%' }, 2],
    [{ minAvailable: '67%' }, 3],
    [{ minAvailable: '100%' }, 9],
  ])('reports when %o lets none go at %i replicas', (spec, count) => {
    expect(found(spec, count)).toHaveLength(1);
  });

  it('says at which count nothing may be evicted', () => {
    expect(found({ minAvailable: 1 }, 1, 4)).toEqual([
      'PodDisruptionBudget/orders: minAvailable 1 lets no pod be evicted at 1 replica, and there are 1 to 4',
    ]);
    expect(found({ maxUnavailable: '0%' }, 2)).toEqual([
      'PodDisruptionBudget/orders: maxUnavailable 0% lets no pod be evicted at 2 replicas',
    ]);
  });

  it('takes replicas where there is no autoscaler, and one where they are unset', () => {
    const min = budget('orders', { minAvailable: 1 });
    expect(findings(drainProceeds, [deployment('orders', {}, { replicas: 2 }), min])).toEqual([]);
    expect(findings(drainProceeds, [workload('StatefulSet', 'orders'), min])).toHaveLength(1);
    expect(findings(drainProceeds, [deployment('orders', {}, { replicas: 0 }), min])).toEqual([]);
  });

  it('adds up the workloads that one budget selects', () => {
    const all = withSpec('PodDisruptionBudget', 'all', { selector: {}, minAvailable: 1 });
    expect(findings(drainProceeds, [deployment('a'), deployment('b'), all])).toEqual([]);
    expect(findings(drainProceeds, [deployment('a'), all])).toHaveLength(1);
  });

  it('counts pods without a controller as healthy, but not as expected', () => {
    const pod = workload('Pod', 'debug');
    const all = (spec: object) => withSpec('PodDisruptionBudget', 'all', { selector: {}, ...spec });
    expect(findings(drainProceeds, [pod, all({ maxUnavailable: 1 })])).toEqual([
      'PodDisruptionBudget/all: maxUnavailable 1 lets no pod be evicted at 1 replica',
    ]);
    expect(findings(drainProceeds, [pod, all({ minAvailable: 0 })])).toEqual([]);
    expect(findings(drainProceeds, [pod, deployment('a'), all({ maxUnavailable: 0 })])).toEqual([]);
  });

  it('reports a budget without a number', () => {
    expect(found({}, 2)).toEqual([
      'PodDisruptionBudget/orders: it has neither maxUnavailable nor minAvailable, which lets no pod be evicted',
    ]);
  });

  it('reports a budget that needs a replica count of pods whose owner has none', () => {
    const all = (spec: object) => withSpec('PodDisruptionBudget', 'all', { selector: {}, ...spec });
    const objects = [deployment('orders', {}, { replicas: 3 }), cronJob('report')];
    expect(findings(drainProceeds, [...objects, all({ maxUnavailable: 1 })])).toEqual([
      'PodDisruptionBudget/all: it selects the pods of CronJob/report, which has no replica count, so no pod may be evicted',
    ]);
    expect(findings(drainProceeds, [...objects, all({ minAvailable: '10%' })])).toHaveLength(1);
    expect(findings(drainProceeds, [...objects, all({ minAvailable: 1 })])).toEqual([]);
  });

  it('reports the second budget of the same pods', () => {
    const all = withSpec('PodDisruptionBudget', 'all', { selector: {}, maxUnavailable: 1 });
    const own = budget('orders', { maxUnavailable: 1 });
    expect(findings(drainProceeds, [deployment('orders'), all, own])).toEqual([
      'PodDisruptionBudget/orders: PodDisruptionBudget/all selects the pods of Deployment/orders too, and a pod with two budgets is never evicted',
    ]);
  });

  it('is silent about what nobody can tell', () => {
    const none = { maxUnavailable: 0 };
    const unknown = [
      [budget('orders', none)],
      [deployment('orders'), withSpec('PodDisruptionBudget', 'none', none)],
      [deployment('orders', {}, { replicas: 'two' }), budget('orders', none)],
      [deployment('orders'), autoscaler('orders', 5, 2), budget('orders', none)],
      [deployment('orders'), budget('orders', { maxUnavailable: 'some' })],
      [deployment('orders'), budget('orders', { minAvailable: -1 })],
      [workload('Rollout', 'orders'), budget('orders', none)],
      [
        deployment('orders'),
        withSpec('PodDisruptionBudget', 'b', { selector: labelled('x'), ...none }),
      ],
    ];
    expect(unknown.map((objects) => findings(drainProceeds, objects))).toEqual(
      unknown.map(() => []),
    );
  });
});
