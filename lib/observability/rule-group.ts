import type {
  PrometheusRuleSpecGroups,
  PrometheusRuleSpecGroupsRules,
} from '../../imports/monitoring.coreos.com';
import type { Plain } from '../foundation';

/** Rules that are evaluated one after the other, as a PrometheusRule and a file of Prometheus have them. */
export type RuleGroup = Plain<PrometheusRuleSpecGroups>;
/** A recording or an alert. */
export type Rule = Plain<PrometheusRuleSpecGroupsRules>;
