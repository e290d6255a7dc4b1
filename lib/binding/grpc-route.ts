import type {
  GrpcRouteSpec,
  GrpcRouteSpecRulesMatches,
} from '../../imports/gateway.networking.k8s.io';
import type { Gateway } from '../environment';
import type { GrpcExposureModel, GrpcRuleModel, Manifest, Plain } from '../foundation';
import type { Bound } from './bound';
import type { Exposed } from './exposed';
import { backendRefs, headerMatches, parentRef, routeManifest } from './route-parts';

/** The GRPCRoute of a workload that speaks gRPC. */
export function grpcRoute(
  bound: Bound,
  exposed: Exposed<GrpcExposureModel>,
  gateway: Gateway,
): Manifest {
  const spec: Plain<GrpcRouteSpec> = {
    parentRefs: [parentRef(bound, gateway, exposed.hostname)],
    hostnames: [exposed.hostname],
    rules: exposed.exposure.rules.map((rule) => {
      const match = matchOf(rule);
      return {
        // Without matches a rule takes every call.
        ...(match && { matches: [match] }),
        backendRefs: backendRefs(bound, rule.backends),
      };
    }),
  };
  return routeManifest(bound, exposed, 'GRPCRoute', spec);
}

function matchOf({
  service,
  method,
  headers,
}: GrpcRuleModel): Plain<GrpcRouteSpecRulesMatches> | undefined {
  const call = {
    ...(service !== undefined && { service }),
    ...(method !== undefined && { method }),
  };
  const isNamed = Object.keys(call).length > 0;
  if (!isNamed && !headers) return undefined;
  return {
    ...(isNamed && { method: { type: 'Exact' as const, ...call } }),
    ...(headers && { headers: headerMatches(headers) }),
  };
}
