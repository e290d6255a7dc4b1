import { isAmount, requestOf, shownAmount } from '../amounts';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const missing = `['cpu', 'memory'].filter(r, !${isAmount(requestOf('r'))})`;
const broken = `${missing}.size() > 0`;

/** A limit without a request counts: in the pod that runs, the request is the same. */
export const resourceRequestsSet = celRule({
  id: 'resource-requests-set',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'without requests above zero: ' + ${containersWhere(broken, `${missing}.map(r, r + ' ' + ${shownAmount(requestOf('r'))}).join(', ')`, 'appAndInit')}`,
  why: 'The scheduler places a pod by its requests; without them a node fills up until pods are killed.',
  fix: 'Give the workload a size, such as Size.S; in a plain manifest, set resources.requests.cpu and resources.requests.memory',
  references: { nsa: 'Resource policies' },
  equivalents: {
    'kube-score': ['container-resources'],
    'kube-linter': ['unset-cpu-requirements', 'unset-memory-requirements'],
    polaris: ['cpuRequestsMissing', 'memoryRequestsMissing'],
    trivy: ['KSV-0015', 'KSV-0016'],
    checkov: ['CKV_K8S_10', 'CKV_K8S_12'],
    kubescape: ['C-0268', 'C-0269'],
  },
});
