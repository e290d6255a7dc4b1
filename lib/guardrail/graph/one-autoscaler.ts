import { grouped } from '../../foundation';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { titleOf } from './objects';
import { allAutoscalersOf, targetOf } from './scaling';

/** KEDA's own webhook refuses the second one, where it is installed; Kubernetes takes both. */
export const oneAutoscaler = graphRule({
  id: 'one-autoscaler',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  judge,
  why: 'Two autoscalers of one workload undo what the other has just done.',
  fix: 'Keep one of them; a Worker with scale.on has its own',
});

function judge(scene: Scene): readonly SceneFinding[] {
  const byTarget = grouped(allAutoscalersOf(scene), targetOf);
  return [...byTarget].flatMap(([target, [first, ...others]]) =>
    others.map((object) => ({
      object,
      found: `it scales ${target}, and ${first ? titleOf(first) : 'another one'} does it too`,
    })),
  );
}
