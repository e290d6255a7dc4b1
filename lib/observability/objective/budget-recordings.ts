import { budgetOf, PERIOD_DAYS } from './burn';
import { rounded } from '../duration';
import type { Objective } from './objective';
import { info, type Labels } from '../promql';
import type { RecordingRule } from '../rule';
import { own, ratio } from './sli-recordings';

/** The objective, its budget and how much is left, under the names of Sloth, so that its dashboards find them. */
export function budgetRecordings(objective: Objective, labels: Labels): readonly RecordingRule[] {
  const budget = budgetOf(objective.objective);
  const environments = `max by (namespace, environment) (${info(objective.application)})`;
  const record = (name: string, expr: string, more: Labels = {}): RecordingRule => ({
    record: name,
    expr,
    labels: { ...labels, ...more },
  });
  const burning = (metric: string): string =>
    `max without (window) (${own(metric, objective)}) / ${budget}`;
  return [
    record('slo:sli_error:ratio_rate30d', ratio(objective, '30d'), { window: '30d' }),
    record('slo:objective:ratio', `${environments} * ${rounded(1 - budget)}`),
    record('slo:error_budget:ratio', `${environments} * ${budget}`),
    record('slo:time_period:days', `${environments} * ${PERIOD_DAYS}`),
    record('slo:current_burn_rate:ratio', burning('slo:sli_error:ratio_rate5m')),
    record('slo:period_burn_rate:ratio', burning('slo:sli_error:ratio_rate30d')),
    record(
      'slo:period_error_budget_remaining:ratio',
      `1 - ${own('slo:period_burn_rate:ratio', objective)}`,
    ),
  ];
}
