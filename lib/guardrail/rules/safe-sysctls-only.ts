import { celList } from '../cel';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

/** As of Kubernetes 1.30, the version that our namespaces pin. */
const SAFE = celList([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);
const unsafe = `variables.podSpec.?securityContext.?sysctls.orValue([]).map(s, s.?name.orValue('?')).filter(s, !(s in ${SAFE}))`;

export const safeSysctlsOnly = celRule({
  id: 'safe-sysctls-only',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: `${unsafe}.size() == 0`,
  message: `'unsafe sysctls: ' + ${unsafe}.join(', ')`,
  why: 'Most settings of the kernel are those of all pods on the node.',
  fix: 'Remove these from securityContext.sysctls, and have the nodes set up with what the workload needs',
  references: { podSecurity: 'baseline: Sysctls' },
  equivalents: { 'kube-linter': ['unsafe-sysctls'], trivy: ['KSV-0026'] },
});
