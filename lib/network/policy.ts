import type {
  Manifest,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../foundation';

/** A workload as network policies see it. */
export interface NetworkFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

/** One allowed connection: the pods at the other end and the container port. */
export interface Connection {
  readonly peer: NetworkFacts;
  readonly port: number;
}

const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
const pods = (facts: NetworkFacts): NetworkPolicyPeer => ({
  podSelector: { matchLabels: facts.selector },
});

/** Container ports, because policies are judged after the Service has translated the port. */
function merged(
  connections: readonly Connection[],
): readonly (readonly [NetworkFacts, number[]])[] {
  const byPeer = new Map<string, readonly [NetworkFacts, number[]]>();
  for (const { peer, port } of connections) {
    const known = byPeer.get(peer.name) ?? ([peer, []] as const);
    if (!known[1].includes(port)) known[1].push(port);
    byPeer.set(peer.name, known);
  }
  return [...byPeer.values()].sort(([a], [b]) => (a.name < b.name ? -1 : 1));
}

/**
 * Denies everything to and from a workload but the declared connections. It has no namespace selector: both ends live in the namespace of
 * the application, whatever its name. What depends on the cluster (DNS, gateway, metrics) is added by the binding; policies add up.
 */
export function networkPolicy(
  facts: NetworkFacts,
  callers: readonly Connection[],
  callees: readonly Connection[],
): Manifest {
  const ports = (numbers: readonly number[]): NetworkPolicyPort[] =>
    [...numbers].sort((a, b) => a - b).map(tcp);
  const spec: NetworkPolicySpec = {
    podSelector: { matchLabels: facts.selector },
    policyTypes: ['Ingress', 'Egress'],
    ingress: merged(callers).map(([peer, numbers]) => ({
      from: [pods(peer)],
      ports: ports(numbers),
    })),
    egress: merged(callees).map(([peer, numbers]) => ({ to: [pods(peer)], ports: ports(numbers) })),
  };
  return policyManifest(facts.name, facts.labels, spec);
}

/** The name of the policy by which a caller that does not exist everywhere reaches a callee. */
export const wayInName = (caller: string, callee: string): string => `${caller}-to-${callee}`;

/**
 * Lets in a caller that does not exist everywhere. It stands in that caller's own file, so that the callee is closed to it elsewhere.
 */
export function wayIn(caller: NetworkFacts, callees: Connection[]): Manifest {
  const [callee] = callees;
  const ports = [...new Set(callees.map(({ port }) => port))].sort((a, b) => a - b);
  const spec: NetworkPolicySpec = {
    podSelector: { matchLabels: callee?.peer.selector ?? {} },
    policyTypes: ['Ingress'],
    ingress: [{ from: [pods(caller)], ports: ports.map(tcp) }],
  };
  return policyManifest(wayInName(caller.name, callee?.peer.name ?? ''), caller.labels, spec);
}

/**
 * A NetworkPolicy of a name and a spec. Empty lists are left out: the server drops them, and each apply would put them in again; the
 * policy types say that the direction is closed.
 */
export function policyManifest(
  name: string,
  labels: Readonly<Record<string, string>>,
  { ingress = [], egress = [], ...rest }: NetworkPolicySpec,
): Manifest {
  const spec: NetworkPolicySpec = {
    ...rest,
    ...(ingress.length > 0 && { ingress }),
    ...(egress.length > 0 && { egress }),
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels },
    spec,
  };
}
