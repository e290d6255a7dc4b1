export { actionTypes, type Action, type ActionType } from './actions';
export type { Finding } from './blame';
export { checkPostmortem, type CheckFacts } from './check';
export type { Detection } from './detection';
export type { Factor, FactorKind, FirstMover, Impact, Role } from './facts';
export { graphOf, neighbours, type Graph } from './graph';
export { incidentOf, type Incident, type IncidentSources } from './incident';
export { postmortemText } from './markdown';
export type { TimelineEntry } from './timeline';
export { MARKER, momentOf, spanOf } from './words';
export {
  regressionOf,
  regressionText,
  type Fired,
  type PageChange,
  type Regression,
} from './regression';
export { beganOf } from './began';
export { pagedIn, pagedText, type Paged } from './paged';
