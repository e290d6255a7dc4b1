import { describe, expect, it } from '@jest/globals';
import type { Manifest, WaiverModel } from '../../lib';
import { admissionBindings, admissionPolicies, selectRules } from '../../lib/guardrail';
import { inlined } from '../../lib/guardrail/variables';

const rules = selectRules({ pack: 'strict', registries: ["it's/"] });
const waiver: WaiverModel & { readonly application: string } = {
  ...{ application: 'shop', rule: 'no-host-ports', path: 'shop/gate', owner: 'team-shop' },
  ...{ reason: 'the legacy gateway needs it', expires: '2027-03-31' },
  objects: [{ kind: 'Deployment', name: 'gate' }],
};

interface Policy {
  readonly matchConstraints: { readonly resourceRules: readonly Record<string, unknown>[] };
  readonly matchConditions: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly Record<string, string>[];
}

const policyOf = (id: string, list = admissionPolicies(rules, [])): Policy =>
  list.find(({ metadata }) => metadata.name === `golden-path-${id}`)?.spec as Policy;
const named = (list: readonly Manifest[], id: string): Manifest | undefined =>
  list.find(({ metadata }) => metadata.name === `golden-path-${id}`);

describe('an exported policy', () => {
  it('holds the expression of the rule, with what its variables stand for, and has none', () => {
    const { rule, expression = '' } = rules.find((each) => each.rule.id === 'no-host-ports')!;
    const policy = policyOf('no-host-ports');
    const [validation] = policy.validations;
    const [, ofContainers] = expression.split('variables.allContainers');
    expect(validation?.expression?.endsWith(`)${ofContainers}`)).toBe(true);
    expect(validation?.message).toContain(rule.fix);
    expect(policy).not.toHaveProperty('variables');
    expect(JSON.stringify(admissionPolicies(rules, []))).not.toMatch(/variables\./);
  });

  it('leaves alone what only looks like a variable', () => {
    expect(inlined("'variables.labels' + x.variables + \"it's variables.spec\"")).toBe(
      "'variables.labels' + x.variables + \"it's variables.spec\"",
    );
    expect(inlined('variables.labels == variables.others')).toBe(
      '(dyn(object).?metadata.?labels.orValue({})) == variables.others',
    );
  });

  it('judges pods when they are made, debug containers, and controllers when their spec changes', () => {
    const { matchConstraints, matchConditions } = policyOf('no-host-ports');
    expect(
      matchConstraints.resourceRules.map(({ operations, resources }) => [operations, resources]),
    ).toEqual([
      [['CREATE'], ['pods']],
      [['UPDATE'], ['pods/ephemeralcontainers']],
      [
        ['CREATE', 'UPDATE'],
        ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
      ],
      [
        ['CREATE', 'UPDATE'],
        ['jobs', 'cronjobs'],
      ],
    ]);
    expect(matchConditions.map(({ name }) => name)).toEqual([
      'made-by-no-controller',
      'content-changed',
    ]);
  });

  it('leaves out what a waiver excuses, by application, kind and name, and pods by label', () => {
    const list = admissionPolicies(rules, [waiver]);
    const condition = policyOf('no-host-ports', list).matchConditions.at(-1);
    expect(condition?.name).toBe('not-waived');
    expect(condition?.expression).toContain("['shop/Deployment/gate']");
    expect(condition?.expression).toContain("['shop/gate']");
    expect(named(list, 'no-host-ports')?.metadata.annotations).toEqual({
      'golden-path/waived': 'shop/Deployment/gate until 2027-03-31 (team-shop)',
    });
    expect(policyOf('allowed-registries', list).matchConditions).toHaveLength(2);
  });

  it('leaves out a Job that migrates by its label, as its name changes with each release', () => {
    const job = { kind: 'Job', name: 'gate-migrate-0123abcd', labelled: 'gate-migrate' };
    const list = admissionPolicies(rules, [{ ...waiver, objects: [...waiver.objects, job] }]);
    const condition = policyOf('no-host-ports', list).matchConditions.at(-1);
    expect(condition?.expression).toContain("['shop/Deployment/gate']");
    expect(condition?.expression).toContain("['shop/gate', 'shop/gate-migrate']");
    expect(condition?.expression).toMatch(/kind == 'Job' && .* in \['shop\/gate-migrate'\]\)$/);
    expect(JSON.stringify(list)).not.toContain('0123abcd');
  });

  it('has literals that are quoted', () => {
    expect(policyOf('allowed-registries').validations[0]?.expression).toContain("['it\\'s/']");
  });

  it('exists once for each rule over single objects that is more than advice', () => {
    const ids = admissionPolicies(rules, []).map(({ metadata }) => metadata.name);
    const expected = rules
      .filter(({ rule, severity }) => 'expression' in rule && severity !== 'info')
      .map(({ rule }) => `golden-path-${rule.id}`);
    expect(ids).toEqual(expected);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('never matches what stands outside of namespaces: no label could bind it', () => {
    const resources = admissionPolicies(rules, []).flatMap(({ spec }) =>
      (spec as Policy).matchConstraints.resourceRules.flatMap((rule) => rule.resources),
    );
    expect(resources).not.toContain('clusterroles');
    expect(resources).not.toContain('clusterrolebindings');
  });
});

describe('a binding', () => {
  const actions = (...given: Parameters<typeof admissionBindings>): unknown =>
    (named(admissionBindings(...given), 'no-host-ports')?.spec as { validationActions: unknown })
      .validationActions;

  it('goes from audit over warn to deny', () => {
    expect(actions(rules, 'audit', {})).toEqual(['Audit']);
    expect(actions(rules, 'warn', {})).toEqual(['Warn', 'Audit']);
    expect(actions(rules, 'deny', {})).toEqual(['Deny', 'Audit']);
  });

  it('goes no further than a rule that is held back, and never refuses what is a warning', () => {
    expect(actions(rules, 'deny', { 'no-host-ports': 'audit' })).toEqual(['Audit']);
    const mild = selectRules({ severities: { 'no-host-ports': 'warning' } });
    expect(actions(mild, 'deny', {})).toEqual(['Warn', 'Audit']);
  });

  it('binds in the namespaces that carry the label only', () => {
    for (const { spec } of admissionBindings(rules, 'deny', {})) {
      expect(spec).toMatchObject({
        matchResources: {
          namespaceSelector: { matchLabels: { 'golden-path/guardrails': 'enabled' } },
        },
      });
    }
  });
});
