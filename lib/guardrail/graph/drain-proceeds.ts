import type { Manifest } from '../../foundation';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, valueAt, type Bag } from './fields';
import { objectsOf, titleOf } from './objects';
import type { Workload } from './pods';
import { boundsIn, boundsText, countOf, replicasText, type Bounds } from './scaling';
import { selectionIn, type Pods } from './selectors';

/** The disruption controller asks the owner of a pod for its number of replicas, and these have none. */
const uncounted: readonly (string | undefined)[] = ['Job', 'CronJob', 'DaemonSet'];

/**
 * Computes as the disruption controller does. All numbers are least favourable at the smallest count from one, as percentages round up,
 * so that count decides. It is judged per environment, because the capacity of each decides the count.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export const drainProceeds = graphRule({
  id: 'drain-proceeds',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['PodDisruptionBudget'],
  judge,
  why: 'A budget that lets no pod go stops every node upgrade until somebody deletes it at night.',
  fix: 'Set maxUnavailable to 1 or a percentage, give each pod one budget, and scale.min what the budget needs',
  equivalents: {
    'kube-score': ['poddisruptionbudget-has-policy'],
    'kube-linter': ['pdb-max-unavailable', 'pdb-min-available'],
    polaris: ['pdbDisruptionsIsZero', 'pdbMinAvailableGreaterThanHPAMinReplicas'],
  },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const bounds = boundsIn(scene);
  const selected = selectionIn(scene);
  const budgets = new Map<Pods, Manifest>();
  return objectsOf(scene, 'PodDisruptionBudget').flatMap((object) => {
    const spec = bagAt(object, 'spec');
    const pods = selected(spec.selector);
    const shared = pods.find((each) => budgets.has(each));
    const other = shared && budgets.get(shared);
    for (const each of pods) budgets.set(each, object);
    if (shared && other) {
      const found = `${titleOf(other)} selects the pods of ${titleOf(shared.object)} too, and a pod with two budgets is never evicted`;
      return [{ object, found }];
    }
    const found = obstacle(spec, pods, bounds);
    return found === undefined ? [] : [{ object, found }];
  });
}

/** What stops a drain; undefined when nothing does, or nobody can tell. */
function obstacle(
  spec: Bag,
  pods: readonly Pods[],
  bounds: (workload: Workload) => Bounds | undefined,
): string | undefined {
  const field = ['maxUnavailable', 'minAvailable'].find(
    (name) => valueAt(spec, name) !== undefined,
  );
  if (pods.length === 0) return undefined;
  if (!field) return 'it has neither maxUnavailable nor minAvailable, which lets no pod be evicted';
  const value = spec[field];
  const asksOwners = field === 'maxUnavailable' || typeof value === 'string';
  const without = pods.find(({ kind }) => asksOwners && uncounted.includes(kind));
  if (without) {
    return `it selects the pods of ${titleOf(without.object)}, which has no replica count, so no pod may be evicted`;
  }
  const known = pods.flatMap((each) => (each.kind && bounds(each)) ?? []);
  const all = sum(known);
  if (known.length < pods.length || all.max === 0) return undefined;
  const count = Math.max(1, all.min);
  // A pod that no controller made is healthy, but not expected.
  const expected = count - pods.filter(({ kind }) => asksOwners && kind === 'Pod').length;
  const amount = countOf(value, expected);
  if (amount === undefined) return undefined;
  const desired = field === 'maxUnavailable' ? Math.max(0, expected - amount) : amount;
  if (expected > 0 && count > desired) return undefined;
  const range = all.min === all.max ? '' : `, and there are ${boundsText(all)}`;
  return `${field} ${String(value)} lets no pod be evicted at ${replicasText(count)}${range}`;
}

const sum = (bounds: readonly Bounds[]): Bounds => ({
  min: bounds.reduce((total, { min }) => total + min, 0),
  max: bounds.reduce((total, { max }) => total + max, 0),
});
