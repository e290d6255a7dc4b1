import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = "!('ALL' in c.?securityContext.?capabilities.?drop.orValue([]))";

export const dropAllCapabilities = celRule({
  id: 'drop-all-capabilities',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: `variables.isWindows || ${noContainer(broken)}`,
  message: `'containers that keep capabilities: ' + ${containersWhere(broken)}`,
  why: 'The capabilities that a runtime gives by default are parts of root that hardly any service needs.',
  fix: 'Set securityContext.capabilities.drop to [ALL]; golden containers have that, so remove the patch that changes it',
  references: {
    podSecurity: 'restricted: Capabilities',
    cis: '5.2.8, 5.2.10',
    nsa: 'Pod security: capabilities',
  },
  equivalents: {
    'kube-linter': ['drop-net-raw-capability'],
    polaris: ['insecureCapabilities'],
    trivy: ['KSV-0003', 'KSV-0004', 'KSV-0106'],
    checkov: ['CKV_K8S_28', 'CKV_K8S_37'],
  },
});
