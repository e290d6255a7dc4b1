import { containersWhere, noContainer } from '../containers';
import { serverKinds } from '../kinds';
import { celRule } from '../rule';

/** Who scrapes metrics or asks for the health of a container does not wait until it is ready. */
const serves = "c.?ports.orValue([]).exists(p, !p.?name.orValue('').matches('metrics|health'))";
const broken = `${serves} && !c.?readinessProbe.hasValue()`;

/** Only containers that say on which port they serve: a worker that nobody calls has nothing to be ready for. */
export const readinessProbeSet = celRule({
  id: 'readiness-probe-set',
  severity: 'error',
  pack: 'golden-path',
  kinds: serverKinds,
  expression: noContainer(broken, 'containers'),
  message: `'serving without a readiness probe: ' + ${containersWhere(broken, undefined, 'containers')}`,
  why: 'Without it callers are sent to a pod that cannot answer yet, and a rollout goes on past pods that never will.',
  fix: "Give health, such as '/ready'; in a plain manifest, add a readinessProbe",
  equivalents: {
    'kube-score': ['pod-probes'],
    'kube-linter': ['no-readiness-probe'],
    polaris: ['readinessProbeMissing'],
    checkov: ['CKV_K8S_9'],
    kubescape: ['C-0018'],
  },
});
