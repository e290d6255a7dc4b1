import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const handlers =
  "(['livenessProbe', 'readinessProbe', 'startupProbe'].map(p, c[?p].orValue({})) + ['postStart', 'preStop'].map(h, c.?lifecycle[?h].orValue({})))";
/** A handler has one of the two. */
const host = "h.?httpGet.?host.orValue('') + h.?tcpSocket.?host.orValue('')";
const hosts = `${handlers}.map(h, ${host}).filter(n, n != '')`;
const broken = `${hosts}.size() > 0`;

export const noProbeOrHookHost = celRule({
  id: 'no-probe-or-hook-host',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'hosts in probes and hooks: ' + ${containersWhere(broken, `${hosts}.join(', ')`)}`,
  why: 'A probe of another host makes the kubelet send requests from inside the network of the nodes.',
  fix: 'Remove host, so that the pod itself is asked; health never names one',
  references: { podSecurity: 'baseline: Host Probes / Lifecycle Hooks (since 1.34)' },
});
