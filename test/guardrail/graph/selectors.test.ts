import { describe, expect, it } from '@jest/globals';
import { workloadsOf } from '../../../lib/guardrail/graph/pods';
import { selection, selects } from '../../../lib/guardrail/graph/selectors';
import { deployment, labelled, withSpec, workload } from './scene';

const expression = (key: unknown, operator: unknown, values?: unknown) => ({
  matchExpressions: [{ key, operator, values }],
});

const pods = workloadsOf({ objects: [deployment('orders')] })[0]!;

describe('A label selector', () => {
  it.each([
    [{}],
    [labelled('orders')],
    [expression('app', 'In', ['ads', 'orders'])],
    [expression('app', 'Exists')],
    [expression('app', 'NotIn', ['ads'])],
    [expression('tier', 'NotIn', ['front'])],
    [expression('tier', 'DoesNotExist')],
    [{ matchLabels: null, matchExpressions: null }],
    [expression('pod-template-hash', 'Exists')],
    [expression('pod-template-hash', 'NotIn', ['abc'])],
    [{ ...labelled('orders'), ...expression('app', 'Exists') }],
  ])('selects with %j', (selector) => {
    expect(selects(selector, pods)).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    ['app=orders'],
    [labelled('ads')],
    [{ matchLabels: { app: 'orders', tier: 'front' } }],
    [{ matchLabels: { constructor: 'x' } }],
    [{ matchLabels: ['app'] }],
    [{ matchExpressions: 'app' }],
    [expression('app', 'In', ['ads'])],
    [expression('app', 'In')],
    [expression('app', 'NotIn', ['orders'])],
    [expression('app', 'DoesNotExist')],
    [expression('tier', 'Exists')],
    [expression('toString', 'Exists')],
    [expression('pod-template-hash', 'DoesNotExist')],
    [expression('app', 'Is', ['orders'])],
    [expression(undefined, 'DoesNotExist')],
    [{ ...labelled('orders'), ...expression('tier', 'Exists') }],
  ])('does not select with %j', (selector) => {
    expect(selects(selector, pods)).toBe(false);
  });

  it('does not take numbers for labels', () => {
    const metadata = { labels: { app: 1 } };
    const objects = [withSpec('Deployment', 'one', { template: { metadata } })];
    const [numbered] = workloadsOf({ objects });
    expect(selects({ matchLabels: { app: 1 } }, numbered!)).toBe(false);
    expect(selects(expression('app', 'Exists'), numbered!)).toBe(false);
  });

  it('finds among many what it selects one by one', () => {
    const names = ['orders', 'ads', 'cart'];
    const many = workloadsOf({
      objects: names.flatMap((name) => [deployment(name), workload('StatefulSet', name)]),
    });
    const selected = selection(many);
    const selectors = [
      ...names.map(labelled),
      {},
      labelled('none'),
      expression('app', 'NotIn', ['ads']),
      { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'ads-0' } },
      { matchLabels: { app: 'ads', 'pod-template-hash': 'abc' } },
      undefined,
    ];
    for (const selector of selectors) {
      expect(selected(selector)).toEqual(many.filter((each) => selects(selector, each)));
    }
    expect(selectors.map((selector) => selected(selector).length)).toEqual([
      2, 2, 2, 6, 0, 4, 1, 1, 0,
    ]);
  });
});
