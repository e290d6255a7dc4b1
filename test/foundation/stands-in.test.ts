import { describe, expect, it } from '@jest/globals';
import { standsIn, type WorkloadModel } from '../../lib/foundation';

const environment = { name: 'staging-eu', stage: 'staging', files: ['application'] };
const workload = (
  kind: WorkloadModel['kind'],
  ...stages: readonly string[]
): Pick<WorkloadModel, 'name' | 'kind' | 'presence'> => ({
  ...{ name: 'orders', kind },
  ...(stages.length > 0 && { presence: { stages, reason: 'for a test' } }),
});

describe('a workload stands in an environment', () => {
  it('when it has no presence of its own', () => {
    expect(standsIn(workload('worker'), environment)).toBe(true);
  });

  it.each(['staging', 'staging-eu'])('when its presence names %s', (stage) => {
    expect(standsIn(workload('worker', 'dev', stage), environment)).toBe(true);
  });

  it('not when its presence names others', () => {
    expect(standsIn(workload('worker', 'dev', 'prod'), environment)).toBe(false);
  });

  it.each([
    ['worker', 'orders'],
    ['migration', 'migrate/orders'],
  ] as const)('when a %s has its file there, as in one made like another', (kind, file) => {
    const like = { ...environment, name: 'pr-12', files: ['application', file] };
    expect(standsIn(workload(kind, 'staging-eu'), like)).toBe(true);
  });
});
