import { hardDependents, hardReach } from '../../dependency';
import type { EdgeModel, WorkloadModel } from '../../foundation';

/** A workload, a backing service or an outside host, as the label `service` and its application name it. */
export interface ServiceId {
  readonly application: string;
  readonly service: string;
}

/** Who stands around one service in the graph of dependencies. */
export interface Neighbours extends ServiceId {
  /** What it cannot work without, directly or by way of others of its application. */
  readonly dependencies: readonly ServiceId[];
  /** What it calls and can do without. */
  readonly soft: readonly ServiceId[];
  /** Those of its application that cannot work without it. */
  readonly dependents: readonly string[];
  /** Of the dependents those with objectives, whose budgets may burn. */
  readonly promising: readonly string[];
  /** Of the service and its dependents those that other applications call. */
  readonly published: readonly string[];
  /** Whether people outside reach it: then it pages whatever is the cause. */
  readonly isEdge: boolean;
}

/** The graph of one application. */
export interface Graph {
  readonly application: string;
  readonly workloads: readonly WorkloadModel[];
  readonly edges: readonly EdgeModel[];
}

/** Who stands around the services of an application, by name. */
export function neighboursIn({ application, workloads, edges }: Graph) {
  const reach = hardReach(edges);
  const dependents = hardDependents(reach);
  const names = (test: (workload: WorkloadModel) => boolean): ReadonlySet<string> =>
    new Set(workloads.filter(test).map(({ name }) => name));
  const edge = names(({ exposure }) => exposure !== undefined);
  const published = names(({ publication }) => publication !== undefined);
  const promising = names(({ objectives }) => objectives !== undefined);
  return (service: string): Neighbours => {
    const above = dependents.get(service) ?? [];
    return {
      application,
      service,
      dependencies: (reach.get(service) ?? []).map(({ name, kind }) =>
        serviceId(application, name, kind),
      ),
      soft: edges
        .filter(({ from, soft }) => soft && from === service)
        .map(({ to, kind }) => serviceId(application, to, kind)),
      dependents: above,
      promising: above.filter((name) => promising.has(name)),
      published: [service, ...above].filter((name) => published.has(name)),
      isEdge: edge.has(service),
    };
  };
}

/** What another application publishes is called `warehouse/stock` by the edges that lead to it. */
export function serviceId(application: string, name: string, kind: EdgeModel['kind']): ServiceId {
  const [other, service] = name.split('/');
  return kind === 'published' && other !== undefined && service !== undefined
    ? { application: other, service }
    : { application, service: name };
}
