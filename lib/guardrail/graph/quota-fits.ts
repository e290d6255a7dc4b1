import { cores, mebibytes, type Manifest } from '../../foundation';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, type Bag } from './fields';
import { loadsOf, type Load } from './loads';
import { objectsOf } from './objects';
import { podAmount, tryNanos, type Side } from './pod-amounts';

/**
 * The worst that is allowed: every workload at its most, and all rolled out at once, as a release does it. A run of a job counts once, a
 * DaemonSet as one pod, because the number of nodes is unknown. A quota for some of the pods only (with scopes) is not judged.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export const quotaFits = graphRule({
  id: 'quota-fits',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['ResourceQuota'],
  judge,
  why: 'Pods beyond the quota are refused when the load is highest or in the middle of a release.',
  fix: 'Raise the quota, or lower size or scale.max of the workloads; elsewhere requests, limits or maxReplicas',
});

function judge(scene: Scene): readonly SceneFinding[] {
  const quotas = objectsOf(scene, 'ResourceQuota');
  if (quotas.length === 0) return [];
  const loads = loadsOf(scene);
  return quotas.flatMap((object) => {
    const spec = bagAt(object, 'spec');
    const { scopes, scopeSelector } = spec;
    if ((Array.isArray(scopes) && scopes.length > 0) || scopeSelector) return [];
    return Object.entries(bagAt(spec, 'hard')).flatMap(([name, hard]) =>
      exceeded(object, loads, name, hard),
    );
  });
}

function exceeded(
  object: Manifest,
  loads: readonly Load[],
  name: string,
  hard: unknown,
): readonly SceneFinding[] {
  const limit = tryNanos(hard);
  const resource = COUNTED.get(name);
  if (limit === undefined || !resource) return [];
  const amounts = loads.map(({ podSpec, pods, surge }) => {
    const amount = resource.of(podSpec);
    return { all: amount * BigInt(pods + surge), surge: amount * BigInt(surge) };
  });
  const all = amounts.reduce((sum, amount) => sum + amount.all, 0n);
  const surge = amounts.reduce((sum, amount) => sum + amount.surge, 0n);
  if (all <= limit) return [];
  const part = surge > 0n ? `, of which ${resource.text(surge)} for the surge of a release,` : '';
  const found = `${name} is ${String(hard)}, and the workloads may come to ${resource.text(all)}${part} at their most`;
  return [{ object, found }];
}

interface Counted {
  readonly of: (podSpec: Bag) => bigint;
  readonly text: (nanos: bigint) => string;
}

const NANOS = 1_000_000_000n;
const unitsOf = (nanos: bigint): number => Number(nanos) / Number(NANOS);

const counted = (side: Side, resource: string): Counted => ({
  of: (podSpec) => podAmount(podSpec, side, resource),
  text: (nanos) => (resource === 'cpu' ? cores : mebibytes)(unitsOf(nanos)),
});

/** What a quota may limit, as far as it is judged. */
const COUNTED = new Map<string, Counted>([
  ['pods', { of: () => NANOS, text: (nanos) => String(unitsOf(nanos)) }],
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((resource): (readonly [string, Counted])[] => [
    [resource, counted('requests', resource)],
    [`requests.${resource}`, counted('requests', resource)],
    [`limits.${resource}`, counted('limits', resource)],
  ]),
]);
