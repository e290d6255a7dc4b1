import type { Construct } from 'constructs';
import {
  inFirstWave,
  isBag,
  ProblemsFound,
  type EdgeModel,
  type Facet,
  type Manifest,
} from '../foundation';
import { networkPolicy, wayIn, wayInName, type Connection } from '../network';
import { podMonitor, type MonitorFacts } from '../observability';
import {
  deployment,
  nameByContent,
  migrationJob,
  podDisruptionBudget,
  service,
  type JobFacts,
  type ResolvedPort,
} from '../workload';
import type { Application } from './application';
import { GoldenObject } from './golden-object';
import type { ResolvedApplication } from './resolve-application';
import type { ResolvedWorkload } from './resolved-workload';

/** Places the objects of one workload, and gives their manifests what they are computed from. */
export class WorkloadObjects {
  readonly #construct: Construct;
  readonly #application: Application;

  public constructor(construct: Construct, application: Application) {
    this.#construct = construct;
    this.#application = application;
  }

  /** Places an object whose manifest is computed from the workload alone. */
  public place(
    id: string,
    apiVersion: string,
    kind: string,
    make: (workload: ResolvedWorkload) => Manifest,
    facet?: Facet,
  ): GoldenObject {
    return new GoldenObject(this.#construct, id, {
      apiVersion,
      kind,
      name: this.#construct.node.id,
      make: () => make(this.#resolved()),
      ...(facet && { facet }),
    });
  }

  public placeDeployment(): GoldenObject {
    return this.place('deployment', 'apps/v1', 'Deployment', ({ workload }) =>
      deployment(workload),
    );
  }

  /** Places the Service of a workload that has a port. */
  public placeService(): GoldenObject {
    return this.place('service', 'v1', 'Service', ({ workload }) =>
      service(workload, workload.port as ResolvedPort),
    );
  }

  public placePodDisruptionBudget(): GoldenObject {
    return this.place('pod-disruption-budget', 'policy/v1', 'PodDisruptionBudget', ({ workload }) =>
      podDisruptionBudget(workload),
    );
  }

  /** Places the Job of a migration, named by what it consists of. */
  public placeMigrationJob(): GoldenObject {
    return new GoldenObject(this.#construct, 'job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name: this.#construct.node.id,
      make: () => {
        const { workload } = this.#resolved();
        return inFirstWave(migrationJob(workload, workload.migration as JobFacts));
      },
      rename: nameByContent,
    });
  }

  /** Places the network policy, which depends on who calls whom in the whole application. */
  public placeNetworkPolicy(): GoldenObject {
    return this.place('network-policy', 'networking.k8s.io/v1', 'NetworkPolicy', (own) =>
      workloadPolicy(own, this.#application.resolved()),
    );
  }

  /** Places the PodMonitor of a workload whose props ask for metrics. */
  public tryPlacePodMonitor(props: unknown): GoldenObject | undefined {
    if (!isBag(props) || props.metrics === undefined) return undefined;
    return this.place(
      'pod-monitor',
      'monitoring.coreos.com/v1',
      'PodMonitor',
      ({ monitor }) => podMonitor(monitor as MonitorFacts),
      'observability',
    );
  }

  /** Places the ways in that a workload brings along when it is not everywhere, or comes first: they are known when all edges are. */
  public placeWaysIn(): void {
    const all = this.#application.resolved();
    const caller = this.#construct.node.id;
    if (!bringsWaysIn(caller, all)) return;
    for (const callee of new Set(all.callees.get(caller)?.map(({ to }) => to))) {
      if (this.#construct.node.tryFindChild(`to-${callee}`)) continue;
      new GoldenObject(this.#construct, `to-${callee}`, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        name: wayInName(caller, callee),
        make: () => {
          const now = this.#application.resolved();
          const edges = now.callees.get(caller)?.filter(({ to }) => to === callee);
          const own = this.#resolved().workload;
          return placed(own, wayIn(own, connections(edges, 'to', now)));
        },
      });
    }
  }

  #resolved(): ResolvedWorkload {
    const { byPath, problems } = this.#application.resolved();
    const { path } = this.#construct.node;
    const resolved = byPath.get(path);
    if (!resolved) throw new ProblemsFound(problems.filter(({ at }) => at === path));
    return resolved;
  }
}

const connections = (
  edges: readonly EdgeModel[] | undefined,
  end: 'from' | 'to',
  { workloads }: ResolvedApplication,
): Connection[] =>
  (edges ?? []).flatMap((edge) => {
    const peer = workloads.get(edge[end])?.workload;
    return peer ? [{ peer, port: edge.port }] : [];
  });

/** The connections of one workload. Some callers bring their way in along. */
function workloadPolicy({ workload }: ResolvedWorkload, all: ResolvedApplication): Manifest {
  const callers = all.callers.get(workload.name)?.filter(({ from }) => !bringsWaysIn(from, all));
  const callees = all.callees.get(workload.name);
  const policy = networkPolicy(
    workload,
    connections(callers, 'from', all),
    connections(callees, 'to', all),
  );
  return placed(workload, policy);
}

/** A callee is closed to whoever is not everywhere. To a migration it must be open before the release of which the callee's own policy is a part. */
function bringsWaysIn(name: string, { workloads }: ResolvedApplication): boolean {
  const model = workloads.get(name)?.model;
  return model?.presence !== undefined || model?.kind === 'migration';
}

const placed = ({ kind }: ResolvedWorkload['workload'], manifest: Manifest): Manifest =>
  kind === 'migration' ? inFirstWave(manifest) : manifest;
