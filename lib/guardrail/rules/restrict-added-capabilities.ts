import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const added =
  "c.?securityContext.?capabilities.?add.orValue([]).filter(x, x != 'NET_BIND_SERVICE')";
const broken = `${added}.size() > 0`;

export const restrictAddedCapabilities = celRule({
  id: 'restrict-added-capabilities',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: `variables.isWindows || ${noContainer(broken)}`,
  message: `'added capabilities: ' + ${containersWhere(broken, `${added}.join(', ')`)}`,
  why: 'Only the right to listen on a port below 1024 may be handed back; the others lead to the node.',
  fix: 'Remove securityContext.capabilities.add; golden containers add none, and a port such as 8080 needs none',
  references: { podSecurity: 'restricted: Capabilities', cis: '5.2.9' },
  equivalents: {
    polaris: ['dangerousCapabilities'],
    trivy: ['KSV-0022', 'KSV-0106'],
    checkov: ['CKV_K8S_25'],
    kubescape: ['C-0046'],
  },
});
