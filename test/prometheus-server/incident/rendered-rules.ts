import { parseAllDocuments } from 'yaml';
import type { Rendering } from '../../../lib';
import { trySeconds, type Rule, type RuleGroup } from '../../../lib/observability';

interface Manifest {
  readonly kind: string;
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

/** All rules of an application in an environment, as its Prometheus is given them. */
export const rulesOf = (
  { files }: Rendering,
  environment: string,
  application: string,
): readonly RuleGroup[] =>
  ['signals', 'environment'].flatMap((name) =>
    parseAllDocuments(files.get(`${environment}/${application}/${name}.k8s.yaml`) ?? '')
      .map((document) => document.toJS() as Manifest)
      .filter(({ kind }) => kind === 'PrometheusRule')
      .flatMap(({ spec }) => spec.groups),
  );

/** The same rules in a time that runs faster: each duration is as much shorter. What the recordings are called stays. */
export const scaled = (groups: readonly RuleGroup[], factor: number): readonly RuleGroup[] =>
  groups.map((group) => ({
    ...group,
    interval: shorter(group.interval, factor),
    rules: group.rules.map(
      (rule) =>
        ({
          ...rule,
          expr: rule.expr.replace(
            /(\[|:|offset )(\d+(?:ms|s|m|h|d))(?=[\]:)\s]|$)/g,
            (_, before: string, text: string) => before + shorter(text, factor),
          ),
          ...(rule.for !== undefined && { for: shorter(rule.for, factor) }),
        }) as Rule,
    ),
  }));

/** Prometheus knows days, which the durations of people do not. */
function shorter(text: string, factor: number): string {
  const [, days] = /^(\d+)d$/.exec(text) ?? [];
  const seconds = days === undefined ? (trySeconds(text) ?? 0) : Number(days) * 86_400;
  return `${Math.round((seconds * 1000) / factor)}ms`;
}
