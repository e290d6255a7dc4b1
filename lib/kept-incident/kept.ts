import type { AlertRun, Span } from '../evidence';
import type { Matcher } from '../prometheus';

/** What fired at that time. */
export type KeptPage = Pick<AlertRun, 'alertname' | 'service' | 'slo' | 'severity'> & {
  readonly firingSince: number;
};

/** What was asked for when it was saved: a series that is not there was not there then. */
export interface KeptSelector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  /** From when on, in seconds since 1970; until the end of the time. */
  readonly from: number;
}

/** A series as it was scraped or recorded. Times are in milliseconds since 1970, and rise. */
export interface KeptSamples {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** All that rules need to be judged by an incident. Times are in seconds since 1970. */
export interface KeptIncident {
  readonly application: string;
  readonly service: string;
  readonly environment: string;
  readonly span: Span;
  /** When it began; absent where the series do not show it. */
  readonly began?: number;
  readonly stepSeconds: number;
  /** How far times may be off. */
  readonly uncertaintySeconds: number;
  /** How long a sample counts when none comes after it: what tells that a series has ended is not in samples. */
  readonly lookbackSeconds: number;
  readonly pages: readonly KeptPage[];
  readonly selectors: readonly KeptSelector[];
  /** Labels that no rule read. In their place is one that tells the series apart. */
  readonly dropped: readonly string[];
  /** Metrics of which nothing was kept, and that the server had. */
  readonly present: readonly string[];
  readonly series: readonly KeptSamples[];
}

/** Stands for all labels that were left out: it is the same where these were. */
export const OTHER_LABELS = 'golden_path_others';
