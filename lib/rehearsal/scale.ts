import { trySeconds, type Rule, type RuleGroup } from '../observability';

/** The same rules in a time that runs faster: each duration is as much shorter. What the recordings are called stays. */
export const scaled = (groups: readonly RuleGroup[], factor: number): readonly RuleGroup[] =>
  groups.map((group) => ({
    ...group,
    interval: shorter(group.interval, factor),
    rules: group.rules.map(
      (rule) =>
        ({
          ...rule,
          expr: String(rule.expr).replace(
            /(\[|:|offset )(\d+(?:ms|s|m|h|d))(?=[\]:)\s]|$)/g,
            (_, before: string, text: string) => before + shorter(text, factor),
          ),
          ...(rule.for !== undefined && { for: shorter(rule.for, factor) }),
        }) as Rule,
    ),
  }));

/** A duration in a time that runs faster, in milliseconds, as Prometheus and Alertmanager read it. */
export function shorter(text: string, factor: number): string {
  return `${Math.max(1, Math.round((secondsOf(text) * 1000) / factor))}ms`;
}

/** A duration in seconds. Prometheus knows days, which the durations of people do not. */
export function secondsOf(text: string): number {
  const [, days] = /^(\d+)d$/.exec(text) ?? [];
  return days === undefined ? (trySeconds(text) ?? 0) : Number(days) * 86_400;
}

/** How often the rules are evaluated that are evaluated most often, in seconds. */
export const shortestInterval = (groups: readonly RuleGroup[]): number =>
  Math.min(30, ...groups.map(({ interval }) => secondsOf(interval)).filter((each) => each > 0));
