import type { ApplicationModel, EnvironmentModel } from '../foundation';
import { label, oneOf, selector, type Matcher } from '../prometheus';

/** A time, in seconds since 1970: both ends belong to it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An objective of a service, as the model has it. */
export interface PlaceObjective {
  readonly id: string;
  readonly service: string;
  readonly slo: string;
  /** In percent. */
  readonly objective: number;
}

/** An application in one environment. */
export interface Place {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  /** The names of what runs there: Deployments and CronJobs. */
  readonly workloads: readonly string[];
  readonly objectives: readonly PlaceObjective[];
}

/** Where a model says that an application stands. */
export const placeOf = (
  { application, workloads }: ApplicationModel,
  { name, namespace }: Pick<EnvironmentModel, 'name' | 'namespace'>,
): Place => ({
  ...{ application, environment: name, namespace },
  workloads: workloads.map((workload) => workload.name),
  objectives: workloads.flatMap(({ name: service, objectives = [] }) =>
    objectives.map(({ id, slo, objective }) => ({ id, service, slo, objective })),
  ),
});

/** What is looked at. */
export interface Asked {
  /** All of one environment; the first is the one that it is about. */
  readonly places: readonly [Place, ...Place[]];
  readonly span: Span;
  /**
   * How long before the begin changes are looked for, in seconds.
   * @default an hour, divided by the pace - most incidents that a change caused begin within it
   */
  readonly leadSeconds?: number;
  /**
   * How many times as fast time runs: a rehearsal has rules with windows that are as much shorter. What is answered is in real seconds.
   * @default 1
   */
  readonly pace?: number;
  /**
   * Further conditions on all series, such as `cluster="prod-eu"`.
   * @default none
   */
  readonly matchers?: readonly Matcher[];
}

/** The same with all that was left out. */
export interface ResolvedAsked extends Required<Omit<Asked, 'places'>> {
  readonly places: readonly [Place, ...Place[]];
}

const LEAD_SECONDS = 3600;

export function resolveAsked(asked: Asked): ResolvedAsked {
  const { pace = 1, leadSeconds = LEAD_SECONDS / pace, matchers = [] } = asked;
  return { places: asked.places, span: asked.span, pace, leadSeconds, matchers };
}

/** Prometheus gives 11,000 points at most. */
export const MOST_POINTS = 10_000;
/** Of what has a series for each pod: an answer of some megabytes. */
export const MOST_POINTS_OF_MANY = 2000;

const STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** How far apart the points of a time are, so that there are not too many: whatever its length, a time has fewer than `most` of them. */
export function stepOf({ start, end }: Span, pace = 1, most = MOST_POINTS): number {
  const fitting = STEPS.find((step) => ((end - start) * pace) / step < most);
  const step = fitting ?? Math.ceil(((end - start) * pace) / (most - 1) / 3600) * 3600;
  return step / pace;
}

/** A duration of the rules, as PromQL writes it, in the time of those that are watched. */
export const paced = (seconds: number, pace: number): string => {
  const milliseconds = Math.max(1, Math.round((seconds * 1000) / pace));
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
};

function anyOf(name: string, values: readonly string[]): Matcher {
  const [first = '', ...more] = new Set(values);
  return more.length === 0 ? label(name, first) : oneOf(name, [first, ...more]);
}

/** A recording of this library, of all the places. */
export const ofApplications = (
  metric: string,
  { places, matchers }: ResolvedAsked,
  more: readonly Matcher[] = [],
): string => {
  return selector(metric, [
    anyOf(
      'application',
      places.map(({ application }) => application),
    ),
    label('environment', places[0].environment),
    ...more,
    ...matchers,
  ]);
};

/** A metric of kube-state-metrics, of all the places. */
export const ofNamespaces = (
  metric: string,
  { places, matchers }: ResolvedAsked,
  more: readonly Matcher[] = [],
): string => {
  return selector(metric, [
    anyOf(
      'namespace',
      places.map(({ namespace }) => namespace),
    ),
    ...more,
    ...matchers,
  ]);
};

/** Which application and workload something in a namespace belongs to; undefined where none is called so. */
export function tryOwner(
  places: readonly Place[],
  namespace: string,
  name: string,
  test: (workload: string) => boolean = (workload) => workload === name,
): { readonly application: string; readonly service: string } | undefined {
  const found = places
    .filter((place) => place.namespace === namespace)
    .flatMap(({ application, workloads }) =>
      workloads.filter(test).map((service) => ({ application, service })),
    );
  // `api-admin-…` belongs to `api-admin`, not to `api`.
  return found.sort((a, b) => b.service.length - a.service.length)[0];
}
