import { celRule } from '../rule';

const gone = "string(variables.spec.?maxUnavailable.orValue(''))";
const left = "string(variables.spec.?minAvailable.orValue(''))";

/** A number as minAvailable may leave room or not: that depends on the replicas. */
export const pdbAllowsDisruption = celRule({
  id: 'pdb-allows-disruption',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['PodDisruptionBudget'],
  expression: `${gone} + ${left} != '' && !${gone}.matches('^0+%?$') && !${left}.matches('^0*100%$')`,
  message: `${gone} + ${left} == '' ? 'neither maxUnavailable nor minAvailable is set, which allows nothing' : (${gone} == '' ? 'minAvailable is ' + ${left} : 'maxUnavailable is ' + ${gone})`,
  why: 'A budget that allows nothing stops every upgrade of the nodes until somebody deletes it at night.',
  fix: 'Remove the patch of the budget; in a plain manifest, set maxUnavailable to 25% or 1',
  equivalents: {
    'kube-score': ['poddisruptionbudget-has-policy'],
    'kube-linter': ['pdb-max-unavailable', 'pdb-min-available'],
    polaris: ['pdbDisruptionsIsZero'],
  },
});
