import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const id = (field: string, unset: string): string =>
  `c.?securityContext.?${field}.orValue(variables.podSpec.?securityContext.?${field}.orValue(${unset}))`;
const broken = `${id('runAsUser', '0')} <= 10000 || ${id('runAsGroup', '0')} <= 10000`;
const ids = `'user ' + string(${id('runAsUser', "'unset'")}) + ', group ' + string(${id('runAsGroup', "'unset'")})`;

export const highUserAndGroupId = celRule({
  id: 'high-user-and-group-id',
  severity: 'warning',
  pack: 'strict',
  kinds: podKinds,
  expression: `variables.isWindows || ${noContainer(broken)}`,
  message: `'low or unknown ids: ' + ${containersWhere(broken, ids)}`,
  why: 'An id above 10000 is nobody on the node, should a process get out of its container.',
  fix: 'Leave out user, which is 10001 then, or give a number above 10000; in a plain manifest, set runAsUser and runAsGroup',
  equivalents: {
    'kube-score': ['container-security-context-user-group-id'],
    trivy: ['KSV-0020', 'KSV-0021'],
    checkov: ['CKV_K8S_40'],
  },
});
