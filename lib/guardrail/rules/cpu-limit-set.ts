import { isAmount, limitOf, shownAmount } from '../amounts';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const limit = limitOf("'cpu'");
const broken = `!${isAmount(limit)}`;

/** Contested, so `strict` alone asks: a limit keeps neighbours safe from a spike, and slows that spike down where cores were free. */
export const cpuLimitSet = celRule({
  id: 'cpu-limit-set',
  severity: 'info',
  pack: 'strict',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'without a CPU limit above zero: ' + ${containersWhere(broken, shownAmount(limit), 'appAndInit')}`,
  why: 'A bounded burst keeps the spike of one service from starving those beside it.',
  fix: "Give the platform's defaults.cpuLimit a factor instead of 'none'; in a plain manifest, set resources.limits.cpu",
  references: { nsa: 'Resource policies' },
  equivalents: {
    'kube-score': ['container-resources'],
    polaris: ['cpuLimitsMissing'],
    trivy: ['KSV-0011'],
    checkov: ['CKV_K8S_11'],
    kubescape: ['C-0270'],
  },
});
