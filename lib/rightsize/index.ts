export { askOf, endsByItself, type AskedWorkload, type EvidenceAsk } from './ask';
export type { CollectOptions } from './asker';
export { collectEvidence } from './collect';
export type { Collected, CollectedContainer } from './collected';
export type { Life } from './life';
export { verifyRequests, type ProposedCpu, type ProposedShare } from './verify';
export { lastDays, windowBefore, type Window } from './window';
export { tryIncident, type Incident } from './incident';
export {
  rightsize,
  type RightsizeOptions,
  type SizedApplication,
  type SizedContainer,
} from './rightsize';
export {
  environmentOf,
  rewriteLock,
  type LockChange,
  type RewrittenLock,
  type WrittenBy,
} from './rewrite-lock';
export { sizesPage, type PageOrigin } from './page';
export * from './amount-text';
export * from './cost';
export * from './environment-requests';
export * from './locked-requests';
export * from './workload-requests';
