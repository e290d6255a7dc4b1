import { rounded } from '../duration';
import type { AlertSeverity } from '../../foundation';

/** Over how many days budgets are counted. */
export const PERIOD_DAYS = 30;
const PERIOD_HOURS = PERIOD_DAYS * 24;

/** The windows over which error ratios are recorded, in seconds. */
export const WINDOWS = {
  '5m': 300,
  '30m': 1800,
  '1h': 3600,
  '2h': 7200,
  '6h': 21_600,
  '1d': 86_400,
  '3d': 259_200,
} as const;
/** A window over which an error ratio is recorded. */
export type Window = keyof typeof WINDOWS;

/** Those that are averages of the recorded five minutes: over them the series themselves would cost too much. */
export const DERIVED: readonly Window[] = ['2h', '1d', '3d'];

/** Two windows that must both burn: the long one says that it matters, the short one that it still goes on. */
export interface WindowPair {
  readonly severity: AlertSeverity;
  readonly short: Window;
  readonly long: Window;
  /** The share of the budget that has burnt in the long window when the alert fires. */
  readonly share: number;
}

/**
 * Google's shares and windows. Factors follow from them, so that they hold for any period.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const WINDOW_PAIRS: readonly WindowPair[] = [
  { severity: 'page', short: '5m', long: '1h', share: 0.02 },
  { severity: 'page', short: '30m', long: '6h', share: 0.05 },
  { severity: 'ticket', short: '2h', long: '1d', share: 0.1 },
  { severity: 'ticket', short: '6h', long: '3d', share: 0.1 },
];

/** How many times faster than allowed the budget burns when a pair fires: 14.4, 6, 3 and 1. */
export const factor = ({ share, long }: WindowPair): number =>
  rounded((share * PERIOD_HOURS * 3600) / WINDOWS[long]);

/** The ratio of errors that an objective allows. */
export const budgetOf = (objective: number): number => rounded((100 - objective) / 100);

/** Minutes of full outage that the period allows. */
export const budgetMinutes = (objective: number): number =>
  rounded(budgetOf(objective) * PERIOD_DAYS * 24 * 60);

/** The ratio of errors above which a pair burns. */
export const threshold = (pair: WindowPair, objective: number): number =>
  rounded(factor(pair) * budgetOf(objective));
