import type { Peer } from '../environment';
import type { Manifest, OutsideHost, WorkloadModel } from '../foundation';
import { workloadLabels, type Bound } from './bound';

// Written by hand: cdk8s import spells fields such as toFQDNs differently from the wire.

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: 'Exists' }[];
}
interface PortRule {
  readonly ports: readonly { readonly port: string; readonly protocol: 'TCP' | 'ANY' }[];
  readonly rules?: { readonly dns: readonly { readonly matchPattern: string }[] };
}

/** One rule of a CiliumNetworkPolicy. Cilium takes one kind of destination in each. */
export interface CiliumEgress {
  readonly toFQDNs?: readonly { readonly matchName: string }[];
  readonly toEndpoints?: readonly LabelSelector[];
  readonly toCIDRSet?: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
  readonly toEntities?: readonly 'host'[];
  readonly toPorts: readonly PortRule[];
}

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/** A CiliumNetworkPolicy for the egress of one workload; it adds to the NetworkPolicies. */
export function ciliumPolicy(
  bound: Bound,
  workload: WorkloadModel,
  suffix: string,
  egress: readonly CiliumEgress[],
): Manifest {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: `${workload.name}-${suffix}`, labels: workloadLabels(bound, workload) },
    spec: { endpointSelector: { matchLabels: workload.selector }, egress },
  };
}

/**
 * Lets one workload reach hosts outside by name, and no others. Cilium learns the addresses from the answers of the cluster's DNS, so the
 * workload's questions must go through its DNS proxy: that is the rule with `dns`.
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export function ciliumOutside(
  bound: Bound,
  workload: WorkloadModel,
  hosts: readonly OutsideHost[],
): Manifest {
  const byName = hosts.map(({ host, port }): CiliumEgress => ({
    toFQDNs: [{ matchName: host }],
    toPorts: [{ ports: [tcp(port)] }],
  }));
  return ciliumPolicy(bound, workload, 'allow-outside', [...dnsRules(bound), ...byName]);
}

export const tcp = (port: number): PortRule['ports'][number] => ({
  port: String(port),
  protocol: 'TCP',
});

function dnsRules(bound: Bound): readonly CiliumEgress[] {
  const { peers, ports = [53] } = bound.environment.props.network.dns;
  const toPorts: readonly PortRule[] = [
    {
      ports: ports.map((port) => ({ port: String(port), protocol: 'ANY' })),
      // Every name: those of Services are asked for in the same way.
      rules: { dns: [{ matchPattern: '*' }] },
    },
  ];
  const endpoints = peers.flatMap((peer) => ('cidr' in peer ? [] : [endpointsOf(peer)]));
  const blocks = peers.flatMap((peer) => ('cidr' in peer ? [peer] : []));
  return [
    ...(endpoints.length > 0 ? [{ toEndpoints: endpoints, toPorts }] : []),
    ...(blocks.length > 0 ? [{ toCIDRSet: blocks.map(cidrRule), toPorts }] : []),
  ];
}

/** Pods as Cilium selects them. Without the label of a namespace it would be the policy's own. */
function endpointsOf({ namespace, pods }: Exclude<Peer, { readonly cidr: string }>): LabelSelector {
  const labels = Object.entries(pods ?? {}).map(([key, value]) => [`k8s:${key}`, value] as const);
  if (namespace !== undefined) labels.push([NAMESPACE, namespace]);
  return {
    ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels) }),
    ...(namespace === undefined && {
      matchExpressions: [{ key: NAMESPACE, operator: 'Exists' as const }],
    }),
  };
}

const cidrRule = ({
  cidr,
  except = [],
}: Extract<Peer, { readonly cidr: string }>): { cidr: string; except?: readonly string[] } => ({
  cidr,
  ...(except.length > 0 && { except }),
});
