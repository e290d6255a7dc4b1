export type { Claim, ClaimKind, Expectation, ExpectedAlert, Experiment, Fault } from './experiment';
export type { Answer, Outcome, Sample, Verdict } from './verdict';
export { gameDayPolicies, INJECT } from './permission/admission';
export { experimentsOf, oneOfEachClaim } from './derive/experiments-of';
