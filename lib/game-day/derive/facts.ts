import {
  standsIn,
  type ApplicationModel,
  type EdgeModel,
  type EnvironmentModel,
  type WorkloadModel,
} from '../../foundation';
import { neighboursIn, type Neighbours } from '../../observability';

/** What experiments are derived from. */
export interface Facts {
  readonly model: ApplicationModel;
  /** Where they are to be held; undefined when they are derived from the declarations alone. */
  readonly environment?: EnvironmentModel | undefined;
  /** The workloads that are there, without migrations. */
  readonly workloads: readonly WorkloadModel[];
  /** The calls of those that serve somebody all the time: what runs on a schedule may sleep through a fault. */
  readonly edges: readonly EdgeModel[];
  readonly tryWorkload: (name: string) => WorkloadModel | undefined;
  readonly neighboursOf: (service: string) => Neighbours;
}

/** Gathers what is there, in an environment or anywhere. */
export function factsOf(model: ApplicationModel, environment?: EnvironmentModel): Facts {
  const workloads = model.workloads.filter(
    (workload) =>
      workload.kind !== 'migration' && (!environment || standsIn(workload, environment)),
  );
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const isServing = (name: string): boolean =>
    byName.has(name) && byName.get(name)?.kind !== 'scheduled-job';
  const edges = model.edges.filter(
    ({ from, to, kind }) => isServing(from) && (kind !== 'workload' || byName.has(to)),
  );
  return {
    ...{ model, environment, workloads, edges },
    tryWorkload: (name) => byName.get(name),
    neighboursOf: neighboursIn({ application: model.application, workloads, edges }),
  };
}

/** Replica bounds, here or as they are declared. */
export const boundsOf = (
  { environment }: Facts,
  { name, scale }: WorkloadModel,
): { readonly min: number; readonly max: number } | undefined =>
  environment ? environment.replicas[name] : scale;

/** Workloads with objectives: all that may page. */
export const promising = ({ workloads }: Facts): readonly string[] =>
  workloads.flatMap(({ name, objectives }) => (objectives ? [name] : []));

/** Part of an id: names of hosts have dots, those of other applications' services a slash. */
export const idPart = (name: string): string => name.replaceAll(/[./]/g, '-');
