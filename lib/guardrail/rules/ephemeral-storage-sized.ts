import { isAmount, limitOf, requestOf, shownAmount } from '../amounts';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const limit = limitOf("'ephemeral-storage'");
const request = requestOf("'ephemeral-storage'");
const broken = `!${isAmount(request)} || !${isAmount(limit)}`;

export const ephemeralStorageSized = celRule({
  id: 'ephemeral-storage-sized',
  severity: 'info',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'without ephemeral storage above zero: ' + ${containersWhere(broken, `'request ' + ${shownAmount(request)} + ', limit ' + ${shownAmount(limit)}`, 'appAndInit')}`,
  why: 'Scratch and logs without a bound fill the disk of the node, and pods beside it are evicted.',
  fix: 'Name writable folders in scratch with their sizes, from which both follow; in a plain manifest, set resources.requests.ephemeral-storage and resources.limits.ephemeral-storage',
  equivalents: { 'kube-score': ['container-ephemeral-storage-request-and-limit'] },
});
