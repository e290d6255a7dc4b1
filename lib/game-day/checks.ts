import { NAMESPACE_INFO, selectSeries } from '../observability';
import type { Experiment } from './experiment';
import type { Place } from './place';

/** The shares of the budgets that have to be left. */
export interface Floors {
  /** At the start of an experiment, from 0 to 1. */
  readonly start: number;
  /** While it goes on: below it is aborted. */
  readonly abort: number;
}

/** A game day needs half of the budget, and leaves half of that. To a hundredth of a percent, so that all say the same figure. */
export const floorsOf = (start: number): Floors => ({
  start: toFigures(start),
  abort: toFigures(start / 2),
});

const toFigures = (share: number): number => Math.round(share * 10_000) / 10_000;

/** A share of a budget in percent, everywhere with the same figures: `12.5 %`. */
export const shareText = (share: number): string => `${toFigures(share * 100)} %`;

/** What must not be so: an expression with a value for each thing that is, and nothing otherwise. */
export interface Check {
  readonly name: 'page' | 'budget' | 'data' | 'experiment' | 'traffic';
  /** What is wrong when the expression has a value. */
  readonly says: string;
  readonly expression: string;
  /** Without samples of this nothing is known: that the expression finds nothing is no answer then. */
  readonly data?: string;
}

const patternOf = (names: readonly string[]): RegExp =>
  new RegExp(names.map((name) => name.replaceAll('.', '\\.')).join('|'));

const applications = ({ connected }: Place): RegExp =>
  patternOf(connected.map(({ application }) => application));

/** Pages of the application and of those that it is connected with. */
export function noPage(place: Place): Check {
  const labels = {
    ...{ alertstate: 'firing', severity: 'page', environment: place.environment.name },
    application: applications(place),
  };
  return {
    name: 'page',
    says: 'a page is open for a connected service',
    expression: `count by (application, service, alertname) (${selectSeries('ALERTS', labels)})`,
    data: presenceOf(place, place.model.application),
  };
}

/** What the rules of applications record of themselves as long as they are evaluated. */
export const presenceOf = ({ environment }: Place, application: string | RegExp): string =>
  selectSeries(NAMESPACE_INFO, { application, environment: environment.name });

/** Which of the connected applications have rules there. */
export const presences = (place: Place): string =>
  `count by (application) (${presenceOf(place, applications(place))})`;

const BUDGET = 'slo:period_error_budget_remaining:ratio';

/** What is left of the budgets, by objective. */
export const budgets = (place: Place): string =>
  selectSeries(BUDGET, {
    application: applications(place),
    environment: place.environment.name,
  });

/** Budgets that are below a floor. */
export const enoughBudget = (place: Place, floor: number): Check => ({
  name: 'budget',
  says: `less than ${shareText(floor)} of a budget is left`,
  expression: `min by (application, service, slo) (${budgets(place)}) < ${floor}`,
});

/** Budgets that nobody measures cannot be guarded. */
function measured({ model: { application }, environment }: Place): Check {
  const data = selectSeries(BUDGET, { application, environment: environment.name });
  const says = 'nothing tells how much of the budgets is left';
  return { name: 'data', says, expression: `absent(${data})`, data };
}

/**
 * Has a value where the metrics of Chaos Mesh's controller are scraped. What counts experiments has none while there are none, so it cannot
 * tell that from metrics that nobody scrapes; the others of the controller can.
 */
export const KNOWS_EXPERIMENTS = 'count({__name__=~"chaos_controller_manager_.+"})';

/**
 * Faults of Chaos Mesh that are there in a connected namespace, by what its controller counts. Where its metrics are scraped without
 * honouring labels, the namespace is in `exported_namespace`. Without its metrics nothing is known.
 * @see https://github.com/chaos-mesh/chaos-mesh/blob/master/pkg/metrics/controller_manager.go
 */
export function noExperiment({ connected }: Place): Check {
  const namespaces = patternOf(connected.map(({ namespace }) => namespace));
  const running = (labels: Readonly<Record<string, string | RegExp>>): string =>
    selectSeries('chaos_controller_manager_chaos_experiments', {
      phase: /running|injecting|deleting/,
      ...labels,
    });
  const both = [
    `label_replace(${running({ exported_namespace: namespaces })}, "namespace", "$1", "exported_namespace", "(.+)")`,
    running({ exported_namespace: '', namespace: namespaces }),
  ].join(' or ');
  return {
    name: 'experiment',
    says: 'another experiment is running in a connected namespace',
    expression: `sum by (namespace, kind) (${both}) > 0`,
  };
}

/** Traffic in words. */
export const requestsText = (perSecond: number): string =>
  `${perSecond} ${perSecond === 1 ? 'request' : 'requests'} in a second`;

/** Requests in a second of a service. */
export const trafficOf = (place: Place, service: string): string =>
  `max(${selectSeries('slo:sli_events:rate5m', {
    ...{ application: place.model.application, service },
    environment: place.environment.name,
  })})`;

/** A service that is asked too little to prove anything; undefined of an experiment that needs no traffic. */
export function tryEnoughTraffic({ traffic }: Experiment, place: Place): Check | undefined {
  if (!traffic) return undefined;
  const { service, perSecond } = traffic;
  return {
    name: 'traffic',
    says: `${service} gets less than ${requestsText(perSecond)}`,
    expression: `(${trafficOf(place, service)} or vector(0)) < ${perSecond}`,
    data: trafficOf(place, service),
  };
}

/** All that must be so before the fault of an experiment. */
export const startChecks = (
  experiment: Experiment,
  place: Place,
  { start }: Floors,
): readonly Check[] => [
  noPage(place),
  enoughBudget(place, start),
  measured(place),
  noExperiment(place),
  ...[tryEnoughTraffic(experiment, place)].flatMap((each) => each ?? []),
];

/** What ends an experiment before its time: a budget, never a page, since a page is what is wanted. */
export const guardChecks = (place: Place, { abort }: Floors): readonly Check[] => [
  enoughBudget(place, abort),
  measured(place),
];

/**
 * An expression that Prometheus answers with status 200 while no check finds something, and with 422 as soon as one does: a vector may match
 * one series on the other side, and finds two. So whoever sees status codes alone can guard a budget. A server that is gone answers nothing,
 * which counts as found.
 */
export function refusing(checks: readonly Check[]): string {
  const found = checks.map(
    ({ expression }, index) =>
      `label_replace(count(${expression}) > 0, "found", "${index + 1}", "", "")`,
  );
  const fine = 'label_replace(vector(1), "found", "0", "", "")';
  return `vector(1) * on () (${[fine, ...found].join(' or ')})`;
}

/** The address at which an expression is asked. */
export const queryUrl = (prometheus: string, expression: string): string =>
  `${prometheus.replace(/\/+$/, '')}/api/v1/query?query=${encodeURIComponent(expression)}`;
