import type { Evidence } from '../evidence';

/**
 * What a proposal does to one resource. `keep`: it is right, or so nearly that a change is not worth a rollout. `hold`: less was
 * wanted, or more, and a reason speaks against it. `insufficient-data`: what was measured supports no change. `no-metrics`: nothing was.
 */
export type ResourceState =
  'grow' | 'shrink' | 'keep' | 'hold' | 'insufficient-data' | 'no-metrics';

/** `mixed` where one resource grows and the other shrinks. */
export type ProposalState = ResourceState | 'mixed';

/** What is proposed of one resource, in cores or in bytes. */
export interface ResourceProposal {
  readonly state: ResourceState;
  /** The request now. */
  readonly current: number;
  /** The proposed request; that of now unless `state` is `grow` or `shrink`. */
  readonly request: number;
  /** What the rule asks for, rounded, before steps, floors and holds; absent where nothing was measured. */
  readonly wanted?: number;
  /** Short clauses for people, such as `the step is bounded: the rule wants 40m`. */
  readonly reasons: readonly string[];
}

/** What is proposed for one container. */
export interface Proposal {
  readonly state: ProposalState;
  readonly cpu: ResourceProposal;
  readonly memory: ResourceProposal;
  /** In bytes: the proposed request of memory. */
  readonly memoryLimit: number;
  /** What its autoscaler must aim for, so that it scales at the use at which it scaled before; absent where nothing need be said. */
  readonly targetCpuPercent?: number;
  /** The rule in words, as `ruleText` writes it. */
  readonly rule: string;
  /**
   * What it rests on, at the proposed request; absent with `no-metrics`, and where all days are of an incident. `above` and `heldOut` are estimates from the days' quantiles:
   * a caller who can ask the server puts its answer in their place.
   */
  readonly evidence?: Evidence;
}

/** What the guardrail says of a size. */
export type DriftVerdict = 'over' | 'under' | 'right' | 'insufficient-data';

/** How far what a container requests is from what it needs. */
export interface Drift {
  readonly verdict: DriftVerdict;
  /** The evidence in words; not empty. */
  readonly reasons: readonly string[];
}
