import type {
  AuthorizationPolicySpec,
  AuthorizationPolicySpecRules,
  PeerAuthenticationSpec,
} from '../../imports/security.istio.io';
import type { Manifest, Plain } from '../foundation';
import { callersByPort, type MeshCall, type MeshFacts, type MeshLanguage } from './facts';

type Rule = Plain<AuthorizationPolicySpecRules>;
type From = NonNullable<Rule['from']>[number];

/** The CRD takes so many service accounts in one source; sources of one rule add up. */
const LONGEST = 16;

const ports = (numbers: readonly number[]): NonNullable<Rule['to']> => [
  { operation: { ports: numbers.map(String) } },
];

/** A short name is an account of the policy's own namespace. */
function accounts(names: readonly string[]): readonly From[] {
  const sources: From[] = [];
  for (let start = 0; start < names.length; start += LONGEST) {
    sources.push({ source: { serviceAccounts: names.slice(start, start + LONGEST) } });
  }
  return sources;
}

const rulesOf = (calls: readonly MeshCall[]): readonly Rule[] =>
  callersByPort(calls).map(([port, callers]) => ({ from: accounts(callers), to: ports([port]) }));

/** Without rules, ALLOW allows nothing; an empty list would be dropped by the server. */
function policy(name: string, { labels, selector }: MeshFacts, rules: readonly Rule[]): Manifest {
  const spec: Plain<AuthorizationPolicySpec> = {
    selector: { matchLabels: selector },
    action: 'ALLOW',
    ...(rules.length > 0 && { rules }),
  };
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, labels },
    spec,
  };
}

/** Istio, with sidecars and in ambient mode alike: identities and ports need no waypoint. */
export const istio: MeshLanguage = {
  authorization: (facts, calls) => [policy(facts.name, facts, rulesOf(calls))],
  wayIn: (name, callee, calls) => [policy(name, callee, rulesOf(calls))],
  allowance: (facts, { name, port, outsiders: { namespaces, blocks } }) => {
    const from: readonly From[] = [
      ...(namespaces.length > 0 ? [{ source: { namespaces } }] : []),
      ...blocks.map(({ cidr, except = [] }) => ({
        source: { ipBlocks: [cidr], ...(except.length > 0 && { notIpBlocks: except }) },
      })),
    ];
    return from.length === 0 ? [] : [policy(name, facts, [{ from, to: ports([port]) }])];
  },
};

/**
 * Takes nothing in plain text but on the ports named. Each workload has its own: of several that select one pod, Istio keeps to the oldest.
 */
export function peerAuthentication(facts: MeshFacts, plainPorts: readonly number[]): Manifest {
  const open = [...new Set(plainPorts)].map(
    (port) => [String(port), { mode: 'PERMISSIVE' }] as const,
  );
  const spec: Plain<PeerAuthenticationSpec> = {
    selector: { matchLabels: facts.selector },
    mtls: { mode: 'STRICT' },
    ...(open.length > 0 && { portLevelMtls: Object.fromEntries(open) }),
  };
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: facts.name, labels: facts.labels },
    spec,
  };
}
