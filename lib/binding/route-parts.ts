import type {
  HttpRouteSpecParentRefs,
  HttpRouteSpecRulesBackendRefs,
  HttpRouteSpecRulesMatchesHeaders,
} from '../../imports/gateway.networking.k8s.io';
import type { Gateway } from '../environment';
import type { BackendModel, Manifest, Plain } from '../foundation';
import { workloadLabels, type Bound } from './bound';
import type { Exposed } from './exposed';

type Headers = Readonly<Record<string, string>>;

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

// Defaults in lists are written out: Kubernetes 1.30 would count each apply without them as a change.

/** Where a route attaches: at the Gateway, or at the listener of its hostname in the ListenerSet beside it. */
export function parentRef(
  { phaseOne }: Bound,
  gateway: Gateway,
  hostname: string,
): Plain<HttpRouteSpecParentRefs> {
  if (gateway.listenerSet) {
    return {
      group: GATEWAY_GROUP,
      kind: 'ListenerSet',
      name: phaseOne.application,
      sectionName: hostname,
    };
  }
  return {
    group: GATEWAY_GROUP,
    kind: 'Gateway',
    name: gateway.name,
    namespace: gateway.namespace,
    ...(gateway.sectionName !== undefined && { sectionName: gateway.sectionName }),
  };
}

/** The Services that share the requests of a rule. */
export const backendRefs = (
  { workloads }: Bound,
  backends: readonly BackendModel[],
): readonly Plain<HttpRouteSpecRulesBackendRefs>[] =>
  backends.map(({ workload, weight }) => ({
    ...{ group: '', kind: 'Service', name: workload, weight },
    port: workloads.find(({ name }) => name === workload)?.service?.port ?? 0,
  }));

/** Headers that must have a value, each exactly. */
export const headerMatches = (
  headers: Headers = {},
): readonly Plain<HttpRouteSpecRulesMatchesHeaders>[] =>
  headersOf(headers).map((header) => ({ type: 'Exact' as const, ...header }));

/** Headers as a list. */
export const headersOf = (
  headers: Headers = {},
): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(headers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));

/** A route of one workload. */
export const routeManifest = (
  bound: Bound,
  { workload }: Exposed,
  kind: 'GRPCRoute' | 'HTTPRoute',
  spec: object,
): Manifest => ({
  apiVersion: `${GATEWAY_GROUP}/v1`,
  kind,
  metadata: { name: workload.name, labels: workloadLabels(bound, workload) },
  spec,
});
