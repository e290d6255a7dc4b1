export type { Claim, ClaimKind, Expectation, ExpectedAlert, Experiment, Fault } from './experiment';
export type { FiredAlert, Gathered, Measured, MeasuredBurn, ReceivedPage } from './gathered';
export { judge, notMade, outcomeOf } from './judge';
export { secondsText } from './judge-alert';
export { BASELINE_SECONDS } from './judge-premises';
export { isoText } from './moment';
export type { Answer, Outcome, Sample, Verdict } from './verdict';
export { gameDayPolicies, INJECT } from './permission/admission';
export { experimentsOf, oneOfEachClaim } from './derive/experiments-of';
