import { graphRule, type Scene, type SceneFinding } from '../rule';
import { titleOf } from './objects';
import { workloadsOf } from './pods';
import { allAutoscalersOf, autoscalerBounds, declaredIn, replicasText, targetOf } from './scaling';

/**
 * What the team declared on purpose is fine: at most one replica, or a fixed number. So is what the capacity of the environment made of
 * it. What may go down to none waits for work, and has nobody to fail. Where the target is at hand, `minimum-replicas` says of it that it may be alone.
 */
export const hpaRange = graphRule({
  id: 'hpa-range',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  judge,
  why: 'An autoscaler that may shrink to one pod gives the redundancy away, and one without room above cannot scale.',
  fix: 'Give scale a min of 2 or more and a max above it; elsewhere minReplicas and maxReplicas',
  equivalents: {
    'kube-score': ['horizontalpodautoscaler-replicas'],
    polaris: ['hpaMinAvailability', 'hpaMaxAvailability'],
  },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const scaleOf = declaredIn(scene);
  const targets = new Set(workloadsOf(scene).map(({ object }) => titleOf(object)));
  return allAutoscalersOf(scene).flatMap((object) => {
    const bounds = autoscalerBounds(object);
    if (!bounds) return [];
    const { declared, here } = scaleOf(targetOf(object)) ?? {};
    const mayBeOne =
      targets.has(targetOf(object)) ||
      (declared && here && (declared.max < 2 || declared.min === 0 || here.min < declared.min));
    const mayBeFixed =
      declared && here && (declared.min === declared.max || here.max < declared.max);
    const found = [
      ...(bounds.min === 1 && !mayBeOne ? [`it may go down to ${replicasText(bounds.min)}`] : []),
      ...(bounds.max === bounds.min && !mayBeFixed
        ? [`it can only have ${replicasText(bounds.max)}`]
        : []),
    ];
    return found.length === 0 ? [] : [{ object, found: found.join(', and ') }];
  });
}
