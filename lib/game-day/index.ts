export type { Claim, ClaimKind, Expectation, ExpectedAlert, Experiment, Fault } from './experiment';
export type { FiredAlert, Gathered, Measured, MeasuredBurn, ReceivedPage } from './gathered';
export { judge, notMade, outcomeOf } from './judge';
export { secondsText } from './judge-alert';
export { BASELINE_SECONDS } from './judge-premises';
export type { Answer, Outcome, Sample, Verdict } from './verdict';
export { GAME_DAY_POLICY, gameDayPolicies, INJECT } from './permission/admission';
export { experimentsOf, oneOfEachClaim } from './derive/experiments-of';
export {
  budgets,
  floorsOf,
  guardChecks,
  KNOWS_EXPERIMENTS,
  presences,
  queryUrl,
  refusing,
  startChecks,
  trafficOf,
  type Check,
  type Floors,
} from './checks';
export { allowsGameDays, placeOf, type Connected, type Place } from './place';
export { longOthersText, ofADay } from './plan/duration';
export { planFiles, planPage, UNKNOWN_EXPERIMENTS, UNREFUSED, unseenText } from './plan/plan';
export { plannedOf, type Checked, type Planned, type PlannedExperiment } from './plan/planned';
export { chaosToolkit } from './toolkit/chaos-toolkit';
export { injectionOf, type ClusterFacts, type Injection } from './workflow/injection';
export { tryWorkflow, workflowName } from './workflow/workflow';
export { coverageOf, type Coverage, type CoveredExperiment, type Exercise } from './coverage';
export { readRecord, recordJson, recordName } from './record';
export { SEEN_SHARE, seenShare } from './seen';
export { verdictMarkdown, verdictText, verdictTitle } from './verdict-text';
