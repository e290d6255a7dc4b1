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
  { callers, callees, present }: Neighbours,
): readonly Manifest[] {
  const tunnel = [tcp(mesh.tunnel.port)];
  const isWithin = mesh.tunnel.from === 'everybody';
  const pods = (edges: Edges, end: 'from' | 'to'): readonly NetworkPolicyPeer[] =>
    isWithin
      ? [...new Set(edges.get(workload.name)?.map((edge) => edge[end]))].flatMap((name) => {
          const selector = present.get(name)?.selector;
          return selector ? [{ podSelector: { matchLabels: selector } }] : [];
        })
      : [];
  const from = [...pods(callers, 'from'), ...outsiders(bound, mesh, workload)];
  const to = pods(callees, 'to');
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
  const peers = ways.filter((peer: Peer) => !('cidr' in peer)).map(networkPolicyPeer);
  const once = new Map(peers.map((peer) => [JSON.stringify(peer), peer]));
  return [...once.values()];
}

/** The kubelet, where the mesh gives its checks another origin than the node. */
function fromKubelet(mesh: Mesh, { probes = [] }: WorkloadModel): Ingress {
  const ports = [...new Set(probes.map(({ port }) => port))].sort((a, b) => a - b);
  if (!mesh.kubelet || ports.length === 0) return [];
  return [{ from: mesh.kubelet.map(networkPolicyPeer), ports: ports.map(tcp) }];
}

const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
