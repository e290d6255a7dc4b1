import {
  objectKey,
  sortedManifest,
  type BoundServiceModel,
  type Manifest,
  type NetworkPolicySpec,
  type Problem,
} from '../foundation';
import { policyManifest } from '../network';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { callersOf, suppliesOf, type Supplied } from './supplied';

/** The backing services, as the providers of the environment supply them. */
export function bindBackingServices(bound: Bound): Binding {
  const { supplied, problems } = suppliesOf(bound);
  const shared = mergeShared(bound, supplied);
  return {
    manifests: [...shared.manifests, ...supplied.flatMap(({ provided }) => provided.manifests)],
    problems: [...problems, ...(shared.problems ?? [])],
  };
}

/** Objects that several services have in common, each once. */
function mergeShared(bound: Bound, supplied: readonly Supplied[]): Binding {
  const byKey = new Map<string, Manifest>();
  const problems: Problem[] = [];
  for (const { service, provider, provided } of supplied) {
    for (const manifest of provided.shared ?? []) {
      const key = objectKey(manifest);
      const other = byKey.get(key);
      byKey.set(key, manifest);
      if (!other || textOf(other) === textOf(manifest)) continue;
      const log = bindingLog(bound, service);
      const found = `${provider} makes ${key} differently for it than for another service`;
      log.error('ServiceRefused', found, 'Give both services the same provider');
      problems.push(...log.problems);
    }
  }
  return { manifests: [...byKey.values()], problems };
}

const textOf = (manifest: Manifest): string => JSON.stringify(sortedManifest(manifest));

/** Lets workloads reach the backing services that they use, and nothing beside them. */
export function allowBackingServices(bound: Bound): Binding {
  const { supplied } = suppliesOf(bound);
  const manifests = bound.workloads.flatMap((workload) => {
    const used = supplied.filter(({ service }) =>
      callersOf(bound, service.name).includes(workload),
    );
    const egress = used.flatMap(({ provided }) =>
      provided.reach.map(({ to, ports }) => ({
        to: [...to],
        ports: ports.map((port) => ({ protocol: 'TCP', port })),
      })),
    );
    // A rule without peers would allow all.
    const rules = egress.filter(({ to }) => to.length > 0);
    if (rules.length === 0) return [];
    const spec: NetworkPolicySpec = {
      podSelector: { matchLabels: workload.selector },
      policyTypes: ['Egress'],
      egress: rules,
    };
    const name = `${workload.name}-allow-backing-services`;
    return [policyManifest(name, workloadLabels(bound, workload), spec)];
  });
  return { manifests };
}

/** What the model tells of the backing services here. */
export const boundServices = (bound: Bound): Readonly<Record<string, BoundServiceModel>> =>
  Object.fromEntries(
    suppliesOf(bound).supplied.map(({ service, provider, provided }) => [
      service.name,
      { provider, ...provided.statement, gives: provided.gives },
    ]),
  );
