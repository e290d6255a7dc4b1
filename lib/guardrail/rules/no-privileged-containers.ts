import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = 'c.?securityContext.?privileged.orValue(false)';

export const noPrivilegedContainers = celRule({
  id: 'no-privileged-containers',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'privileged containers: ' + ${containersWhere(broken)}`,
  why: 'A privileged container owns its node: no other rule matters once one is allowed.',
  fix: 'Remove the patch that sets privileged; golden containers never are',
  references: {
    podSecurity: 'baseline: Privileged Containers',
    cis: '5.2.2',
    nsa: 'Pod security: privileged',
  },
  equivalents: {
    'kube-score': ['container-security-context-privileged'],
    'kube-linter': ['privileged-container'],
    polaris: ['runAsPrivileged'],
    trivy: ['KSV-0017'],
    checkov: ['CKV_K8S_16'],
    kubescape: ['C-0057'],
  },
});
