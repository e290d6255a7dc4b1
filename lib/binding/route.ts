import type { HttpRouteSpec } from '../../imports/gateway.networking.k8s.io';
import type { Gateway } from '../environment';
import { isDnsSubdomain, type Manifest, type Plain, type WorkloadModel } from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';

/** The public name of a workload here; undefined when it is not exposed or the environment has no domain. */
export function tryHostname(bound: Bound, workload: WorkloadModel): string | undefined {
  const { domain } = bound.environment.props;
  if (!workload.exposure || domain === undefined) return undefined;
  const { host } = workload.exposure;
  return host === '@' ? domain : `${host}.${domain}`;
}

/** The routes by which exposed workloads are reached through the environment's gateway. */
export function bindRoutes(bound: Bound): Binding {
  const { domain, gateway } = bound.environment.props;
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload) => {
    if (!workload.exposure) return [];
    const log = bindingLog(bound, workload);
    const hostname = tryHostname(bound, workload);
    if (domain === undefined) {
      log.error(
        'DomainMissing',
        'it is exposed, and the environment has no domain',
        'Give the environment a domain',
      );
    }
    if (!gateway) {
      log.error(
        'GatewayMissing',
        'it is exposed, and the environment has no gateway',
        'Give the environment a gateway',
      );
    }
    if (hostname !== undefined && !isDnsSubdomain(hostname)) {
      log.error('HostnameInvalid', `the hostname would be '${hostname}'`, 'Shorten expose.host');
    }
    if (hostname !== undefined && gateway)
      manifests.push(route(bound, workload, hostname, gateway));
    return log.problems;
  });
  return { manifests, problems };
}

function route(
  bound: Bound,
  workload: WorkloadModel,
  hostname: string,
  gateway: Gateway,
): Manifest {
  const spec: Plain<HttpRouteSpec> = {
    parentRefs: [
      {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        name: gateway.name,
        namespace: gateway.namespace,
        ...(gateway.sectionName !== undefined && { sectionName: gateway.sectionName }),
      },
    ],
    hostnames: [hostname],
    rules: [
      {
        matches: (workload.exposure?.paths ?? ['/']).map((value) => ({
          path: { type: 'PathPrefix', value },
        })),
        backendRefs: [backend(workload)],
      },
    ],
  };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: workload.name, labels: workloadLabels(bound, workload) },
    spec,
  };
}

/** Defaults in lists are written out: Kubernetes 1.30 would count each apply without them as a change. */
const backend = ({ name, service }: WorkloadModel) => ({
  ...{ group: '', kind: 'Service', weight: 1 },
  name,
  port: service?.port ?? 0,
});
