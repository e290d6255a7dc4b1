import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt } from './fields';
import { objectsOf } from './objects';
import { workloadsOf } from './pods';
import { boundsIn, boundsText } from './scaling';
import { selectionIn } from './selectors';

export const pdbPresent = graphRule({
  id: 'pdb-present',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Deployment', 'StatefulSet'],
  judge,
  why: 'Without a budget a node upgrade may take all replicas away at once.',
  fix: 'Add a PodDisruptionBudget with maxUnavailable; a WebService and a Worker bring theirs',
  equivalents: {
    'kube-score': ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'],
    polaris: ['missingPodDisruptionBudget'],
  },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const boundsOf = boundsIn(scene);
  const workloads = workloadsOf(scene).filter(
    ({ kind }) => kind === 'Deployment' || kind === 'StatefulSet',
  );
  const selected = selectionIn(scene);
  const kept = new Set(
    objectsOf(scene, 'PodDisruptionBudget').flatMap((budget) =>
      selected(bagAt(budget, 'spec').selector),
    ),
  );
  return workloads.flatMap((workload) => {
    const bounds = boundsOf(workload);
    if (kept.has(workload) || !bounds || bounds.max < 2) return [];
    const { object } = workload;
    const found = `it has ${boundsText(bounds)} replicas, and no PodDisruptionBudget selects its pods`;
    return [{ object, found }];
  });
}
