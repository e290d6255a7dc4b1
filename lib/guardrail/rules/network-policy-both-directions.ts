import { celRule } from '../rule';

const types = 'variables.spec.?policyTypes.orValue([])';
const ingress = 'variables.spec.?ingress.orValue([]).size()';
const egress = 'variables.spec.?egress.orValue([]).size()';

/** Unset types as the server fills them in: Ingress always, Egress where there are rules for it. */
const onIngress = `(${types}.size() == 0 || 'Ingress' in ${types})`;
const onEgress = `(${types}.size() == 0 ? ${egress} > 0 : 'Egress' in ${types})`;
const lost = `(!${onIngress} && ${ingress} > 0 || !${onEgress} && ${egress} > 0)`;
const half = `(${onIngress} && ${ingress} == 0 && !${onEgress} || ${onEgress} && ${egress} == 0 && !${onIngress})`;

/**
 * Policies add up, so one that only allows something may speak of one direction. One that shuts pods off must speak of both, and a rule
 * for a direction that is not among the types has no effect.
 */
export const networkPolicyBothDirections = celRule({
  id: 'network-policy-both-directions',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['NetworkPolicy'],
  expression: `!${lost} && !${half}`,
  message: `${lost} ? 'its rules for ' + (${onIngress} ? 'egress' : 'ingress') + ' have no effect, because policyTypes leaves that direction out' : 'it shuts off ' + (${onIngress} ? 'ingress and leaves egress' : 'egress and leaves ingress') + ' open'`,
  why: 'A policy that shuts off one direction looks like isolation, and leaves the other one open.',
  fix: 'Use a WebService, Worker or ScheduledJob, whose policy has both; in a plain manifest, name Ingress and Egress in policyTypes',
  references: { cis: '5.3.2', nsa: 'Network separation' },
  equivalents: {
    'kube-score': ['pod-networkpolicy'],
    polaris: ['missingNetworkPolicy'],
    kubescape: ['C-0030'],
  },
});
