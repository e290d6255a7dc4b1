export { askOf, endsByItself, type AskedWorkload, type EvidenceAsk } from './ask';
export type { CollectOptions } from './asker';
export { collectEvidence } from './collect';
export type { Collected, CollectedContainer } from './collected';
export type { Life } from './life';
export { verifyRequests, type ProposedCpu, type ProposedShare } from './verify';
export { lastDays, windowBefore, type Window } from './window';
