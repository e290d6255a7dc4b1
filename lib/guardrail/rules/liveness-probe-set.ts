import { containersWhere, noContainer } from '../containers';
import { serverKinds } from '../kinds';
import { celRule } from '../rule';

const broken = '!c.?livenessProbe.hasValue()';

/**
 * Contested, so `strict` alone asks: a hasty liveness probe makes an outage of a slow minute. A worker without a port has none, and
 * `health.liveness: { none: … }` has its reason in the code.
 */
export const livenessProbeSet = celRule({
  id: 'liveness-probe-set',
  severity: 'info',
  pack: 'strict',
  kinds: serverKinds,
  expression: noContainer(broken, 'containers'),
  message: `'without a liveness probe: ' + ${containersWhere(broken, undefined, 'containers')}`,
  why: 'Nothing else restarts a process that hangs.',
  fix: 'Give health.liveness a check that looks at no dependency; in a plain manifest, add a patient livenessProbe',
  equivalents: {
    polaris: ['livenessProbeMissing'],
    checkov: ['CKV_K8S_8'],
    kubescape: ['C-0056'],
  },
});
