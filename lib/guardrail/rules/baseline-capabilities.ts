import { celList } from '../cel';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

/** What container runtimes give by default, without NET_RAW. */
const ALLOWED = celList([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const added = `c.?securityContext.?capabilities.?add.orValue([]).filter(x, !(x in ${ALLOWED}))`;
const broken = `${added}.size() > 0`;

export const baselineCapabilities = celRule({
  id: 'baseline-capabilities',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'added capabilities: ' + ${containersWhere(broken, `${added}.join(', ')`)}`,
  why: 'A capability beyond the defaults of container runtimes is a part of root on the node.',
  fix: 'Remove these from securityContext.capabilities.add; golden containers add none',
  references: { podSecurity: 'baseline: Capabilities', cis: '5.2.9' },
  equivalents: {
    polaris: ['dangerousCapabilities'],
    trivy: ['KSV-0005', 'KSV-0119', 'KSV-0120'],
    checkov: ['CKV_K8S_39'],
    kubescape: ['C-0046'],
  },
  impliedBy: 'restrict-added-capabilities',
});
