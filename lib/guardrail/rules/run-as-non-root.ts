import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const OF_POD = 'variables.podSpec.?securityContext.?runAsNonRoot';
/** The pod may leave it out where each container sets it; it may not deny it. */
const broken = (context: string, whose: 'pod' | 'container'): string =>
  whose === 'container'
    ? `!${context}.?runAsNonRoot.orValue(${OF_POD}.orValue(false))`
    : `!${context}.?runAsNonRoot.orValue(true)`;

export const runAsNonRoot = celRule({
  id: 'run-as-non-root',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: noSecurityContext(broken),
  message: `'not made to run as non-root: ' + ${securityContextsWhere(broken)}`,
  why: 'With it the kubelet refuses to start an image that runs as root, whatever its Dockerfile forgot.',
  fix: 'Set securityContext.runAsNonRoot to true in the pod; golden pods have that, whatever user is',
  references: {
    podSecurity: 'restricted: Running as Non-root',
    cis: '5.2.7',
    nsa: 'Non-root containers',
  },
  equivalents: {
    'kube-linter': ['run-as-non-root'],
    polaris: ['runAsRootAllowed'],
    trivy: ['KSV-0012'],
    checkov: ['CKV_K8S_23'],
    kubescape: ['C-0013'],
  },
});
