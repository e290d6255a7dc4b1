import type { Check, Floors } from '../checks';
import type { Experiment } from '../experiment';
import type { Place } from '../place';
import { injectionOf, type ClusterFacts, type Injection } from '../workflow/injection';

/** An experiment of a game day, and how its fault is done there. */
export interface PlannedExperiment {
  readonly experiment: Experiment;
  readonly injection: Injection;
}

/** What was asked of the servers before the plan was written. */
export type Checked =
  | { readonly by: 'nobody' }
  | {
      readonly by: 'prometheus';
      readonly address: string;
      readonly at: string;
      /** Checks that Prometheus cannot answer there. */ readonly unknown?: readonly Check['name'][];
      /** Connected applications of which it has nothing. */ readonly unseen?: readonly string[];
    };

/** A game day as it is to be held. */
export interface Planned {
  readonly place: Place;
  readonly floors: Floors;
  readonly cluster: ClusterFacts;
  readonly experiments: readonly PlannedExperiment[];
  /** The ids of what else could be put to the test there. */
  readonly others: readonly string[];
  readonly checked: Checked;
}

/** Joins the experiments of a game day with how they are done. */
export const plannedOf = (
  facts: Omit<Planned, 'experiments'>,
  experiments: readonly Experiment[],
): Planned => ({
  ...facts,
  experiments: experiments.map((experiment) => ({
    experiment,
    injection: injectionOf(experiment, facts.place, facts.cluster),
  })),
});
