import { networkPolicyPeer, type Mesh, type Peer } from '../environment';
import {
  grouped,
  type EdgeModel,
  type Manifest,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
  type WorkloadModel,
} from '../foundation';
import { policyManifest } from '../network';
import { workloadLabels, type Binding, type Bound } from './bound';
import { importersOf, importsOf, type Abroad } from './published';

type Ingress = NonNullable<NetworkPolicySpec['ingress']>;
type Egress = NonNullable<NetworkPolicySpec['egress']>;
type Edges = ReadonlyMap<string, readonly EdgeModel[]>;

/** The edges between workloads that exist here, by both ends. */
interface Neighbours {
  readonly callers: Edges;
  readonly callees: Edges;
  readonly present: ReadonlyMap<string, WorkloadModel>;
}

/**
 * Network policies judge what leaves and reaches a pod, and there a mesh has changed the port: whoever may call may reach its tunnel too.
 * Which port is asked for inside of the tunnel, the mesh judges.
 */
export function allowMesh(bound: Bound): Binding {
  const { mesh } = bound.environment.props;
  if (!mesh) return { manifests: [] };
  const present = new Map(bound.workloads.map((workload) => [workload.name, workload]));
  const edges = bound.phaseOne.edges.filter(
    ({ kind, from, to }) => kind === 'workload' && present.has(from) && present.has(to),
  );
  const callers = grouped(edges, ({ to }) => to);
  const callees = grouped(edges, ({ from }) => from);
  return {
    manifests: bound.workloads.flatMap((workload) =>
      policyOf(bound, mesh, workload, { callers, callees, present }),
    ),
  };
}

function policyOf(
  bound: Bound,
  mesh: Mesh,
  workload: WorkloadModel,
  neighbours: Neighbours,
): readonly Manifest[] {
  const tunnel = [tcp(mesh.tunnel.port)];
  const within = mesh.tunnel.from === 'everybody' && neighboursOf(bound, workload, neighbours);
  const from = [...(within ? within.from : []), ...outsiders(bound, mesh, workload)];
  const to = within ? within.to : [];
  const { peers = [], ports = [] } = mesh.controlPlane ?? {};
  const ingress: Ingress = [
    ...(from.length > 0 ? [{ from, ports: tunnel }] : []),
    ...fromKubelet(mesh, workload),
  ];
  const egress: Egress = [
    ...(to.length > 0 ? [{ to, ports: tunnel }] : []),
    // A rule without peers would allow all.
    ...(peers.length > 0 ? [{ to: peers.map(networkPolicyPeer), ports: ports.map(tcp) }] : []),
  ];
  if (ingress.length + egress.length === 0) return [];
  const spec: NetworkPolicySpec = {
    podSelector: { matchLabels: workload.selector },
    policyTypes: ['Ingress', 'Egress'],
    ingress,
    egress,
  };
  const labels = workloadLabels(bound, workload);
  return [policyManifest(`${workload.name}-allow-mesh`, labels, spec)];
}

/** Those at the other ends of the edges of a workload, in the application and in others. */
function neighboursOf(
  bound: Bound,
  workload: WorkloadModel,
  { callers, callees, present }: Neighbours,
): Readonly<Record<'from' | 'to', readonly NetworkPolicyPeer[]>> {
  const pods = (edges: Edges, end: 'from' | 'to'): readonly NetworkPolicyPeer[] =>
    [...new Set(edges.get(workload.name)?.map((edge) => edge[end]))].flatMap((name) => {
      const selector = present.get(name)?.selector;
      return selector ? [{ podSelector: { matchLabels: selector } }] : [];
    });
  const others = (ends: readonly Abroad[]): readonly NetworkPolicyPeer[] =>
    once(ends.flatMap(({ peer }) => peer ?? []));
  return {
    from: [...pods(callers, 'from'), ...others(importersOf(bound, workload))],
    to: [...pods(callees, 'to'), ...others(importsOf(bound, workload))],
  };
}

/** The gateway and Prometheus, as far as they are in the mesh and may reach this workload at all. */
function outsiders(
  bound: Bound,
  mesh: Mesh,
  workload: WorkloadModel,
): readonly NetworkPolicyPeer[] {
  const { gateway, network } = bound.environment.props;
  const isExposed = workload.exposure !== undefined && workload.service !== undefined;
  const ways = [
    ...(isExposed && !mesh.plain?.gateway ? (gateway?.peers ?? []) : []),
    ...(workload.metrics && !mesh.plain?.metrics ? (network.metrics ?? []) : []),
  ];
  return once(ways.filter((peer) => !('cidr' in peer)));
}

/** Peers as network policies name them, each once. */
const once = (peers: readonly Peer[]): readonly NetworkPolicyPeer[] => {
  const all = peers.map(networkPolicyPeer);
  return [...new Map(all.map((peer) => [JSON.stringify(peer), peer])).values()];
};

/** The kubelet, where the mesh gives its checks another origin than the node. */
function fromKubelet(mesh: Mesh, { probes = [] }: WorkloadModel): Ingress {
  const ports = [...new Set(probes.map(({ port }) => port))].sort((a, b) => a - b);
  if (!mesh.kubelet || ports.length === 0) return [];
  return [{ from: mesh.kubelet.map(networkPolicyPeer), ports: ports.map(tcp) }];
}

const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
