import { describe, expect, it } from '@jest/globals';
import { fixtures } from './fixtures';
import * as objects from './fixtures/objects';
import { bareRules, contextOf, rulesOf } from './judging';
import { defaulted } from './server/defaulted';

const given = [
  ...Object.values(objects).map((make) => ({ name: 'golden', object: make() })),
  ...Object.values(fixtures).flatMap(({ good, bad }) => [...good, ...bad]),
];

/** How often each rule was asked about an object before and after its defaults, and where its verdicts differ. */
function compared() {
  const differences = new Map<string, string[]>();
  let asked = 0;
  for (const { name, object } of given) {
    const [raw, served] = [contextOf(object), contextOf(defaulted(object))];
    for (const { rule, expression } of rulesOf(object)) {
      asked += 1;
      if (expression(raw) === expression(served)) continue;
      differences.set(rule.id, [...(differences.get(rule.id) ?? []), `${object.kind}: ${name}`]);
    }
  }
  return { asked, differences };
}

describe('the API server, which fills in defaults first', () => {
  const { asked, differences } = compared();

  it('judges as the synthesis does, unless the rule says why not', () => {
    const undeclared = bareRules
      .filter(({ rule }) => rule.afterDefaulting === undefined)
      .map(({ rule }) => [rule.id, differences.get(rule.id) ?? []]);

    expect(undeclared.filter(([, where]) => where?.length !== 0)).toEqual([]);
    expect(asked).toBeGreaterThan(10_000);
  });

  it('judges differently at least once where the rule says so', () => {
    const declared = bareRules.flatMap(({ rule }) => (rule.afterDefaulting ? [rule.id] : []));

    expect(declared.filter((id) => !differences.has(id))).toEqual([]);
  });

  it('is done once and changes nothing more', () => {
    const again = given.filter(({ object }) => {
      const once = defaulted(object);
      return JSON.stringify(defaulted(once)) !== JSON.stringify(once);
    });

    expect(again).toEqual([]);
  });

  it.each([
    ['a volume without a type', objects.pod(), 'emptyDir'],
    ['the API group of a subject', objects.roleBinding(), 'rbac.authorization.k8s.io'],
    ['the rollout of a Deployment', objects.deployment(), 'progressDeadlineSeconds'],
  ])('fills in %s', (_, object, text) => {
    expect(JSON.stringify(defaulted(object))).toContain(text);
  });
});
