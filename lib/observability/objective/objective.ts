import type { ObjectiveModel } from '../../foundation';
import { budgetMinutes } from './burn';
import { detection, type SliKind, type Timing } from './detection';
import { objectiveSeries } from './objective-series';
import type { RequestSignal } from './signal';
import type { Staleness } from './staleness';

/** What is measured, and how. */
export type Indicator =
  | { readonly kind: 'availability'; readonly signal: RequestSignal }
  | {
      readonly kind: 'latency';
      readonly signal: RequestSignal;
      /** The bucket of the slowest good request, in the unit of the signal. */
      readonly bucket: number;
    }
  | { readonly kind: 'freshness'; readonly staleness: Staleness };

/** An objective with all that its rules and their tests are made of. */
export interface Objective extends Pick<
  ObjectiveModel,
  'id' | 'slo' | 'objective' | 'source' | 'from' | 'underSeconds' | 'withinSeconds'
> {
  readonly application: string;
  /** The workload. */
  readonly service: string;
  readonly indicator: Indicator;
  readonly timing: Timing;
  readonly minimumBadEvents: number;
  /** Whether a Deployment runs it, whose age and replicas count. */
  readonly isDeployed: boolean;
  /** Whether no pod where some are wanted is a failure of all requests: of a service that promises both, its availability counts it. */
  readonly countsDown: boolean;
}

/** The label `slo_id`: with slashes, which no name has, so that no two are the same. */
export const objectiveId = (application: string, service: string, slo: string): string =>
  [application, service, slo].join('/');

/** What its indicator counts. */
export const sliKind = ({ indicator }: Pick<Objective, 'indicator'>): SliKind =>
  indicator.kind === 'freshness' ? 'time' : 'events';

/** What the model tells of an objective. */
export function objectiveModel(given: Objective): ObjectiveModel {
  const { id, slo, objective, source, from, underSeconds, withinSeconds, timing } = given;
  return {
    ...{ id, slo, objective, budgetMinutes: budgetMinutes(objective), source, from },
    series: objectiveSeries(given.indicator),
    ...(underSeconds !== undefined && { underSeconds }),
    ...(withinSeconds !== undefined && { withinSeconds }),
    detection: detection(objective, timing, sliKind(given)),
  };
}
