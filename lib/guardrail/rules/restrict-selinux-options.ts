import { celList } from '../cel';
import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

/** As of Kubernetes 1.30, the version that our namespaces pin. */
const TYPES = celList(['', 'container_t', 'container_init_t', 'container_kvm_t']);
const option = (context: string): string => `${context}.?seLinuxOptions[?f].orValue('')`;
const wrong = (context: string): string =>
  `['type', 'user', 'role'].filter(f, !(${option(context)} in (f == 'type' ? ${TYPES} : [''])))`;
const broken = (context: string): string => `${wrong(context)}.size() > 0`;
const shown = (context: string): string =>
  `${wrong(context)}.map(f, f + ' ' + ${option(context)}).join(', ')`;

export const restrictSelinuxOptions = celRule({
  id: 'restrict-selinux-options',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noSecurityContext(broken),
  message: `'SELinux options: ' + ${securityContextsWhere(broken, shown)}`,
  why: 'An SELinux label of its own choice can lift a container over the policy of its node.',
  fix: 'Remove user and role from seLinuxOptions, and type unless it is container_t, container_init_t or container_kvm_t',
  references: { podSecurity: 'baseline: SELinux' },
  equivalents: { trivy: ['KSV-0025'] },
});
