import { durationText } from './duration';

/** A rule as Prometheus reads it. */
export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly alert?: never;
  readonly for?: never;
  readonly annotations?: never;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly record?: never;
}

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

/** How often a group is evaluated. */
export const interval = (seconds: number): string => durationText(seconds);

/** Whether a rule alerts. */
export const isAlert = (rule: Rule): rule is AlertingRule => rule.alert !== undefined;
