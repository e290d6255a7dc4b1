import type { Burn, Evidence } from '../evidence';
import type { Graph } from './graph';

/** Whether a service was where to look, or burnt because of another. */
export type Role = 'cause' | 'symptom' | 'not told';

/** What an incident did to an objective. */
export interface Impact extends Omit<Burn, 'ratio'> {
  /** As the graph calls it. */
  readonly name: string;
  /** Whether people outside reach it. */
  readonly isExposed: boolean;
  readonly role: Role;
}

/** Who failed first. */
export interface FirstMover {
  /** As the graph calls it. */
  readonly name: string;
  readonly at: number;
  /** What shows it, as a clause. */
  readonly sign: string;
  readonly query: string;
  /** Those that failed so close to it that nobody can tell who was first. */
  readonly together: readonly string[];
  /** Whether it was so already when the time began. */
  readonly isOpenAtStart: boolean;
}

/** The parts that others are told from. */
export interface IncidentFacts {
  readonly graph: Graph;
  readonly evidence: Evidence;
  readonly service: string;
  /** The services around it, as the graph calls them. */
  readonly connected: ReadonlySet<string>;
  readonly impacts: readonly Impact[];
  readonly begin?: number;
  readonly end?: number;
  readonly firstMover?: FirstMover;
  /** How much later than it happened something may be seen, in seconds. */
  readonly uncertaintySeconds: number;
}

/** What may have contributed. */
export type FactorKind =
  | 'release'
  | 'setting'
  | 'soft-acted-hard'
  | 'hard-dependency'
  | 'retries'
  | 'late-page'
  | 'no-page'
  | 'not-seen'
  | 'silenced'
  | 'restarts'
  | 'at-most'
  | 'no-replicas'
  | 'node'
  | 'open-ticket'
  | 'signal-missing'
  | 'budget-gone';

/** Something that the data shows, and of which a human has to say whether it contributed. */
export interface Factor {
  readonly kind: FactorKind;
  /** The service that it is about, as the graph calls it. */
  readonly subject: string;
  /** What it calls, where it is about an edge. */
  readonly callee?: string;
  /** Why a container ended, where it is about restarts. */
  readonly reason?: string;
  /** One sentence. */
  readonly text: string;
  /** What a human has to look up beside, since nothing of it may be copied. */
  readonly asks?: string;
  /** What shows it. */
  readonly query: string;
}
