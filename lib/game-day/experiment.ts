/** What the definition claims, and an experiment puts to the test. Coverage counts claims. */
export type ClaimKind =
  | 'replicas'
  | 'soft-edge'
  | 'hard-edge'
  | 'timeout'
  | 'zones'
  | 'autoscaling'
  | 'queue'
  | 'schedule'
  | 'certificate'
  | 'observability';

/** One sentence of the definition that can be true or false in a cluster. */
export interface Claim {
  readonly kind: ClaimKind;
  /** The workload that claims it, or the edge as `checkout -> carts`. */
  readonly subject: string;
}

/** What is done to the target, in words that no chaos tool owns. */
export type Fault =
  | { readonly kind: 'kill-pod' }
  | { readonly kind: 'fail-pods' }
  | { readonly kind: 'fail-zone' }
  /** The target cannot be reached from one caller, or by anybody. */
  | { readonly kind: 'partition'; readonly from?: string }
  | { readonly kind: 'delay'; readonly from?: string; readonly milliseconds: number }
  | { readonly kind: 'cpu'; readonly percent: number }
  | { readonly kind: 'suspend-schedule' }
  | { readonly kind: 'shift-clock'; readonly hours: number }
  | { readonly kind: 'block-scrape' };

/** An alert that has to fire, and by when. */
export interface ExpectedAlert {
  readonly alertname: string;
  readonly service: string;
  readonly severity: 'page' | 'ticket';
  /** After the fault is there: the longest that the definition predicts, until a receiver has it. */
  readonly withinSeconds: number;
}

/** What the definition says will happen. */
export interface Expectation {
  readonly alerts: readonly ExpectedAlert[];
  /** Services for which nothing may page; an exposed caller over hard edges is not among them. */
  readonly silent: readonly string[];
  /** Services whose objectives keep burning slower than their budget allows, over the fault. */
  readonly holds: readonly string[];
  /** After the fault is gone, until nothing pages. */
  readonly recoversWithinSeconds: number;
}

/** What a game day does to one service, and what the definition says will happen. */
export interface Experiment {
  /** In files and objects: `kill-pod-of-api`. Unique in its application. */
  readonly id: string;
  readonly application: string;
  /** The workload, backing service or host at which the fault is. */
  readonly target: string;
  readonly claim: Claim;
  readonly fault: Fault;
  /** How long the fault lasts. */
  readonly seconds: number;
  /** One sentence that may turn out to be wrong. */
  readonly hypothesis: string;
  readonly expects: Expectation;
  /** Of the target's pods, in percent. */
  readonly blastRadiusPercent: number;
  /** A fault without traffic proves nothing: what this service has to get while it goes on. */
  readonly traffic?: { readonly service: string; readonly perSecond: number };
}
