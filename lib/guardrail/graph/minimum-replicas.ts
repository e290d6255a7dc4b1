import { graphRule, type Scene, type SceneFinding } from '../rule';
import { nameOf, titleOf } from './objects';
import { workloadsOf } from './pods';
import { boundsIn, declaredIn, replicasText, type Bounds } from './scaling';

/**
 * A team may declare that there is only one, and an environment may have room for one only. What has no replicas at all is switched off, or
 * waits for work.
 */
export const minimumReplicas = graphRule({
  id: 'minimum-replicas',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Deployment', 'StatefulSet'],
  judge,
  why: 'One pod does not survive the drain of its node.',
  fix: 'Give scale a min of 2 or more, or { min: 1, max: 1 } where there must be only one; elsewhere spec.replicas',
  equivalents: { 'kube-score': ['deployment-replicas'], polaris: ['deploymentMissingReplicas'] },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const boundsOf = boundsIn(scene);
  const scaleOf = declaredIn(scene);
  const stated = statedIn(scene);
  return workloadsOf(scene).flatMap((workload) => {
    const { object, kind } = workload;
    if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
    if (kind === 'StatefulSet' && stated.has(nameOf(object))) return [];
    const bounds = boundsOf(workload);
    if (bounds?.min !== 1) return [];
    const { declared, here } = scaleOf(titleOf(object)) ?? {};
    if (declared && here && mayBeAlone(declared, here)) return [];
    const may = bounds.max > bounds.min ? 'may go down to' : 'has';
    return [{ object, found: `it ${may} ${replicasText(bounds.min)}` }];
  });
}

/** Where none would do, one does: an environment without KEDA keeps one. */
const mayBeAlone = (declared: Bounds, here: Bounds): boolean =>
  declared.max === 1 || declared.min === 0 || here.min < declared.min;

/** Backing services of which the provider says that they are not highly available: whoever reads the model knows. */
const statedIn = ({ environment }: Scene): ReadonlySet<string> =>
  new Set(
    Object.entries(environment?.services ?? {})
      .filter(([, { highlyAvailable }]) => !highlyAvailable)
      .map(([name]) => name),
  );
