import { limitOf, requestOf } from '../amounts';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const limit = limitOf("'memory'");
const request = requestOf("'memory'");
const same = `isQuantity(${limit}) && isQuantity(${request}) && quantity(${limit}).compareTo(quantity(${request})) == 0`;
/** No limit at all is the finding of another rule. */
const broken = `${limit} != '' && !(${same})`;

/** Advice: who knows the use of a service well may share memory between pods on purpose. Every size of this library keeps it. */
export const memoryRequestEqualsLimit = celRule({
  id: 'memory-request-equals-limit',
  severity: 'info',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'memory requests other than the limit: ' + ${containersWhere(broken, `${request} + ', limit ' + ${limit}`, 'appAndInit')}`,
  why: 'Memory cannot be taken back: what a pod uses beyond its request is lent by others, and ends in evictions.',
  fix: 'Give the workload a size, which sets both; in a plain manifest, set resources.requests.memory to the memory limit',
  equivalents: { 'kube-score': ['container-memory-requests-equal-limits'] },
});
