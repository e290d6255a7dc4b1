export { alertsOf, type AlertRun } from './alerts';
export { placeOf, stepOf, type Asked, type Place, type PlaceObjective, type Span } from './asked';
export { Asker, type Answering } from './asker';
export { burnOf, type Burn } from './burn';
export { deploysOf, type Deploy } from './deploys';
export { scalingOf, type Scaling } from './scaling';
export { gatherEvidence, type Evidence, type EvidenceSources } from './evidence';
export type { EvidencePart, Found, Gap, GapKind } from './found';
export { presenceOf, type Presence } from './presence';
export { nodesOf, restartsOf, type NodeTrouble, type Restart } from './restarts';
export {
  fits,
  silencesOf,
  withoutPeople,
  type SilencedLabel,
  type SilenceRun,
  type Silencing,
} from './silences';
export { statesOf, type ServiceState, type StateRun } from './states';
