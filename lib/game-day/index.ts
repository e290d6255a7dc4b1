export type { Claim, ClaimKind, Expectation, ExpectedAlert, Experiment, Fault } from './experiment';
export type { Answer, Outcome, Sample, Verdict } from './verdict';
