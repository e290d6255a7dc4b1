import type { ServiceRequest } from '../../../backing-service';
import type {
  DeletionPolicy,
  Manifest,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../../foundation';
import { policyManifest } from '../../../network';
import { KEEP } from '../../namespace';

type Labels = Readonly<Record<string, string>>;

/** An object of an operator. */
export function made(
  apiVersion: string,
  kind: string,
  name: string,
  labels: Labels,
  spec: object,
): Manifest {
  return { apiVersion, kind, metadata: { name, labels }, spec };
}

/** What holds data is kept from Argo CD and Flux when the service is taken out, unless the team said that it may go. */
export const keptBy = (
  policy: DeletionPolicy,
  manifests: readonly Manifest[],
): readonly Manifest[] => (policy === 'delete' ? manifests : manifests.map(kept));

/** The same object, which neither Argo CD nor Flux may prune. */
export function kept(manifest: Manifest): Manifest {
  const { annotations, ...metadata } = manifest.metadata;
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, ...KEEP } } };
}

/** The name of a Service as every namespace resolves it: KEDA asks from its own. */
export const hostOf = (service: string, { namespace }: Pick<ServiceRequest, 'namespace'>): string =>
  `${service}.${namespace}.svc`;

/** Pods of this namespace. */
export const podsOf = (matchLabels: Labels): NetworkPolicyPeer => ({
  podSelector: { matchLabels },
});

/** All pods of another namespace, such as an operator's. */
export const podsIn = (namespace: string, pods?: Labels): NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  ...(pods && { podSelector: { matchLabels: pods } }),
});

/** Who may reach which ports; without ports, all of them. */
export interface WayIn {
  readonly from: readonly NetworkPolicyPeer[];
  readonly ports?: readonly number[];
}

/** Those who use the service, and KEDA where a worker scales on it, on its ports. */
export const callersWay = (
  { callers, scalers }: ServiceRequest,
  ports: readonly number[],
): WayIn => ({
  from: [...callers.map(({ selector }) => podsOf(selector)), ...scalers],
  ports,
});

/**
 * Closes the pods of a service but to those who are named. Never the way out of an operator's pods: they talk to the API server, whose
 * place a NetworkPolicy cannot know. Pods that nobody may reach have nothing to say either.
 */
export function ingressPolicy(
  name: string,
  labels: Labels,
  pods: Labels,
  ways: readonly WayIn[],
): Manifest {
  const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
  // A rule without peers would let all in.
  const open = ways.filter(({ from }) => from.length > 0);
  return policyManifest(name, labels, {
    podSelector: { matchLabels: pods },
    policyTypes: open.length > 0 ? ['Ingress'] : ['Ingress', 'Egress'],
    ingress: open.map(({ from, ports }) => ({
      from: [...from],
      ...(ports && { ports: ports.map(tcp) }),
    })),
  });
}

/** Lets those who use the service into pods that are closed already; nothing when nobody does. */
export const callersPolicies = (
  request: ServiceRequest,
  pods: Labels,
  port: number,
): readonly Manifest[] =>
  request.callers.length + request.scalers.length === 0
    ? []
    : [
        ingressPolicy(`${request.service.name}-ingress`, request.labels, pods, [
          callersWay(request, [port]),
        ]),
      ];

/** What Pod Security `restricted` asks of a container that an operator makes. */
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** What it asks of a pod. */
export const RESTRICTED_POD = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** `{ storageClassName }` or nothing. */
export const classNamed = <K extends string>(
  key: K,
  name: string | undefined,
): { readonly [P in K]?: string } =>
  (name === undefined ? {} : { [key]: name }) as { readonly [P in K]?: string };

/** What becomes of the data, for people. */
export const deletionText = (policy: DeletionPolicy): string =>
  policy === 'delete'
    ? 'the data goes with it'
    : 'nothing: Argo CD and Flux may not prune it; whoever wants it gone deletes it by hand';
