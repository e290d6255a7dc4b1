import type { GraphRule } from '../rule';
import { boundNamesExist } from './bound-names-exist';
import { drainProceeds } from './drain-proceeds';
import { graceCoversShutdown } from './grace-covers-shutdown';
import { hpaRange } from './hpa-range';
import { minimumReplicas } from './minimum-replicas';
import { networkPolicyPresent } from './network-policy-present';
import { oneAutoscaler } from './one-autoscaler';
import { oneScalerPerResource } from './one-scaler-per-resource';
import { pdbPresent } from './pdb-present';
import { quotaFits } from './quota-fits';
import { replicasUnsetWithHpa } from './replicas-unset-with-hpa';
import { serviceSelectsOneWorkload } from './service-selects-one-workload';
import { startupBeforeProgressDeadline } from './startup-before-progress-deadline';
import { timeoutsNest } from './timeouts-nest';

/** The rules over all objects of an application in one environment, in the order of their ids. */
export const graphRules = [
  boundNamesExist,
  drainProceeds,
  graceCoversShutdown,
  hpaRange,
  minimumReplicas,
  networkPolicyPresent,
  oneAutoscaler,
  oneScalerPerResource,
  pdbPresent,
  quotaFits,
  replicasUnsetWithHpa,
  serviceSelectsOneWorkload,
  startupBeforeProgressDeadline,
  timeoutsNest,
] as const satisfies readonly GraphRule[];

/** The id of a rule over a whole application. */
export type GraphRuleId = (typeof graphRules)[number]['id'];

export { foreignLoadsOf, loadsOf, type Load } from './loads';
export { podAmount, type Side } from './pod-amounts';
