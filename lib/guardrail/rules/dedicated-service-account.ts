import { podKinds } from '../kinds';
import { celRule } from '../rule';

export const dedicatedServiceAccount = celRule({
  id: 'dedicated-service-account',
  severity: 'warning',
  pack: 'golden-path',
  kinds: podKinds,
  // The API server copies the old name of the field into the new one where that is empty.
  expression:
    "variables.podSpec.?serviceAccountName.orValue('') == '' ? !(variables.podSpec.?serviceAccount.orValue('') in ['', 'default']) : variables.podSpec.serviceAccountName != 'default'",
  message: "'it runs as the service account default of its namespace'",
  why: 'What is granted to one workload must not be granted to every pod of its namespace.',
  fix: 'Set serviceAccountName to a ServiceAccount that only this workload has; golden pods have one of their name',
  references: { cis: '5.1.5' },
  equivalents: { 'kube-linter': ['default-service-account'], checkov: ['CKV_K8S_41'] },
});
