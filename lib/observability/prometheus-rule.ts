import type { PrometheusRuleSpec } from '../../imports/monitoring.coreos.com';
import { isBag, isText, type Manifest, type Plain } from '../foundation';
import type { RuleGroup } from './rule';

/** What a PrometheusRule is computed from. */
export interface RuleFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly groups: readonly RuleGroup[];
}

/** Rules for the Prometheus operator. They look at all namespaces of their application, not at the one in which they stand. */
export function prometheusRule({ name, labels, groups }: RuleFacts): Manifest {
  const spec: Plain<PrometheusRuleSpec> = {
    groups: groups.map((group) => ({ ...group, rules: [...group.rules] })),
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, labels },
    spec,
  };
}

/** The groups of any manifest: none of one that is no PrometheusRule, or that a team has patched into something else. */
export function ruleGroupsOf({ kind, spec }: Manifest): readonly RuleGroup[] {
  if (kind !== 'PrometheusRule' || !isBag(spec) || !Array.isArray(spec.groups)) return [];
  const groups: readonly unknown[] = spec.groups;
  return groups.filter(
    (group): group is RuleGroup => isBag(group) && isText(group.name) && Array.isArray(group.rules),
  );
}
