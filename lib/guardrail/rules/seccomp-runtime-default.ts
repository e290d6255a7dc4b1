import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const type = (context: string, unset: string): string =>
  `${context}.?seccompProfile.?type.orValue(${unset})`;
const OF_POD = type('variables.podSpec.?securityContext', "''");
/** The pod may leave it out where each container sets it; it may not switch it off. */
const broken = (context: string, whose: 'pod' | 'container'): string =>
  whose === 'container'
    ? `!(${type(context, OF_POD)} in ['RuntimeDefault', 'Localhost'])`
    : `!(${OF_POD} in ['', 'RuntimeDefault', 'Localhost'])`;
const shown = (context: string): string => type(context, "'unset'");

export const seccompRuntimeDefault = celRule({
  id: 'seccomp-runtime-default',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: `variables.isWindows || ${noSecurityContext(broken)}`,
  message: `'no seccomp profile: ' + ${securityContextsWhere(broken, shown)}`,
  why: 'Without a profile a container reaches every system call of the kernel, and every hole in one.',
  fix: 'Set securityContext.seccompProfile.type to RuntimeDefault in the pod; golden pods and containers have that',
  references: { podSecurity: 'restricted: Seccomp', cis: '5.7.2', nsa: 'Linux hardening' },
  equivalents: {
    'kube-score': ['container-seccomp-profile'],
    polaris: ['linuxHardening'],
    trivy: ['KSV-0030', 'KSV-0104'],
    checkov: ['CKV_K8S_31'],
    kubescape: ['C-0055'],
  },
});
