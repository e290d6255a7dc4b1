import { celRule } from '../rule';

const subjects = 'dyn(object).?subjects.orValue([])';

export const noClusterAdminBinding = celRule({
  id: 'no-cluster-admin-binding',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['ClusterRoleBinding', 'RoleBinding'],
  expression:
    "dyn(object).?roleRef.?name.orValue('') != 'cluster-admin' || dyn(object).?roleRef.?kind.orValue('') == 'Role'",
  message: `'it makes a cluster-admin of ' + (${subjects}.size() == 0 ? 'nobody yet' : ${subjects}.map(s, s.?kind.orValue('') + ' ' + s.?name.orValue('?')).join(', '))`,
  why: 'Whoever gets into such a workload owns the cluster, or with a RoleBinding all of its namespace.',
  fix: 'Bind a Role with the few permissions that are needed',
  references: { cis: '5.1.1' },
  equivalents: {
    'kube-linter': ['cluster-admin-role-binding'],
    polaris: ['clusterrolebindingClusterAdmin'],
    trivy: ['KSV-0111'],
    kubescape: ['C-0035'],
  },
});
