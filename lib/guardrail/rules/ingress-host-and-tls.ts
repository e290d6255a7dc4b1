import { celRule } from '../rule';

const hosts = "variables.spec.?rules.orValue([]).map(r, r.?host.orValue(''))";
const open = `${hosts}.filter(h, h == '' || h.startsWith('*'))`;
/** A wildcard certificate is taken to fit, as is an entry without hosts: the controller has one for those. */
const plain = `${hosts}.filter(h, !variables.spec.?tls.orValue([]).exists(t, t.?hosts.orValue([]).size() == 0 || t.?hosts.orValue([]).exists(x, x == h || x.startsWith('*'))))`;

export const ingressHostAndTls = celRule({
  id: 'ingress-host-and-tls',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Ingress'],
  expression: `${hosts}.size() > 0 && ${open}.size() + ${plain}.size() == 0`,
  message: `(['it has no rule, so it takes every host'].filter(t, ${hosts}.size() == 0) + ${open}.map(h, 'a rule takes ' + (h == '' ? 'every host' : h)) + ${plain}.map(h, 'no TLS for ' + (h == '' ? 'a rule without a host' : h))).join(', ')`,
  why: 'Whoever takes every host gets the requests meant for others, and without TLS everybody on the way reads along.',
  fix: 'Use a WebService with expose, whose HTTPRoute has a host on a gateway with TLS; in a plain manifest, give each rule a host and spec.tls an entry with it',
  equivalents: { polaris: ['tlsSettingsMissing'] },
});
