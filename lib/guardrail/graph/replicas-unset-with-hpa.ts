import { describe } from '../../foundation';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { valueAt } from './fields';
import { titleOf } from './objects';
import { workloadsOf } from './pods';
import { autoscalersOf } from './scaling';

export const replicasUnsetWithHpa = graphRule({
  id: 'replicas-unset-with-hpa',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  judge,
  why: 'Each apply would set the number back that the autoscaler has found.',
  fix: 'Remove spec.replicas; scale says how many there may be',
  equivalents: { 'kube-score': ['deployment-targeted-by-hpa-does-not-have-replicas-configured'] },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const autoscalers = autoscalersOf(scene);
  return workloadsOf(scene).flatMap(({ object, spec }) => {
    const autoscaler = autoscalers.get(titleOf(object));
    const replicas = valueAt(spec, 'replicas');
    if (!autoscaler || replicas === undefined) return [];
    const found = `spec.replicas is ${describe(replicas)}, and ${titleOf(autoscaler)} decides it`;
    return [{ object, found }];
  });
}
