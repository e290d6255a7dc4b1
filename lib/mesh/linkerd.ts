import type {
  AuthorizationPolicySpec,
  MeshTlsAuthenticationSpec,
  NetworkAuthenticationSpec,
  ServerSpec,
} from '../../imports/policy.linkerd.io';
import type { Manifest, Plain } from '../foundation';
import {
  callersByPort,
  type AddressBlock,
  type MeshFacts,
  type MeshLanguage,
  type MeshPort,
} from './facts';

const GROUP = 'policy.linkerd.io';

/** Ports are unlike names in that they hold no letters, so no two workloads can meet here. */
const serverName = (workload: string, port: number): string => `${workload}-${port}`;

type Labels = MeshFacts['labels'];

const made = (
  version: string,
  kind: string,
  name: string,
  labels: Labels,
  spec: object,
): Manifest => ({
  apiVersion: `${GROUP}/${version}`,
  kind,
  metadata: { name, labels },
  spec,
});

/** A port of a workload, closed to everybody who is not let in. Linkerd lets the kubelet's HTTP checks of main containers in by itself. */
function server({ name, labels, selector }: MeshFacts, { number, isOpaque }: MeshPort): Manifest {
  const spec: Plain<ServerSpec> = {
    podSelector: { matchLabels: selector },
    port: number,
    // What the server would fill in: later applies would count it as a change.
    proxyProtocol: isOpaque ? 'opaque' : 'unknown',
    accessPolicy: 'deny',
  };
  return made('v1beta3', 'Server', serverName(name, number), labels, spec);
}

/** Whoever passes the authentication may reach the server. All of several would have to be passed, so each policy has one. */
function policy(name: string, labels: Labels, target: string, authentication: string): Manifest {
  const spec: Plain<AuthorizationPolicySpec> = {
    targetRef: { group: GROUP, kind: 'Server', name: target },
    requiredAuthenticationRefs: [{ group: GROUP, kind: authentication, name }],
  };
  return made('v1alpha1', 'AuthorizationPolicy', name, labels, spec);
}

/** References without a namespace are of the object's own. */
function identities(
  name: string,
  labels: Labels,
  spec: Plain<MeshTlsAuthenticationSpec>,
): Manifest {
  return made('v1alpha1', 'MeshTLSAuthentication', name, labels, spec);
}

const callersMay = (
  name: string,
  labels: Labels,
  target: string,
  callers: readonly string[],
): readonly Manifest[] => [
  identities(name, labels, {
    identityRefs: callers.map((caller) => ({ kind: 'ServiceAccount', name: caller })),
  }),
  policy(name, labels, target, 'MeshTLSAuthentication'),
];

function addressesMay(
  name: string,
  labels: Labels,
  target: string,
  blocks: readonly AddressBlock[],
): readonly Manifest[] {
  const spec: Plain<NetworkAuthenticationSpec> = {
    networks: blocks.map(({ cidr, except = [] }) => ({
      cidr,
      ...(except.length > 0 && { except }),
    })),
  };
  return [
    made('v1alpha1', 'NetworkAuthentication', name, labels, spec),
    policy(name, labels, target, 'NetworkAuthentication'),
  ];
}

/** Linkerd from 2.16, the first with an access policy on servers. */
export const linkerd: MeshLanguage = {
  authorization: (facts, calls) => [
    ...facts.ports.map((port) => server(facts, port)),
    ...callersByPort(calls).flatMap(([port, callers]) => {
      const target = serverName(facts.name, port);
      return callersMay(target, facts.labels, target, callers);
    }),
  ],
  wayIn: (name, callee, calls) =>
    callersByPort(calls).flatMap(([port, callers]) =>
      callersMay(`${name}-${port}`, callee.labels, serverName(callee.name, port), callers),
    ),
  allowance: ({ name: workload, labels }, { name, port, outsiders: { namespaces, blocks } }) => {
    const target = serverName(workload, port);
    const who: Plain<MeshTlsAuthenticationSpec> = namespaces.includes('*')
      ? { identities: ['*'] }
      : { identityRefs: namespaces.map((namespace) => ({ kind: 'Namespace', name: namespace })) };
    return [
      ...(namespaces.length > 0
        ? [identities(name, labels, who), policy(name, labels, target, 'MeshTLSAuthentication')]
        : []),
      ...(blocks.length > 0 ? addressesMay(`${name}-plain`, labels, target, blocks) : []),
    ];
  },
};
