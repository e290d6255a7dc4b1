import { networkPolicyPeer, type Peer } from '../environment';
import { type NetworkPolicyPort, type NetworkPolicySpec, type WorkloadModel } from '../foundation';
import { policyManifest } from '../network';
import { boundLabels, workloadLabels, type Binding, type Bound } from './bound';
import { behindRoutes } from './exposed';

// Policies add up: phase 1 denies all but the declared connections, and these let in and out what depends on the cluster.
// Each selects our workloads by label, never everything: pods of operators live in the same namespace.

/** Lets every workload ask for names. */
export function allowDns(bound: Bound): Binding {
  if (bound.workloads.length === 0) return { manifests: [] };
  const { peers, ports = [53] } = bound.environment.props.network.dns;
  const dnsPorts = ports.flatMap((port): NetworkPolicyPort[] => [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ]);
  const spec: NetworkPolicySpec = {
    podSelector: { matchLabels: boundLabels(bound) },
    policyTypes: ['Egress'],
    egress: [{ to: peers.map(networkPolicyPeer), ports: dnsPorts }],
  };
  const name = `${bound.phaseOne.application}-allow-dns`;
  return { manifests: [policyManifest(name, boundLabels(bound), spec)] };
}

/** Lets the gateway, or what stands in for it, reach those to which a route leads. */
export function allowGateway(bound: Bound): Binding {
  const { gateway, ingress: controller } = bound.environment.props;
  const peers = gateway?.peers ?? controller?.peers ?? [];
  const behind = behindRoutes(bound);
  return ingress(bound, 'allow-gateway', peers, behind, ({ service }) => service?.containerPort);
}

/** Lets Prometheus reach what offers metrics. */
export function allowMetrics(bound: Bound): Binding {
  const peers = bound.environment.props.network.metrics ?? [];
  return ingress(bound, 'allow-metrics', peers, bound.workloads, ({ metrics }) => metrics?.port);
}

/** Lets what sends telemetry reach the collectors. */
export function allowTelemetry(bound: Bound): Binding {
  const { mesh, network } = bound.environment.props;
  const peers = network.telemetry ?? [];
  // A rule without peers would allow all.
  if (peers.length === 0) return { manifests: [] };
  const pods = peers.filter((peer) => !('cidr' in peer));
  const isTunnelled = mesh?.tunnel.from === 'everybody' && pods.length > 0;
  const manifests = bound.workloads.flatMap((workload) => {
    const { name, selector, telemetry } = workload;
    if (!telemetry) return [];
    const spec: NetworkPolicySpec = {
      podSelector: { matchLabels: selector },
      policyTypes: ['Egress'],
      egress: [
        { to: peers.map(networkPolicyPeer), ports: [tcp(telemetry.port)] },
        ...(isTunnelled
          ? [{ to: pods.map(networkPolicyPeer), ports: [tcp(mesh.tunnel.port)] }]
          : []),
      ],
    };
    return [policyManifest(`${name}-allow-telemetry`, workloadLabels(bound, workload), spec)];
  });
  return { manifests };
}

function ingress(
  bound: Bound,
  suffix: string,
  peers: readonly Peer[],
  workloads: readonly WorkloadModel[],
  portOf: (workload: WorkloadModel) => number | undefined,
): Binding {
  if (peers.length === 0) return { manifests: [] };
  const manifests = workloads.flatMap((workload) => {
    const port = portOf(workload);
    if (port === undefined) return [];
    const spec: NetworkPolicySpec = {
      podSelector: { matchLabels: workload.selector },
      policyTypes: ['Ingress'],
      ingress: [{ from: peers.map(networkPolicyPeer), ports: [tcp(port)] }],
    };
    return [policyManifest(`${workload.name}-${suffix}`, workloadLabels(bound, workload), spec)];
  });
  return { manifests };
}

const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
