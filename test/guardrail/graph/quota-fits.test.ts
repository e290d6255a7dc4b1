import { describe, expect, it } from '@jest/globals';
import { podAmount } from '../../../lib/guardrail/graph/pod-amounts';
import { quotaFits } from '../../../lib/guardrail/graph/quota-fits';
import { autoscaler, cronJob, deployment, findings, withSpec, workload } from './scene';

const using = (requests: unknown, limits?: unknown) => ({ resources: { requests, limits } });
const pods = (requests: unknown, limits?: unknown) => ({
  containers: [{ name: 'main', ...using(requests, limits) }],
});
const quota = (hard: Record<string, unknown>, spec: Record<string, unknown> = {}) =>
  withSpec('ResourceQuota', 'quota', { hard, ...spec });
const fixed = { strategy: { type: 'Recreate' } };

describe('What a pod counts for', () => {
  const milli = (podSpec: Record<string, unknown>, side: 'requests' | 'limits' = 'requests') =>
    Number(podAmount(podSpec, side, 'cpu')) / 1e6;
  const asks = (cpu: unknown, more: object = {}) => ({ ...using({ cpu }), ...more });
  const sidecar = { restartPolicy: 'Always' };

  it('is the sum of its containers and sidecars', () => {
    const initContainers = [asks('30m', sidecar), asks('5m')];
    expect(milli({ initContainers, containers: [asks('100m'), asks('0.2')] })).toBe(330);
  });

  it('is the largest init container and the sidecars before it, when that is more', () => {
    const initContainers = [asks('10m', sidecar), asks(1), asks('20m', sidecar)];
    expect(milli({ initContainers, containers: [asks('100m')] })).toBe(1010);
  });

  it('takes limits for requests that are not given, but not the other way round', () => {
    const containers = [using(undefined, { cpu: '200m' }), using({ cpu: '100m' })];
    expect(milli({ containers })).toBe(300);
    expect(milli({ containers }, 'limits')).toBe(200);
  });

  it('is what the pod states for all, and the overhead of its runtime', () => {
    const podSpec = { containers: [asks('100m')], overhead: { cpu: '50m' } };
    expect(milli(podSpec)).toBe(150);
    expect(milli({ ...podSpec, ...using({ cpu: '1' }) })).toBe(1050);
  });
});

describe('quota-fits', () => {
  it('passes when everything fits at its most', () => {
    const objects = [
      deployment('orders', pods({ cpu: '500m', memory: '1Gi' }), fixed),
      autoscaler('orders', 2, 4),
      quota({ 'requests.cpu': '2', memory: '4Gi', pods: 4 }),
    ];
    expect(findings(quotaFits, objects)).toEqual([]);
  });

  it('reports each amount that may be exceeded', () => {
    const objects = [
      deployment('orders', pods({ cpu: '500m', memory: '1Gi' }, { cpu: '1' }), fixed),
      autoscaler('orders', 2, 4),
      workload('StatefulSet', 'db', pods({ cpu: '250m', memory: '512Mi' }), { replicas: 3 }),
      quota({
        cpu: '2500m',
        'requests.memory': '5Gi',
        'limits.cpu': 3.5,
        pods: '6',
        'count/deployments.apps': '0',
      }),
    ];
    expect(findings(quotaFits, objects)).toEqual([
      'ResourceQuota/quota: cpu is 2500m, and the workloads may come to 2750m at their most',
      'ResourceQuota/quota: requests.memory is 5Gi, and the workloads may come to 5632Mi at their most',
      'ResourceQuota/quota: limits.cpu is 3.5, and the workloads may come to 4 at their most',
      'ResourceQuota/quota: pods is 6, and the workloads may come to 7 at their most',
    ]);
  });

  it('leaves room for the surge of a release', () => {
    const found = (strategy: unknown, hard: number) =>
      findings(quotaFits, [
        deployment('orders', pods({ cpu: 1 }), { replicas: 5, strategy }),
        quota({ cpu: hard }),
      ]);
    expect(found(undefined, 6)).toEqual([
      'ResourceQuota/quota: cpu is 6, and the workloads may come to 7, of which 2 for the surge of a release, at their most',
    ]);
    expect(found(undefined, 7)).toEqual([]);
    expect(found({ rollingUpdate: { maxSurge: 1 } }, 6)).toEqual([]);
    expect(found({ rollingUpdate: { maxSurge: '100%' } }, 9)).toHaveLength(1);
    expect(found({ type: 'Recreate' }, 5)).toEqual([]);
  });

  it('counts a run of a job once, with all pods that run at the same time', () => {
    const jobs = (hard: number) => [
      cronJob('report', pods({ cpu: 1 })),
      cronJob('import', pods({ cpu: 1 }), { parallelism: 3, completions: 2 }),
      workload('Job', 'migrate', pods({ cpu: 1 }), { parallelism: 2 }),
      workload('DaemonSet', 'agent', pods({ cpu: 1 })),
      workload('Pod', 'debug', pods({ cpu: 1 })),
      quota({ cpu: hard }),
    ];
    expect(findings(quotaFits, jobs(7))).toEqual([]);
    expect(findings(quotaFits, jobs(6))).toHaveLength(1);
  });

  it('is silent about what it cannot judge', () => {
    const orders = deployment('orders', pods({ cpu: '64' }));
    const quotas = [
      quota({ cpu: '1' }, { scopes: ['Terminating'] }),
      quota({ cpu: '1' }, { scopeSelector: { matchExpressions: [] } }),
      quota({ cpu: 'little' }),
      quota({ cpu: null }),
      quota({ constructor: '0' }),
    ];
    expect(findings(quotaFits, [orders, ...quotas])).toEqual([]);
    const broken = deployment('orders', pods({ cpu: 'much' }), { replicas: 'many' });
    expect(findings(quotaFits, [broken, quota({ cpu: '0', pods: 0 })])).toEqual([]);
  });
});
