import type { EdgeModel } from '../../foundation';
import type { Labels } from '../promql';
import type { RecordingRule } from '../rule';
import { hurtsOthers, ofSelf, ownErrors } from './expressions';
import type { Neighbours } from './neighbours';
import {
  ofServices,
  SERVICE_BURNING,
  SERVICE_FAILING,
  SERVICE_HURTING,
  SERVICE_SUSPECT,
  SERVICE_SYMPTOM,
  SLO_BURNING,
  SLO_PAGING,
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
 * What is recorded of a service: whether it fails, burns, burns because of others, hurts somebody, and is where to look first. For each that
 * burns because of others there is one that is looked at first: what explains it either pages itself, or hurts and has no dependency that
 * does.
 */
export function serviceState(state: ServiceState, labels: Labels): readonly RecordingRule[] {
  const { neighbours, kind, failing, hasObjectives } = state;
  const record = (metric: string, expr: string): RecordingRule => ({
    record: metric,
    expr,
    labels: { ...labels, kind },
  });
  const ofSlo = (metric: string): string =>
    `max by (namespace, environment) (${ofSelf(metric, neighbours)})`;
  const burning = ofSelf(SERVICE_BURNING, neighbours);
  const paging = `on (environment) ${ofSelf(SLO_PAGING, neighbours)}`;
  const others = hurtsOthers(neighbours);
  const hurting = ofSelf(SERVICE_HURTING, neighbours);
  const passive = `(${hasObjectives ? `${hurting} unless on (environment) ${burning}` : hurting}${unlessDependencies(neighbours)})`;
  const own = hasObjectives ? [`${burning} and ${paging}`] : [];
  return [
    record(SERVICE_FAILING, failing),
    ...(hasObjectives
      ? [
          record(SERVICE_BURNING, ofSlo(SLO_BURNING)),
          record(
            SERVICE_SYMPTOM,
            `(${burning} unless ${paging}) * 0 + on (environment) group_left () ${ownErrors(neighbours)}`,
          ),
        ]
      : []),
    ...(hasObjectives || others.length > 0
      ? [
          record(SERVICE_HURTING, [...(hasObjectives ? [burning] : []), ...others].join('\nor\n')),
          record(SERVICE_SUSPECT, [...own, ...(others.length > 0 ? [passive] : [])].join('\nor ')),
        ]
      : []),
  ];
}

/** Who hurts because a dependency does is not where to look first. */
const unlessDependencies = ({ dependencies }: Neighbours): string =>
  dependencies.length === 0
    ? ''
    : ` unless on (environment) (${ofServices(SERVICE_HURTING, dependencies)})`;
