import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const type = (context: string): string => `${context}.?seccompProfile.?type.orValue('')`;
const broken = (context: string): string =>
  `!(${type(context)} in ['', 'RuntimeDefault', 'Localhost'])`;

export const noUnconfinedSeccomp = celRule({
  id: 'no-unconfined-seccomp',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noSecurityContext(broken),
  message: `'seccomp profiles: ' + ${securityContextsWhere(broken, type)}`,
  why: 'Without a profile a container reaches every system call of the kernel, and every hole in one.',
  fix: 'Remove the profile Unconfined; golden pods and containers have RuntimeDefault',
  references: { podSecurity: 'baseline: Seccomp', cis: '5.7.2', nsa: 'Linux hardening' },
  equivalents: { trivy: ['KSV-0104'] },
  impliedBy: 'seccomp-runtime-default',
});
