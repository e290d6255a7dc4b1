import { networkPolicyPeer, type CloudIdentity, type WorkloadIdentity } from '../environment';
import {
  describe,
  isBag,
  reasonOf,
  type NetworkPolicySpec,
  type OutsideHost,
  type Problem,
  type ProblemLog,
  type WorkloadModel,
} from '../foundation';
import { policyManifest } from '../network';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { ciliumPolicy, tcp } from './cilium';

/** What the workloads are to the cloud, by name, and what is wrong with it. */
interface Identities {
  readonly byWorkload: ReadonlyMap<string, WorkloadIdentity>;
  readonly problems: readonly Problem[];
}

const known = new WeakMap<Bound, Identities>();

/** Several bindings ask; the platform's functions are asked once. */
function identitiesOf(bound: Bound): Identities {
  const identities = known.get(bound) ?? askAll(bound);
  known.set(bound, identities);
  return identities;
}

function askAll(bound: Bound): Identities {
  const byWorkload = new Map<string, WorkloadIdentity>();
  const problems: Problem[] = [];
  const { identity } = bound.environment.props;
  if (!identity) return { byWorkload, problems };
  for (const workload of bound.workloads) {
    const log = bindingLog(bound, workload);
    const found = ask(bound, identity, workload, log);
    if (found && 'invalid' in found) {
      const what = `${identity.name} gives it ${describe(found.invalid)}, which cannot be`;
      log.error('IdentityInvalid', what, `Return undefined, or ${found.wanted}`);
    } else if (found) {
      byWorkload.set(workload.name, found);
      checkPodLabels(bound, workload, log);
    }
    problems.push(...log.problems);
  }
  return { byWorkload, problems };
}

/** The functions that it asks are the platform team's, and may throw. */
function ask(
  bound: Bound,
  identity: CloudIdentity,
  workload: WorkloadModel,
  log: ProblemLog,
): ReturnType<CloudIdentity['of']> {
  try {
    return identity.of({
      application: bound.phaseOne.application,
      environment: bound.environment.name,
      namespace: bound.namespace,
      workload: workload.name,
      uses: usedBy(bound, workload),
      labels: workloadLabels(bound, workload),
    });
  } catch (error) {
    const found = `a function that ${identity.name} was given failed with ${reasonOf(error)}`;
    log.error('IdentityInvalid', found, `Mend what it does for ${workload.name}`);
    return undefined;
  }
}

/** What a workload is to the cloud here; undefined when it is nobody there. */
export const tryIdentity = (bound: Bound, { name }: WorkloadModel): WorkloadIdentity | undefined =>
  identitiesOf(bound).byWorkload.get(name);

function usedBy({ phaseOne }: Bound, workload: WorkloadModel) {
  const names = phaseOne.edges
    .filter(({ kind, from }) => kind === 'backing-service' && from === workload.name)
    .map(({ to }) => to);
  return phaseOne.services
    .filter(({ name }) => names.includes(name))
    .map(({ name, kind }) => ({ name, kind }));
}

/** Pods are the same everywhere, so a label that one cloud wants is a decision of the platform. */
function checkPodLabels(
  bound: Bound,
  workload: WorkloadModel,
  log: ReturnType<typeof bindingLog>,
): void {
  const { identity } = bound.environment.props;
  const labels = tryPodLabels(bound, workload);
  for (const [key, value] of Object.entries(identity?.podLabels ?? {})) {
    if (!labels || labels[key] === value) continue;
    const found = `${identity?.name ?? ''} passes over its pods, which have no label ${key}: '${value}'`;
    const fix = `Give the platform defaults: { podLabels: { '${key}': '${value}' } }`;
    log.error('IdentityInvalid', found, fix);
  }
}

/** The labels of a workload's pods as they will be, whatever the escape hatch did; undefined where problems left no pods. */
function tryPodLabels(
  { phaseOne }: Bound,
  { path }: WorkloadModel,
): Readonly<Record<string, unknown>> | undefined {
  const objects = phaseOne.files.flatMap((file) => file.objects);
  for (const { manifest, path: at } of objects) {
    if (!at.startsWith(`${path}/`) || !isBag(manifest.spec)) continue;
    const { jobTemplate, template } = manifest.spec;
    const job =
      isBag(jobTemplate) && isBag(jobTemplate.spec) ? jobTemplate.spec.template : undefined;
    const pod = template ?? job;
    if (!isBag(pod) || !isBag(pod.metadata)) continue;
    return isBag(pod.metadata.labels) ? pod.metadata.labels : {};
  }
  return undefined;
}

/** What goes along with the identities: associations, memberships, federated credentials. */
export function bindIdentities(bound: Bound): Binding {
  const { byWorkload, problems } = identitiesOf(bound);
  return { manifests: [...byWorkload.values()].flatMap(({ objects }) => objects), problems };
}

/** The hosts outside that hand out a workload's credentials. */
export const hostsOfIdentity = (bound: Bound, workload: WorkloadModel): readonly OutsideHost[] =>
  tryIdentity(bound, workload) ? (bound.environment.props.identity?.hosts ?? []) : [];

/**
 * Lets workloads that have an identity reach what hands out their credentials on the node. Cilium knows the node's own addresses as the
 * host, which no address block matches.
 * @see https://github.com/cilium/cilium/issues/34387
 */
export function allowIdentity(bound: Bound): Binding {
  const { identity, network } = bound.environment.props;
  const node = identity?.node ?? [];
  if (node.length === 0) return { manifests: [] };
  const manifests = bound.workloads
    .filter((workload) => tryIdentity(bound, workload))
    .flatMap((workload) => {
      const spec: NetworkPolicySpec = {
        podSelector: { matchLabels: workload.selector },
        policyTypes: ['Egress'],
        egress: node.map(({ to, ports }) => ({
          to: to.map(networkPolicyPeer),
          ports: ports.map((port) => ({ protocol: 'TCP', port })),
        })),
      };
      const ports = node.flatMap((each) => each.ports).map(tcp);
      const policy = policyManifest(
        `${workload.name}-allow-identity`,
        workloadLabels(bound, workload),
        spec,
      );
      if (network.names !== 'cilium') return [policy];
      const host = [{ toEntities: ['host' as const], toPorts: [{ ports }] }];
      return [policy, ciliumPolicy(bound, workload, 'allow-identity', host)];
    });
  return { manifests };
}
