/** What an objective is about: requests that succeed, requests that are fast, work that does not wait for long. */
export type SloName = 'availability' | 'latency' | 'freshness';

/** A page wakes somebody; a ticket waits for the morning. */
export type AlertSeverity = 'page' | 'ticket';

/** How long it takes until an alert of an objective arrives. */
export interface DetectionModel {
  readonly severity: AlertSeverity;
  /** The share of bad events, from 0 to 1. */
  readonly errorRatio: number;
  /** Until enough of the budget has burnt, in seconds. */
  readonly burnSeconds: number;
  /** The same with the scrape, the evaluation and Alertmanager's group wait, each at its longest. */
  readonly seconds: number;
}

/** What the samples of a series are. */
export type SeriesContent =
  /** Counters of requests: all of them, the good, the failed, and those that are fast enough. */
  | 'requests'
  | 'good-requests'
  | 'failed-requests'
  | 'fast-requests'
  /** How many messages wait. */
  | 'waiting-messages'
  /** When a run last succeeded, in seconds since 1970. */
  | 'last-success'
  /** 0 while the schedule is not suspended. */
  | 'suspended';

/** A series of which an objective is made, for those who emulate it. */
export interface ObjectiveSeriesModel {
  readonly metric: string;
  /** With `{namespace}` in the place of the environment's namespace. */
  readonly labels: Readonly<Record<string, string>>;
  readonly holds: SeriesContent;
}

/** A service-level objective, over 30 days. */
export interface ObjectiveModel {
  /** `<application>/<workload>/<slo>`: the label `slo_id` of its series. */
  readonly id: string;
  readonly slo: SloName;
  /** In percent. */
  readonly objective: number;
  /** Minutes of full outage that 30 days allow. */
  readonly budgetMinutes: number;
  /** What it is measured by, such as `open-telemetry` or `kube-state-metrics`. */
  readonly source: string;
  /** The series that it is measured by, one of each kind. */
  readonly series: readonly ObjectiveSeriesModel[];
  /** Where it comes from. */
  readonly from: 'declaration' | 'platform' | 'schedule';
  /** The slowest good request, in seconds. */
  readonly underSeconds?: number;
  /** The oldest good message, or the longest time between two successes, in seconds. */
  readonly withinSeconds?: number;
  /** For errors of some extents; what burns too slowly for a severity is left out. */
  readonly detection: readonly DetectionModel[];
}
