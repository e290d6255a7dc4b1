import { describe, expect, it } from '@jest/globals';
import { amountsText, environmentRequests } from '../../lib/rightsize';
import type { BackingServiceModel } from '../../lib/foundation';
import { container, environment, model, workload } from './models';

const orders = workload('orders', [container('orders', '600m', '1740Mi')]);
const db = { kind: 'postgres', name: 'db' } as unknown as BackingServiceModel;
const servicePods = { pods: 2, cpu: '500m', memory: '2Gi' };

describe('what an environment requests', () => {
  it('is the sum over all applications', () => {
    const dev = (max: number) => environment('dev', { orders: { min: 1, max } });
    const [found, ...others] = environmentRequests([
      model('shop', [orders], [dev(1)]),
      model('warehouse', [orders], [dev(3)]),
    ]);
    expect(others).toEqual([]);
    expect(found?.environment).toBe('dev');
    expect(found && amountsText(found.atLeast, found.atMost)).toBe(
      '1.2 to 2.4 cores, 3.4Gi to 6.8Gi',
    );
    expect(found?.isLowered).toBe(false);
  });

  it('tells the pods of backing services apart, as long as they are known', () => {
    const replicas = { orders: { min: 1, max: 1 } };
    const cloud = { pods: 0, cpu: '0', memory: '0Gi' };
    const [known] = environmentRequests([
      model('shop', [orders], [environment('dev', replicas, { servicePods })], { services: [db] }),
      model('plain', [orders], [environment('dev', replicas)]),
      model('cloud', [orders], [environment('dev', replicas, { servicePods: cloud })], {
        services: [db],
      }),
    ]);
    expect(known?.services).toEqual({
      pods: 2,
      cpu: 500_000_000n,
      memory: 2n ** 31n * 1_000_000_000n,
    });
    const [unknown] = environmentRequests([
      model('shop', [orders], [environment('dev', replicas)], { services: [db] }),
    ]);
    expect(unknown).not.toHaveProperty('services');
  });

  it('says whether it is lowered', () => {
    const objects = [{ kind: 'VerticalPodAutoscaler', name: 'orders' }];
    const [found] = environmentRequests([
      model('shop', [orders], [environment('dev', {}, { objects })]),
    ]);
    expect(found?.isLowered).toBe(true);
  });

  it.each([
    ['0', '0', '0 cores, 0Mi'],
    ['1', '1048576', '0.01 cores, 1Mi'],
    ['50000000', '134217728', '0.05 cores, 128Mi'],
    ['1000000000', '1073741824', '1 core, 1Gi'],
    ['1010000000', '1073741825', '1.1 cores, 1.1Gi'],
    ['999000000000', '1099511627776', '999 cores, 1024Gi'],
  ])('is rounded up for people: %s and %s', (cpu, bytes, text) => {
    expect(amountsText({ cpu: BigInt(cpu), memory: BigInt(bytes) * 1_000_000_000n })).toBe(text);
  });
});
