import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, workloadRequests } from '../../lib/rightsize';
import { container, environment, model, workload } from './models';

const CORE = 1_000_000_000n;
const MI = 2n ** 20n * CORE;

describe('what a workload requests', () => {
  it('is what one pod does, as often as there are replicas', () => {
    const orders = workload('orders', [container('orders', '250m', '512Mi')]);
    const dev = environment('dev', { orders: { min: 2, max: 10 } });
    const requests = workloadRequests(model('shop', [orders], [dev]), dev);
    expect(requests).toEqual([
      {
        workload: 'orders',
        kind: 'web-service',
        pod: { cpu: CORE / 4n, memory: 512n * MI },
        replicas: { min: 2, max: 10 },
      },
    ]);
    expect(atLeast(requests)).toEqual({ cpu: CORE / 2n, memory: 1024n * MI });
    expect(atMost(requests)).toEqual({ cpu: (CORE * 5n) / 2n, memory: 5120n * MI });
  });

  it('is the sum of the containers that run together, or a larger start, resource by resource', () => {
    const containers = [
      container('orders', '100m', '256Mi'),
      container('proxy', '50m', '64Mi', { role: 'sidecar' }),
      container('warm', '1', '32Mi', { role: 'init' }),
      container('late', '10m', '16Mi', { role: 'sidecar' }),
    ];
    const dev = environment('dev', { orders: { min: 1, max: 1 } });
    const [requests] = workloadRequests(
      model('shop', [workload('orders', containers)], [dev]),
      dev,
    );
    expect(requests?.pod).toEqual({ cpu: (CORE * 105n) / 100n, memory: 336n * MI });
  });

  it('is one run at most of what runs to its end', () => {
    const schedule = {
      ...{ cron: '0 3 * * *', timeZone: 'Etc/UTC' },
      ...{ startingDeadlineSeconds: 300, deadlineSeconds: 3600 },
    };
    const workloads = [
      workload('orders', [container('orders', '1', '1Gi')]),
      workload('orders-migrate', [container('orders', '1', '1Gi')], {
        kind: 'migration',
        migration: { of: 'orders', deadlineSeconds: 600 },
      }),
      workload('report', [container('report', '1', '1Gi')], { kind: 'scheduled-job', schedule }),
    ];
    const dev = environment('dev', { orders: { min: 1, max: 1 } });
    const requests = workloadRequests(model('shop', workloads, [dev]), dev);
    expect(
      requests.map(({ workload: name, replicas }) => [name, replicas.min, replicas.max]),
    ).toEqual([
      ['orders', 1, 1],
      ['orders-migrate', 0, 1],
      ['report', 0, 1],
    ]);
    expect([atLeast(requests).cpu, atMost(requests).cpu]).toEqual([CORE, 3n * CORE]);
  });

  it('is nothing where it does not exist', () => {
    const presence = { stages: ['dev'], reason: 'a mock' };
    const workloads = [
      workload('mock', [container('mock', '1', '1Gi')], { presence }),
      workload('mock-migrate', [container('mock', '1', '1Gi')], {
        kind: 'migration',
        migration: { of: 'mock', deadlineSeconds: 600 },
      }),
      workload('fill', [container('fill', '1', '1Gi')], { kind: 'scheduled-job', presence }),
    ];
    const dev = environment('dev', { mock: { min: 1, max: 1 } }, { files: ['fill', 'mock'] });
    const prod = environment('prod', {});
    const shop = model('shop', workloads, [dev, prod]);
    const names = (place: typeof dev) =>
      workloadRequests(shop, place).map(({ workload: name }) => name);
    expect([names(dev), names(prod)]).toEqual([['mock', 'mock-migrate', 'fill'], []]);
  });
});
