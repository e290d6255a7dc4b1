import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const mount = "c.?securityContext.?procMount.orValue('Default')";
const broken = `${mount} != 'Default'`;

export const defaultProcMount = celRule({
  id: 'default-proc-mount',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'proc mounts: ' + ${containersWhere(broken, mount)}`,
  why: 'An unmasked /proc shows the container the state of its node, and lets it change some of it.',
  fix: 'Remove securityContext.procMount; golden containers have none',
  references: { podSecurity: 'baseline: /proc Mount Type' },
  equivalents: {
    'kube-linter': ['unsafe-proc-mount'],
    polaris: ['procMount'],
    trivy: ['KSV-0027'],
  },
});
