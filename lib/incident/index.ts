export * from './on-call';
export { applicationRunbooks, type RunbookSources } from './runbook/application-runbooks';
export { resolveRunbook, type ResolvedRunbook } from './runbook/resolve-runbook';
export type {
  AutomatedResponse,
  AutomatedResponses,
  ResponseSignature,
} from './runbook/response-props';
export {
  jobRunbookShape,
  runbookShape,
  runbooksShape,
  type JobRunbook,
  type ManualStep,
  type Runbook,
  type Runbooks,
} from './runbook/runbook-props';
export { cell, code, joined, listed, promql, said, sh, table, timeText } from './runbook/markdown';
export { scalers } from './runbook/scale-out';
