import type { Rule } from './rule-group';
import { selectSeries } from './select-series';

/** Whose alerts they are, and where their runbooks stand. */
export interface AlertOwner {
  readonly application: string;
  /** The team. */
  readonly owner: string;
  /** The address of the runbook of an alert of a workload or backing service. @default none - the alert has no `runbook_url` */
  readonly runbook?: (alert: string, service: string) => string;
}

/** What is told of one alert. */
export interface Ticket {
  /** The name of the alert. */
  readonly alert: string;
  /** One series for each environment in which something is wrong. */
  readonly expr: string;
  /** How long it must be wrong. @default at once */
  readonly for?: string;
  /** One line. */
  readonly summary: string;
  /** What it means, and what to look at first. */
  readonly description: string;
}

/** The series that says which namespace belongs to which application and environment; the binding records it. */
export const NAMESPACE_INFO = 'golden_path:namespace:info';

/**
 * What is wrong in namespaces of this application, with the environment of each. A workload of the same name elsewhere has no such series.
 * @param expr - a vector with the label `namespace`
 */
export const inEnvironments = (application: string, expr: string): string =>
  `(${expr}) * on (namespace) group_left (environment) ${selectSeries(NAMESPACE_INFO, { application })}`;

/** An alert for working hours: only a burning budget pages. */
export function ticket(
  by: AlertOwner,
  service: string,
  labels: Readonly<Record<string, string>>,
  facts: Ticket,
): Rule {
  const { alert, expr, summary, description } = facts;
  return {
    alert,
    expr,
    ...(facts.for !== undefined && { for: facts.for }),
    labels: { application: by.application, service, team: by.owner, severity: 'ticket', ...labels },
    annotations: {
      summary,
      description,
      ...(by.runbook && { runbook_url: by.runbook(alert, service) }),
    },
  };
}
