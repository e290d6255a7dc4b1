import { podKinds } from '../kinds';
import { celRule } from '../rule';

const mounted = (unset: string): string =>
  `variables.podSpec.?automountServiceAccountToken.orValue(${unset})`;

export const noServiceAccountToken = celRule({
  id: 'no-service-account-token',
  severity: 'warning',
  pack: 'golden-path',
  kinds: podKinds,
  expression: `!${mounted('true')}`,
  message: `'automountServiceAccountToken is ' + string(${mounted("'unset'")})`,
  why: 'Most services never call the Kubernetes API, so a credential for it can only be stolen.',
  fix: 'Set automountServiceAccountToken to false in the pod, as golden pods have it; where the Kubernetes API is called, mount a projected token',
  references: { cis: '5.1.6', nsa: 'Service account tokens' },
  equivalents: {
    polaris: ['automountServiceAccountToken'],
    trivy: ['KSV-0036'],
    checkov: ['CKV_K8S_38'],
    kubescape: ['C-0034'],
  },
});
