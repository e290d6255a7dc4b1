import { celRule } from '../rule';

const policy = "variables.spec.?unhealthyPodEvictionPolicy.orValue('IfHealthyBudget')";

export const pdbEvictsUnhealthy = celRule({
  id: 'pdb-evicts-unhealthy',
  severity: 'info',
  pack: 'golden-path',
  kinds: ['PodDisruptionBudget'],
  expression: `${policy} == 'AlwaysAllow'`,
  message: `'unhealthyPodEvictionPolicy is ' + ${policy}`,
  why: 'Pods in a crash loop serve nobody, and would still stop the drain of their node.',
  fix: 'Set unhealthyPodEvictionPolicy to AlwaysAllow, as the budgets of WebService and Worker have it',
  equivalents: { 'kube-linter': ['pdb-unhealthy-pod-eviction-policy'] },
});
