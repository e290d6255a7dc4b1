import type { CidrPeer, Mesh, Peer, PlainCallers } from '../environment';
import type { Manifest, ProbeModel, Problem, WorkloadModel } from '../foundation';
import {
  authorizedOutsiders,
  peerAuthentication,
  type Allowance,
  type MeshFacts,
  type Outsiders,
} from '../mesh';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { importersOf } from './published';

/**
 * Lets in those whom only the environment knows: the gateway to what is exposed, Prometheus to what offers metrics, other applications to
 * what is published to them, the kubelet where the mesh does not know it. Phase 1 has closed everything but the edges; these add up.
 */
export function bindMeshAuthorization(bound: Bound): Binding {
  const { mesh } = bound.environment.props;
  if (!mesh) return { manifests: [] };
  const manifests: Manifest[] = [];
  const problems: Problem[] = [];
  for (const workload of bound.workloads) {
    const facts = { ...workload, labels: workloadLabels(bound, workload), ports: [] };
    const allowances = [...ways(bound, mesh, workload), ...checks(mesh, workload)];
    manifests.push(
      ...allowances.flatMap((allowance) => authorizedOutsiders(mesh.kind, facts, allowance)),
      ...encryption(mesh, facts, allowances),
    );
    problems.push(...checkKubelet(bound, mesh, workload));
  }
  return { manifests, problems };
}

function ways(bound: Bound, mesh: Mesh, workload: WorkloadModel): readonly Allowance[] {
  const { gateway, network } = bound.environment.props;
  const { name, exposure, service, metrics } = workload;
  const allowance = (
    suffix: string,
    port: number | undefined,
    peers: readonly Peer[] = [],
    plain?: PlainCallers,
  ): readonly Allowance[] =>
    port === undefined || peers.length === 0
      ? []
      : [{ name: `${name}-${suffix}`, port, outsiders: outsiders(peers, plain) }];
  return [
    ...allowance(
      'allow-gateway',
      exposure && service?.containerPort,
      gateway?.peers,
      mesh.plain?.gateway,
    ),
    ...allowance('allow-metrics', metrics?.port, network.metrics, mesh.plain?.metrics),
    // By their namespaces: which of their accounts call is known to their own repositories.
    ...allowance(
      'allow-importers',
      service?.containerPort,
      importersOf(bound, workload).flatMap(({ peer }) => peer ?? []),
    ),
  ];
}

/** Pods have an identity unless the environment says otherwise; what is known by its address has none. */
function outsiders(peers: readonly Peer[], plain: PlainCallers | undefined): Outsiders {
  const cidrs: CidrPeer[] = [];
  const namespaces = new Set<string>();
  for (const peer of peers) {
    if ('cidr' in peer) cidrs.push(peer);
    else namespaces.add(peer.namespace ?? '*');
  }
  const names = namespaces.has('*') ? ['*'] : [...namespaces].sort();
  if (!plain) return { namespaces: names, blocks: cidrs };
  return { namespaces: [], blocks: [...cidrs, ...(names.length > 0 ? plain.from : [])] };
}

/**
 * The checks that Linkerd does not know. Those of main containers over HTTP it lets in by their paths, and a connection alone is answered by
 * the proxy. Istio needs none of this: its sidecars ask for the kubelet, and its ambient mode lets it pass.
 * @see https://github.com/linkerd/linkerd2/issues/9595
 */
const unknownTo = ({ kind }: Mesh, { probes = [] }: WorkloadModel): readonly ProbeModel[] =>
  kind === 'linkerd'
    ? probes.filter(({ by, container }) => by !== 'tcp' && (by !== 'http' || container !== 'main'))
    : [];

function checks(mesh: Mesh, workload: WorkloadModel): readonly Allowance[] {
  const ports = new Set(unknownTo(mesh, workload).map(({ port }) => port));
  return [...ports].map((port) => ({
    name: `${workload.name}-allow-kubelet-${port}`,
    port,
    outsiders: { namespaces: [], blocks: mesh.kubelet ?? [] },
  }));
}

function checkKubelet(bound: Bound, mesh: Mesh, workload: WorkloadModel): readonly Problem[] {
  const [probe] = unknownTo(mesh, workload);
  if (!probe || mesh.kubelet) return [];
  const log = bindingLog(bound, workload);
  const found = `Linkerd would refuse the kubelet's check by ${NAMES[probe.by]} on port ${probe.port}`;
  const fix = 'Give Mesh.linkerd({ kubelet: [{ cidr: … }] }), the addresses of the nodes';
  log.error('EnvironmentInvalid', found, fix);
  return log.problems;
}

const NAMES = { http: 'HTTP', https: 'HTTPS', grpc: 'gRPC', tcp: 'TCP' } as const;

/** In Istio, whether plain text is taken is a matter of its own. */
function encryption(
  { kind }: Mesh,
  facts: MeshFacts,
  allowances: readonly Allowance[],
): readonly Manifest[] {
  if (kind !== 'istio') return [];
  const plain = allowances.filter((allowance) => allowance.outsiders.blocks.length > 0);
  return [
    peerAuthentication(
      facts,
      plain.map(({ port }) => port),
    ),
  ];
}
