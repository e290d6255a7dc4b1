import type { ServiceEntrySpec } from '../../imports/networking.istio.io';
import { networkPolicyPeer, type Peer } from '../environment';
import {
  compareText,
  grouped,
  shortName,
  type Manifest,
  type NetworkPolicySpec,
  type OutsideHost,
  type Plain,
  type WorkloadModel,
} from '../foundation';
import { policyManifest } from '../network';
import { boundLabels, workloadLabels, type Binding, type Bound } from './bound';
import { ciliumOutside } from './cilium';
import { hostsOfIdentity } from './identity';

/** Everywhere but the private and link-local ranges: where a database of another team could be, an outside host is not. */
const OUTSIDE: readonly Peer[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] },
];

/** Lets workloads reach the hosts outside that they name: by name where something in the cluster knows names, else by port. */
export function allowOutside(bound: Bound): Binding {
  const { names } = bound.environment.props.network;
  const callers = callersOfHosts(bound);
  if (names === 'cilium') {
    return { manifests: callers.map(([workload, hosts]) => ciliumOutside(bound, workload, hosts)) };
  }
  const policies = allowPorts(bound, callers);
  return {
    manifests: names === 'istio' ? [...policies, ...serviceEntries(bound, callers)] : policies,
  };
}

type Callers = readonly (readonly [WorkloadModel, readonly OutsideHost[]])[];

/** The workloads that name hosts outside, with these hosts in order. */
function callersOfHosts(bound: Bound): Callers {
  const outside = bound.phaseOne.edges.filter(({ kind }) => kind === 'external');
  const byCaller = grouped(outside, ({ from }) => from);
  return bound.workloads.flatMap((workload) => {
    const edges = byCaller.get(workload.name) ?? [];
    const named = edges.map(({ to, port }): OutsideHost => ({ host: to, port }));
    const hosts = inOrder([...named, ...hostsOfIdentity(bound, workload)]);
    return hosts.length === 0 ? [] : [[workload, hosts] as const];
  });
}

/** Each host and port once. */
function inOrder(hosts: readonly OutsideHost[]): readonly OutsideHost[] {
  const byKey = new Map(hosts.map((each) => [`${each.host}:${each.port}`, each]));
  return [...byKey.values()].sort((a, b) => compareText(a.host, b.host) || a.port - b.port);
}

/** A NetworkPolicy knows no names, so it is the port that is narrow. */
function allowPorts(bound: Bound, callers: Callers): readonly Manifest[] {
  const peers = bound.environment.props.network.outside ?? OUTSIDE;
  // A rule without peers would allow all.
  if (peers.length === 0) return [];
  return callers.map(([workload, hosts]) => {
    const ports = [...new Set(hosts.map(({ port }) => port))].sort((a, b) => a - b);
    const spec: NetworkPolicySpec = {
      podSelector: { matchLabels: workload.selector },
      policyTypes: ['Egress'],
      egress: [
        {
          to: peers.map(networkPolicyPeer),
          ports: ports.map((port) => ({ protocol: 'TCP', port })),
        },
      ],
    };
    const labels = workloadLabels(bound, workload);
    return policyManifest(`${workload.name}-allow-outside`, labels, spec);
  });
}

const PROTOCOLS: Readonly<Record<number, string>> = { 80: 'HTTP', 443: 'TLS' };

/**
 * Tells Istio the hosts outside, for this namespace alone: calls to them then have names in metrics and in policies of its own. It closes
 * nothing: an application can go around its proxy, so the NetworkPolicy stays.
 */
function serviceEntries(bound: Bound, callers: Callers): readonly Manifest[] {
  const hosts = inOrder(callers.flatMap(([, each]) => each));
  return [...grouped(hosts, ({ host }) => host)].map(([host, ports]) => {
    const spec: Plain<ServiceEntrySpec> = {
      hosts: [host],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      exportTo: ['.'],
      ports: ports.map(({ port }) => {
        const protocol = PROTOCOLS[port] ?? 'TCP';
        return { number: port, name: `${protocol.toLowerCase()}-${port}`, protocol };
      }),
    };
    return {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: {
        name: shortName(`${bound.phaseOne.application}-${host}`, 253),
        labels: boundLabels(bound),
      },
      spec,
    };
  });
}
