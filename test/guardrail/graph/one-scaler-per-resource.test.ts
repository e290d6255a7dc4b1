import { describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../../lib/foundation';
import { oneScalerPerResource } from '../../../lib/guardrail/graph/one-scaler-per-resource';
import { autoscaler, deployment, findings, scaledObject, withSpec } from './scene';

const vertical = (
  containerPolicies: readonly object[] | undefined,
  name = 'orders',
  updateMode = 'Recreate',
): Manifest =>
  withSpec('VerticalPodAutoscaler', name, {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    updatePolicy: { updateMode },
    ...(containerPolicies && { resourcePolicy: { containerPolicies } }),
  });
const horizontal = (...metrics: readonly object[]): Manifest => {
  const { spec, ...rest } = autoscaler('orders', 2, 4);
  return { ...rest, spec: { ...(spec as object), metrics } };
};
const utilization = { type: 'Utilization', averageUtilization: 70 };
const ofPod = (name: string, target: object = utilization) => ({
  type: 'Resource',
  resource: { name, target },
});
const ofMain = {
  type: 'ContainerResource',
  containerResource: { name: 'cpu', container: 'orders', target: utilization },
};
const pods = { containers: [{ name: 'orders' }, { name: 'proxy' }] };
const orders = deployment('orders', pods);
const memoryOnly = { containerName: '*', controlledResources: ['memory'] };

const FOUND = (resource: string): string =>
  `VerticalPodAutoscaler/orders: it changes the ${resource} that Deployment/orders requests, and HorizontalPodAutoscaler/orders scales on how much of it is used`;

describe('one-scaler-per-resource', () => {
  it.each<readonly [string, readonly Manifest[]]>([
    ['nobody sizes what is scaled', [orders, horizontal(ofMain)]],
    ['nobody scales what is sized', [orders, vertical(undefined)]],
    ['it only recommends', [orders, vertical(undefined, 'orders', 'Off'), horizontal(ofMain)]],
    ['the resource is left out', [orders, vertical([memoryOnly]), horizontal(ofMain)]],
    [
      'the container that is scaled on is left out',
      [orders, vertical([{ containerName: 'orders', mode: 'Off' }]), horizontal(ofMain)],
    ],
    [
      'the replicas follow an amount, whatever is requested',
      [
        orders,
        vertical(undefined),
        horizontal(ofPod('cpu', { type: 'AverageValue', averageValue: '1' })),
      ],
    ],
    ['the replicas follow messages', [orders, vertical(undefined), scaledObject('orders')]],
  ])('passes when %s', (_, objects) => {
    expect(findings(oneScalerPerResource, objects)).toEqual([]);
  });

  it.each<readonly [string, readonly Manifest[], readonly string[]]>([
    ['both follow the use', [orders, vertical(undefined), horizontal(ofMain)], [FOUND('cpu')]],
    [
      'the use of the pod includes that of a container which is sized',
      [
        orders,
        vertical([{ containerName: 'orders', mode: 'Off' }, { containerName: '*' }]),
        horizontal(ofPod('cpu'), ofPod('memory')),
      ],
      [FOUND('cpu'), FOUND('memory')],
    ],
    ['the workload is elsewhere', [vertical([]), horizontal(ofPod('memory'))], [FOUND('memory')]],
    [
      'KEDA scales on the use',
      [
        orders,
        vertical(undefined),
        scaledObject('orders', {
          triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } }],
        }),
      ],
      [FOUND('cpu').replace('HorizontalPodAutoscaler', 'ScaledObject')],
    ],
    [
      'two size one workload',
      [orders, vertical(undefined), vertical(undefined, 'other')],
      [
        'VerticalPodAutoscaler/other: it sizes Deployment/orders, and VerticalPodAutoscaler/orders does it too',
      ],
    ],
  ])('reports when %s', (_, objects, expected) => {
    expect(findings(oneScalerPerResource, objects)).toEqual(expected);
  });
});
