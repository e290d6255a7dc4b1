import type { PhaseOne } from '../../application';
import {
  compareText,
  ProblemLog,
  type EdgeModel,
  type ObjectiveModel,
  type SloName,
  type WorkloadModel,
} from '../../foundation';

/** A workload with its calls. */
export interface Service {
  /** What no other service of the platform is called. */
  readonly id: string;
  readonly workload: WorkloadModel;
  readonly application: PhaseOne;
  /** `from` and `to` are ids. */
  readonly calls: readonly EdgeModel[];
}

/** The services of all applications, and how they call each other. What another platform renders has no service here. */
export interface Graph {
  readonly services: ReadonlyMap<string, Service>;
  /** Of all services; `from` and `to` are ids. */
  readonly calls: readonly EdgeModel[];
}

/** The graph of applications without errors. Migrations are left out: they refer to what their workloads refer to. */
export function graphOf(applications: readonly PhaseOne[]): Graph {
  const services = applications.flatMap((application) => {
    const calls = application.edges.map((edge) => qualified(edge, application.application));
    return application.workloads
      .filter(({ kind }) => kind !== 'migration')
      .map((workload): Service => {
        const id = `${application.application}/${workload.name}`;
        const own = calls.filter(({ from, to }) => from === id && to !== id);
        return { id, workload, application, calls: own };
      });
  });
  return {
    services: new Map(
      services
        .map((service) => [service.id, service] as const)
        .sort(([a], [b]) => compareText(a, b)),
    ),
    calls: services.flatMap(({ calls }) => calls),
  };
}

const SERVICE = 'backing-service ';
const OUTSIDE = 'external ';

function qualified(edge: EdgeModel, application: string): EdgeModel {
  const { from, to, kind, port } = edge;
  const target = {
    workload: `${application}/${to}`,
    published: to,
    'backing-service': `${SERVICE}${application}/${to}`,
    external: `${OUTSIDE}${to}:${port}`,
  }[kind];
  return { ...edge, from: `${application}/${from}`, to: target };
}

/** An id as those write it who stand in an application: what is their own has no prefix. */
export function nameIn({ application: { application } }: Service, id: string): string {
  if (id.startsWith(OUTSIDE)) return id.slice(OUTSIDE.length).replace(/:\d+$/, '');
  const name = id.startsWith(SERVICE) ? id.slice(SERVICE.length) : id;
  return name.startsWith(`${application}/`) ? name.slice(application.length + 1) : name;
}

/** Where problems of a service are collected. */
export const logOf = ({ application, workload: { path } }: Service): ProblemLog =>
  new ProblemLog(path, application.sourceOf(path));

/** What a service promises of something; undefined when nothing. */
export const promiseOf = (service: Service | undefined, slo: SloName): ObjectiveModel | undefined =>
  service?.workload.objectives?.find((objective) => objective.slo === slo);

/** The slowest answer that a service promises, in seconds. */
export const underSeconds = (service: Service | undefined): number | undefined =>
  promiseOf(service, 'latency')?.underSeconds;

/** How long a caller waits for a dependency, all attempts included; undefined where it does not say. */
export const waitSeconds = ({ timeoutSeconds, attempts = 1 }: EdgeModel): number | undefined =>
  timeoutSeconds === undefined ? undefined : timeoutSeconds * attempts;
