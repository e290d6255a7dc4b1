import type { PrometheusRuleSpec } from '../../imports/monitoring.coreos.com';
import type { Manifest, Plain } from '../foundation';
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
