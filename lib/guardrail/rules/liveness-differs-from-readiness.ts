import { containersWhere, noContainer } from '../containers';
import { serverKinds } from '../kinds';
import { celRule } from '../rule';

/** A port by its number, whether the probe says number or name. */
const port = (given: string): string =>
  `[string(${given}.orValue(''))].map(q, (c.?ports.orValue([]).filter(p, p.?name.orValue('') == q && q != '').map(p, string(p.?containerPort.orValue(q))) + [q])[0]).join('')`;

const headers = (http: string): string =>
  `${http}.?httpHeaders.orValue([]).map(h, ' ' + h.?name.orValue('') + '=' + h.?value.orValue('')).join('')`;

/** What a probe asks, as text; its timing left out. */
const asked = (probe: string): string => {
  const [http, tcp, grpc] = [`${probe}.?httpGet`, `${probe}.?tcpSocket`, `${probe}.?grpc`];
  const path = `[${http}.?path.orValue('')].map(t, t == '' ? '/' : t).join('')`;
  return `(${[
    `${http}.hasValue() ? 'GET ' + ${path} + ' on ' + ${port(`${http}.?port`)}`,
    `${tcp}.hasValue() ? 'TCP on ' + ${port(`${tcp}.?port`)}`,
    `${grpc}.hasValue() ? 'gRPC on ' + string(${grpc}.?port.orValue('')) + [${grpc}.?service.orValue('')].filter(t, t != '').map(t, ' for ' + t).join('')`,
    `${probe}.?exec.?command.orValue([]).join(' ')`,
  ].join(' : ')})`;
};

const liveness = asked('c.?livenessProbe');
const readiness = asked('c.?readinessProbe');
/** Headers may tell two checks apart; they are not shown, for one may be a credential. */
const broken = `${liveness} != '' && ${liveness} == ${readiness} && ${headers('c.?livenessProbe.?httpGet')} == ${headers('c.?readinessProbe.?httpGet')}`;

/** Other patience does not make it another check: Kubernetes' documentation suggests that, and it delays the restarts only. */
export const livenessDiffersFromReadiness = celRule({
  id: 'liveness-differs-from-readiness',
  severity: 'warning',
  pack: 'golden-path',
  kinds: serverKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'one check for liveness and readiness: ' + ${containersWhere(broken, liveness, 'appAndInit')}`,
  why: 'A check that takes a pod out of its Service while a dependency is slow would restart every replica as well.',
  fix: 'Leave out health.liveness, or give it an endpoint that looks at no dependency; in a plain manifest, let livenessProbe open a TCP connection',
  equivalents: { 'kube-score': ['pod-probes-identical'] },
});
