export { explainedLately, explainedNow } from './expressions';
export { graphInfo } from './graph-info';
export { neighboursIn, type Graph, type Neighbours, type ServiceId } from './neighbours';
export { ROLE_ALERTS } from './role-alerts';
export {
  DEPENDS_ON,
  ofServices,
  SERVICE_BURNING,
  SERVICE_FAILING,
  SERVICE_HURTING,
  SERVICE_SUSPECT,
  SERVICE_SYMPTOM,
  SLO_BURNING,
  SLO_FAILING,
  SLO_PAGING,
} from './series';
export { serviceGroup, type StateOwner } from './service-group';
export { type ServiceState } from './service-state';
export { context } from './words';
