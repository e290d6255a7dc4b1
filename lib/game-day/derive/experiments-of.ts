import type { ApplicationModel, EnvironmentModel } from '../../foundation';
import type { ClaimKind, Experiment } from '../experiment';
import { ofDuties } from './duties';
import { ofEdge } from './edges';
import { factsOf } from './facts';
import { ofReplicas } from './replicas';

/** From what is least to what takes longest: the order of a game day. */
const ORDER: readonly ClaimKind[] = [
  ...(['replicas', 'soft-edge', 'timeout', 'autoscaling', 'zones'] as const),
  ...(['hard-edge', 'queue', 'observability', 'certificate', 'schedule'] as const),
];

/**
 * What an application claims, as experiments that could prove it wrong. Only what is declared, so an application without a queue has none of
 * its experiments.
 * @param environment - where they are to be held, with what can be told there; without it they are those of the declaration
 */
export function experimentsOf(
  model: ApplicationModel,
  environment?: EnvironmentModel,
): readonly Experiment[] {
  const facts = factsOf(model, environment);
  const all = [
    ...facts.workloads.flatMap((workload) => [
      ...ofReplicas(facts, workload),
      ...ofDuties(facts, workload),
    ]),
    ...facts.edges.flatMap((edge) => ofEdge(facts, edge)),
  ];
  // One edge may be declared for several containers.
  const unique = [...new Map(all.map((each) => [each.id, each])).values()];
  return ORDER.flatMap((kind) => unique.filter(({ claim }) => claim.kind === kind));
}

/** One experiment for each kind of claim, of the first that makes it: enough for a first game day. */
export function oneOfEachClaim(experiments: readonly Experiment[]): readonly Experiment[] {
  const kinds = new Set(experiments.map(({ claim }) => claim.kind));
  return [...kinds].flatMap((kind) => experiments.find(({ claim }) => claim.kind === kind) ?? []);
}
