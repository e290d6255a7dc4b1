import type { Sample } from './verdict';

/** A value at a time, in seconds since 1970. */
export interface Measured {
  readonly at: number;
  readonly value: number;
}

/** An alert, from when to when it fired. Times in seconds since 1970. */
export interface FiredAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly from: number;
  /** Absent while it still fires. */
  readonly to?: number;
  /** When a receiver first had it; absent where nobody wrote that down. */
  readonly receivedAt?: number;
}

/** A message with alerts of the severity `page`, which some receiver got. */
export interface ReceivedPage {
  readonly receiver: string;
  /** What an on-call tool takes for one incident. */
  readonly group: string;
  readonly at: number;
}

/** How large a share of its events an objective lost. */
export interface MeasuredBurn {
  readonly service: string;
  /** The name of the objective, such as `availability`. */
  readonly slo: string;
  /** In percent. */
  readonly objective: number;
  readonly query: string;
  /** Ratios of errors, from 0 to 1. */
  readonly points: readonly Measured[];
}

/** What is known of an experiment, when it is judged. All times in seconds since 1970, as the clock of the servers had them. */
export interface Gathered {
  readonly environment: string;
  readonly rehearsed: boolean;
  /** How many times as fast time went for the rules: 1 in an environment. */
  readonly factor: number;
  /** How much later than predicted an alert may come, since the machine takes its own time; in seconds of the rules. */
  readonly toleranceSeconds: number;
  /** When the fault was there, and when it was gone. */
  readonly began: number;
  readonly ended: number;
  /** The first and the last moment that was looked at. */
  readonly from: number;
  readonly until: number;
  readonly fault: {
    readonly isThere?: boolean;
    readonly found: string;
    readonly evidence: readonly Sample[];
  };
  /** How far apart the points are that were looked at, in seconds. */
  readonly stepSeconds: number;
  /** A point wherever the rules of the application had been evaluated shortly before. */
  readonly presence: { readonly query: string; readonly points: readonly Measured[] };
  /** What asked for the alerts, for the evidence. */
  readonly alertsQuery: string;
  readonly alerts: readonly FiredAlert[];
  /** Absent where nobody wrote messages down. */
  readonly pages?: readonly ReceivedPage[];
  /** What was kept quiet meanwhile, as conditions in PromQL; absent where no Alertmanager said so. */
  readonly silences?: readonly {
    readonly from: number;
    readonly to: number;
    readonly of: string;
  }[];
  /** Whether a page is a page in this environment; else it is a ticket there. */
  readonly isPaging: boolean;
  readonly burns: readonly MeasuredBurn[];
  readonly traffic?: { readonly query: string; readonly points: readonly Measured[] };
  /** Why something that came too late, or did not come, may not be the rules' fault. */
  readonly doubts: readonly string[];
}
