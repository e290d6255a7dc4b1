import type { Construct } from 'constructs';
import { isBag, ProblemsFound, type Facet, type Manifest } from '../foundation';
import { networkPolicy, type Connection } from '../network';
import { podMonitor, type MonitorFacts } from '../observability';
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

  #resolved(): ResolvedWorkload {
    const { workloads, problems } = this.#application.resolved();
    const resolved = workloads.get(this.#construct.node.id);
    if (!resolved) throw new ProblemsFound(problems);
    return resolved;
  }
}

/** The connections of one workload, by the edges that lead to it and from it. */
function workloadPolicy(own: ResolvedWorkload, all: ResolvedApplication): Manifest {
  const inside = all.edges.filter(({ kind }) => kind === 'workload');
  const connection = (name: string, port: number): readonly Connection[] => {
    const peer = all.workloads.get(name)?.workload;
    return peer ? [{ peer, port }] : [];
  };
  const { name } = own.workload;
  const callers = inside.filter(({ to }) => to === name);
  const callees = inside.filter(({ from }) => from === name);
  return networkPolicy(
    own.workload,
    callers.flatMap(({ from, port }) => connection(from, port)),
    callees.flatMap(({ to, port }) => connection(to, port)),
  );
}
