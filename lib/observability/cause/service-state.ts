import type { EdgeModel } from '../../foundation';
import type { Labels } from '../promql';
import type { RecordingRule } from '../rule';
import { ofSelf, tryHurt, unlessCaused } from './expressions';
import type { Neighbours } from './neighbours';
import {
  SERVICE_BURNING,
  SERVICE_FAILING,
  SERVICE_HURTING,
  SERVICE_SUSPECT,
  SLO_BURNING,
} from './series';

/** A service in the graph, and how it is known whether it fails. */
export interface ServiceState {
  readonly neighbours: Neighbours;
  readonly kind: Exclude<EdgeModel['kind'], 'published'>;
  /** One series for each environment in which it fails, with what else its series have. */
  readonly failing: string;
  /** Whether it has objectives that may burn. */
  readonly hasObjectives: boolean;
}

/**
 * What is recorded of a service: whether it fails, burns, hurts somebody, and is where to look first. A burning service with a failing
 * dependency is a symptom; then the failing one that depends on nothing failing hurts it, and is the suspect: so there is always one.
 */
export function serviceState(state: ServiceState, labels: Labels): readonly RecordingRule[] {
  const { neighbours, kind, failing, hasObjectives } = state;
  const record = (metric: string, expr: string): RecordingRule => ({
    record: metric,
    expr,
    labels: { ...labels, kind },
  });
  const own = `max by (namespace, environment) (${ofSelf(SLO_BURNING, neighbours)})`;
  const hurts = hurting(state);
  return [
    record(SERVICE_FAILING, failing),
    ...(hasObjectives ? [record(SERVICE_BURNING, own)] : []),
    ...(hurts === ''
      ? []
      : [
          record(SERVICE_HURTING, hurts),
          record(SERVICE_SUSPECT, unlessCaused(ofSelf(SERVICE_HURTING, neighbours), neighbours)),
        ]),
  ];
}

/** Empty for what has no objective and nobody depends on. */
function hurting({ neighbours, hasObjectives }: ServiceState): string {
  const failing = ofSelf(SERVICE_FAILING, neighbours);
  const hurt = tryHurt(neighbours);
  const parts = [
    ...(hasObjectives ? [ofSelf(SERVICE_BURNING, neighbours)] : []),
    ...(hurt === undefined ? [] : [`(${failing} and on (environment) (${hurt}))`]),
  ];
  return parts.join('\nor\n');
}
