import { linkAnnotations, type Links } from '../links';
import type { AlertingRule } from '../rule';

/** Whose alerts they are, and where they lead to. */
export interface AlertOwner {
  readonly application: string;
  /** The team. */
  readonly owner: string;
  /** Where its alerts lead to. */
  readonly links: Links;
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
  /** Whether the service has a dashboard of its own. @default true */
  readonly hasDashboard?: boolean;
}

/** An alert for working hours: only a burning budget pages. */
export function ticket(
  by: AlertOwner,
  service: string,
  labels: Readonly<Record<string, string>>,
  facts: Ticket,
): AlertingRule {
  const { alert, expr, summary, description, hasDashboard = true } = facts;
  const { application } = by;
  return {
    alert,
    expr,
    ...(facts.for !== undefined && { for: facts.for }),
    labels: { application, service, team: by.owner, severity: 'ticket', ...labels },
    annotations: {
      summary,
      description,
      ...linkAnnotations(by.links, { application, service, alert, hasDashboard }),
    },
  };
}
