import { describe, expect, it } from '@jest/globals';
import type { AskedWorkload } from '../../lib/rightsize';
import { workloadByName } from '../../lib/rightsize/pod-names';

const of = (workload: string, kind: AskedWorkload['kind']): AskedWorkload => ({
  ...{ workload, kind, containers: [workload], initContainers: [] },
});
const workloads = [
  of('api', 'web-service'),
  of('api-v2', 'web-service'),
  of('mailer', 'worker'),
  of('report', 'scheduled-job'),
  of('api-migrate', 'migration'),
];

describe('a pod that nobody knows the owner of', () => {
  it.each([
    ['api-7d9f8c5b6d-4xz7k', 'api'],
    ['api-v2-7d9f8c5b6d-4xz7k', 'api-v2'],
    ['mailer-5b6d7-4xz7k', 'mailer'],
    ['report-29911800-x9k2b', 'report'],
    ['api-migrate-0a1b2c3d-x9k2b', 'api-migrate'],
  ])('is told by its name: %s', (pod, workload) => {
    expect(workloadByName(pod, workloads)).toBe(workload);
  });

  it.each(['api', 'api-0', 'api-canary-7d9f8c5b6d-4xz7k', 'reporter-29911800-x9k2b', 'web-1-a'])(
    'is nobody’s: %s',
    (pod) => {
      expect(workloadByName(pod, workloads)).toBeUndefined();
    },
  );
});
