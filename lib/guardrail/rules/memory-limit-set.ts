import { isAmount, limitOf, shownAmount } from '../amounts';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const limit = limitOf("'memory'");
const broken = `!${isAmount(limit)}`;

export const memoryLimitSet = celRule({
  id: 'memory-limit-set',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'without a memory limit above zero: ' + ${containersWhere(broken, shownAmount(limit), 'appAndInit')}`,
  why: 'A leak should end its own container, not the pods that happen to run beside it.',
  fix: 'Give the workload a size, such as Size.S; in a plain manifest, set resources.limits.memory to the memory request',
  references: { nsa: 'Resource policies' },
  equivalents: {
    'kube-score': ['container-resources'],
    'kube-linter': ['unset-memory-requirements'],
    polaris: ['memoryLimitsMissing'],
    trivy: ['KSV-0018'],
    checkov: ['CKV_K8S_13'],
    kubescape: ['C-0271'],
  },
});
