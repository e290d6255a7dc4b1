import {
  isDnsSubdomain,
  isObjectName,
  type Manifest,
  type ProblemLog,
  type WorkloadModel,
} from '../foundation';
import { bindingLog, type Binding, type Bound } from './bound';
import { below, certificateName, exposedHere, tryHostname } from './exposed';
import { grpcRoute } from './grpc-route';
import { httpRoute } from './http-route';

/** What the CRDs take of one route. */
const MOST_RULES = 16;
const MOST_MATCHES = 64;
const MOST_MATCHES_IN_ALL = 128;

/** The routes by which exposed workloads are reached through the environment's gateway. */
export function bindRoutes(bound: Bound): Binding {
  const problems = bound.workloads.flatMap((workload) => {
    const log = bindingLog(bound, workload);
    if (workload.exposure) checkWayIn(bound, workload, log);
    return log.problems;
  });
  const { gateway } = bound.environment.props;
  if (!gateway) return { manifests: [], problems };
  const manifests = exposedHere(bound).map((exposed) => {
    const { workload, exposure, hostname } = exposed;
    const manifest =
      exposure.protocol === 'http'
        ? httpRoute(bound, { workload, exposure, hostname }, gateway)
        : grpcRoute(bound, { workload, exposure, hostname }, gateway);
    const log = bindingLog(bound, workload);
    checkSize(manifest, log);
    problems.push(...log.problems);
    return manifest;
  });
  return { manifests, problems };
}

function checkWayIn(bound: Bound, workload: WorkloadModel, log: ProblemLog): void {
  const { domain, gateway, ingress } = bound.environment.props;
  if (domain === undefined) {
    const found = 'it is exposed, and the environment has no domain';
    log.error('DomainMissing', found, 'Give the environment a domain');
  }
  if (!gateway && !ingress) {
    const found = 'it is exposed, and the environment has no gateway';
    log.error('GatewayMissing', found, 'Give the environment a gateway or an ingress');
  }
  const hostname = tryHostname(bound, workload);
  if (hostname === undefined || domain === undefined) return;
  const { host } = workload.exposure ?? {};
  if (host !== undefined && `.${host}`.endsWith(`.${domain}`)) {
    const found = `the hostname would be '${hostname}'`;
    const short = host.slice(0, -domain.length - 1) || '@';
    log.error('HostnameInvalid', found, `Write '${short}': the domain is added`);
    return;
  }
  const hasCertificate = gateway?.listenerSet ?? ingress?.issuer;
  const isNamed =
    isDnsSubdomain(hostname) && (!hasCertificate || isObjectName(certificateName(hostname)));
  if (!isNamed)
    log.error('HostnameInvalid', `the hostname would be '${hostname}'`, 'Shorten expose.host');
  if (workload.exposure?.protocol !== 'http') return;
  for (const { redirect } of workload.exposure.rules) {
    if (redirect?.host === undefined) continue;
    const target = below(domain, redirect.host);
    if (isDnsSubdomain(target)) continue;
    log.error('HostnameInvalid', `a redirect would lead to '${target}'`, 'Shorten redirect.host');
  }
}

/** A rule may become more than one: for each match when it rewrites, and for OPTIONS where browsers ask first. */
function checkSize({ kind, spec }: Manifest, log: ProblemLog): void {
  const { rules } = spec as {
    readonly rules: readonly { readonly matches?: readonly unknown[] }[];
  };
  const counts = rules.map(({ matches = [] }) => matches.length);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const limits = [
    [`${rules.length} rules`, rules.length, MOST_RULES],
    [`${Math.max(...counts)} matches in one rule`, Math.max(...counts), MOST_MATCHES],
    [`${all} matches`, all, MOST_MATCHES_IN_ALL],
  ] as const;
  for (const [text, count, most] of limits) {
    if (count <= most) continue;
    const found = `its ${kind} would have ${text}, and ${most} is what it takes`;
    log.error('ExposureInvalid', found, 'Give expose fewer rules, paths or methods');
  }
}
