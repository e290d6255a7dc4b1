import { describe, expect, it } from '@jest/globals';
import { Ruleset, selectRules } from '../../lib/guardrail';
import type { CelRuleId } from '../../lib/guardrail/rules';
import { withContainer, type Bag, type ContainerDraft } from './fixtures/fixture';
import { clusterRole, deployment } from './fixtures/objects';

const ruleset = new Ruleset(selectRules({ pack: 'strict' }));

/** What one rule says of a Deployment with a container that no API server would take. */
const said = (id: CelRuleId, change: (container: ContainerDraft) => void): string | undefined =>
  ruleset.judge(withContainer(deployment(), change)).find(({ rule }) => rule.id === id)?.found;

const sized = (requests: Bag, limits: Bag) => (container: ContainerDraft) => {
  container.resources = { requests, limits };
};

describe('a rule finds what an API server would not take, and does not fail over it', () => {
  it.each([
    ['resource-requests-set', 'without requests above zero: orders (cpu much)'],
    ['memory-limit-set', 'without a memory limit above zero: orders (some)'],
    [
      'memory-request-equals-limit',
      'memory requests other than the limit: orders (1Gi, limit some)',
    ],
    ['cpu-limit-set', 'without a CPU limit above zero: orders (-1)'],
    [
      'ephemeral-storage-sized',
      'without ephemeral storage above zero: orders (request none, limit unset)',
    ],
    [
      'resource-ceiling',
      'above the ceiling of cpu 32 and memory 64Gi: orders (requests.cpu much, limits.memory some)',
    ],
  ] as const)('%s in quantities that are none', (id, found) => {
    const change = sized(
      { cpu: 'much', memory: '1Gi', 'ephemeral-storage': 'none' },
      { cpu: '-1', memory: 'some' },
    );

    expect(said(id, change)).toBe(found);
  });

  it.each([
    ['image-tag-explicit', 'images without a version: orders (no image)'],
    ['image-digest-pinned', 'images without a digest: orders (no image)'],
  ] as const)('%s in a container without an image', (id, found) => {
    expect(said(id, (container) => delete (container as Bag).image)).toBe(found);
  });

  it('no-rbac-wildcards has nothing to say of rules that are null', () => {
    expect(ruleset.judge({ ...clusterRole(), rules: null })).toEqual([]);
  });
});

describe('no-duplicate-env', () => {
  const many = Array.from({ length: 440 }, (_, index) => ({ name: `KEY_${index}`, value: '' }));

  it('passes hundreds of variables', () => {
    expect(said('no-duplicate-env', (container) => (container.env = many))).toBeUndefined();
  });

  it('reports the one that is twice among hundreds', () => {
    const env = [...many, { name: 'KEY_7', value: 'again' }];

    expect(said('no-duplicate-env', (container) => (container.env = env))).toBe(
      'variables set more than once: orders (KEY_7, KEY_7)',
    );
  });
});
