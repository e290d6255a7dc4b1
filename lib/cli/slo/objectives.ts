import type { AlertSeverity, ApplicationModel, ObjectiveModel } from '../../foundation';
import { spanText } from './span';

/** An objective, and whose it is. */
export interface ServiceObjective {
  readonly application: string;
  readonly service: string;
  readonly objective: ObjectiveModel;
}

/** A workload without any. */
export interface ServiceWithout {
  readonly application: string;
  readonly service: string;
  readonly kind: string;
  /** Why, where it is on purpose. */
  readonly reason?: string;
}

/** The objectives of some applications, in the order of their declaration. */
export const objectivesOf = (models: readonly ApplicationModel[]): readonly ServiceObjective[] =>
  models.flatMap(({ application, workloads }) =>
    workloads.flatMap(({ name, objectives = [] }) =>
      objectives.map((objective) => ({ application, service: name, objective })),
    ),
  );

/** The workloads that have none. Migrations run once before a release: they promise nothing. */
export const withoutObjectives = (models: readonly ApplicationModel[]): readonly ServiceWithout[] =>
  models.flatMap(({ application, workloads }) =>
    workloads
      .filter(({ kind, objectives = [] }) => objectives.length === 0 && kind !== 'migration')
      .map(({ name, kind, noObjectives: reason }) => ({
        ...{ application, service: name, kind },
        ...(reason !== undefined && { reason }),
      })),
  );

/** An objective in words. */
export function objectiveText(given: ObjectiveModel): string {
  const { slo, objective, underSeconds = 0, withinSeconds = 0 } = given;
  if (slo === 'availability') return `${objective} % of requests without a failure`;
  if (slo === 'latency') return `${objective} % of requests within ${shortText(underSeconds)}`;
  return `${objective} % of the time fresh within ${shortText(withinSeconds)}`;
}

const shortText = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1e6) / 1000}ms` : fractionText(seconds);

const fractionText = (seconds: number): string =>
  Number.isInteger(seconds) ? spanText(seconds) : `${seconds}s`;

export const budgetText = (minutes: number): string => `${Number(minutes.toPrecision(6))} min`;

/** Severities and shares of failure for which a time to detect is told: the columns. */
export const detections: readonly (readonly [AlertSeverity, number])[] = [
  ...([1, 0.1, 0.02] as const).map((ratio) => ['page', ratio] as const),
  ...([1, 0.1, 0.02] as const).map((ratio) => ['ticket', ratio] as const),
];

/** How long it takes at the longest until a message comes; `-` where none ever does. */
export function detectionText(
  { detection }: ObjectiveModel,
  [severity, ratio]: readonly [AlertSeverity, number],
): string {
  const found = detection.find((each) => each.severity === severity && each.errorRatio === ratio);
  return found ? spanText(found.seconds) : '-';
}
