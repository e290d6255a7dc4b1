import type { RuleSeverity } from './rule';

/** From which severity on findings fail a check. */
export const failLevels = ['error', 'warning', 'info', 'never'] as const;
export type FailLevel = (typeof failLevels)[number];

/** Errors come first. */
export const rankOf = (severity: RuleSeverity): number => failLevels.indexOf(severity);

/** Whether a severity is at or above the level. */
export const fails = (severity: RuleSeverity, failOn: FailLevel): boolean =>
  failOn !== 'never' && rankOf(severity) <= rankOf(failOn);
