import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = 'c.?securityContext.?allowPrivilegeEscalation.orValue(true)';

export const noPrivilegeEscalation = celRule({
  id: 'no-privilege-escalation',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: `variables.isWindows || ${noContainer(broken)}`,
  message: `'containers that may gain privileges: ' + ${containersWhere(broken)}`,
  why: 'A program with the set-uid bit would regain the rights that the security context took away.',
  fix: 'Set securityContext.allowPrivilegeEscalation to false; golden containers have that, so remove the patch that changes it',
  references: {
    podSecurity: 'restricted: Privilege Escalation',
    cis: '5.2.6',
    nsa: 'Pod security: privilege escalation',
  },
  equivalents: {
    'kube-linter': ['privilege-escalation-container'],
    polaris: ['privilegeEscalationAllowed'],
    trivy: ['KSV-0001'],
    checkov: ['CKV_K8S_20'],
    kubescape: ['C-0016'],
  },
});
