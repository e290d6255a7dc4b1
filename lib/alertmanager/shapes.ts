export type AlertState = 'unprocessed' | 'active' | 'suppressed';

/** What Alertmanager does with an alert. */
export interface AlertStatus {
  readonly state: AlertState;
  /** The silences that keep it quiet, by their ids. */
  readonly silencedBy: readonly string[];
  /** The alerts that keep it quiet, by their fingerprints. */
  readonly inhibitedBy: readonly string[];
  /** The times at which its route is muted, by their names. @default none - Alertmanager before 0.28 does not say */
  readonly mutedBy: readonly string[];
}

/** An alert that fires, as Alertmanager holds it. Times are ISO 8601 as the server writes them. */
export interface ReceivedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** When it began to fire. */
  readonly startsAt: string;
  /** When it ends unless it is sent again. */
  readonly endsAt: string;
  readonly status: AlertStatus;
  readonly fingerprint: string;
  /** The names of those who are told. */
  readonly receivers: readonly string[];
}

export type SilenceState = 'pending' | 'active' | 'expired';

/** One condition of a silence on a label. */
export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False for `!=` and `!~`. @default true - Alertmanager before 0.22 does not say */
  readonly isEqual: boolean;
}

/** What keeps alerts quiet for a while. Times are ISO 8601 as the server writes them. */
export interface Silence {
  readonly id: string;
  readonly state: SilenceState;
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

/** What a server says of itself. */
export interface AlertmanagerStatus {
  readonly version: string;
  /** `ready`, `settling` or `disabled`, which is one server by itself. */
  readonly cluster: string;
  /** How many servers it knows of, itself counted; 0 where it is by itself. */
  readonly peers: number;
}
