import type { Labels } from '../promql';
import type { InputSeries, Timeline } from './input';

/** A fault, and who is told of it. */
export interface Scenario {
  /** The name of the alert, as the library gives it. */
  readonly alert: string;
  /** Whose alert it is: its label `service`. */
  readonly service: string;
  /** The fault, as the end of a name of a test. */
  readonly what: string;
  /** How long after the fault the expression of the alert holds. @default 0 */
  readonly leadSeconds?: number;
  /** The alerts that fire, by some of their labels; none where it is no fault. */
  readonly told: readonly Labels[];
  readonly series: (timeline: Timeline) => readonly InputSeries[];
}
