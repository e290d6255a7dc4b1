import { celRule } from '../rule';

const type = "variables.spec.?type.orValue('ClusterIP')";
const outside = 'variables.spec.?externalIPs.orValue([])';

export const serviceNotNodePort = celRule({
  id: 'service-not-node-port',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Service'],
  expression: `${type} != 'NodePort' && ${outside}.size() == 0`,
  message: `(['its type is NodePort'].filter(t, ${type} == 'NodePort') + ['its external IPs are ' + ${outside}.join(', ')].filter(t, ${outside}.size() > 0)).join(' and ')`,
  why: 'What comes in by a node port or an external IP passes no gateway: no TLS, no authentication, no access log.',
  fix: 'Use a WebService with expose; in a plain manifest, set type to ClusterIP, remove externalIPs and add an HTTPRoute',
  equivalents: { 'kube-score': ['service-type'], trivy: ['KSV-0108'] },
});
