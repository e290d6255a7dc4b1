export * from './on-call';
export { applicationRunbooks, type RunbookSources } from './runbook/application-runbooks';
export { resolveRunbook, type ResolvedRunbook } from './runbook/resolve-runbook';
export {
  runbookShape,
  runbooksShape,
  type ManualStep,
  type Runbook,
  type Runbooks,
} from './runbook/runbook-props';
export { code, joined, listed, promql, sh, table, timeText } from './runbook/markdown';
