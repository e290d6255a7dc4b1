/** Whether what the definition says was found to be so. */
export type Outcome = 'held' | 'refuted' | 'inconclusive';

/** What a server said, and when. */
export interface Sample {
  readonly query: string;
  /** As ISO 8601 in UTC. */
  readonly at: string;
  readonly value: number | string;
}

/** One question of a verdict, such as whether the alert came in time. */
export interface Answer {
  readonly question: string;
  readonly outcome: Outcome;
  /** One sentence. */
  readonly found: string;
  readonly evidence: readonly Sample[];
}

/** What became of an experiment: a file of `game-days/<application>/`, which belongs into the repository. */
export interface Verdict {
  readonly application: string;
  /** The id of the experiment. */
  readonly experiment: string;
  /** The environment whose rules and services these were. */
  readonly environment: string;
  /** Whether it was emulated, without the environment's cluster. */
  readonly rehearsed: boolean;
  /** As ISO 8601 in UTC: when the fault was there, and when it was gone. */
  readonly began: string;
  readonly ended: string;
  /** Refuted by one answer, inconclusive by one that is and none that refutes. */
  readonly outcome: Outcome;
  readonly answers: readonly Answer[];
}
