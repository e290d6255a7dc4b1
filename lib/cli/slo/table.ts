import type { AlertSeverity } from '../../foundation';
import { aligned } from '../aligned';
import {
  budgetText,
  detections,
  detectionText,
  objectiveText,
  type ServiceObjective,
  type ServiceWithout,
} from './objectives';
import { spanText } from './span';

/** The heads of what a budget and its detection are told in. */
export const detectionHeads: readonly string[] = detections.map(
  ([severity, ratio]) => `${severity} ${ratio * 100} %`,
);

const heads = ['application', 'service', 'objective', 'from', 'budget', ...detectionHeads];

/** A row for each objective; at the end those that have none. */
export function objectivesTable(
  objectives: readonly ServiceObjective[],
  without: readonly ServiceWithout[],
): string {
  const rows = objectives.map(({ application, service, objective }) => [
    application,
    service,
    objectiveText(objective),
    objective.from,
    budgetText(objective.budgetMinutes),
    ...detections.map((each) => detectionText(objective, each)),
  ]);
  const table = rows.length === 0 ? '' : `${aligned([heads, ...rows])}\n`;
  const none = without.map(
    ({ application, service, kind, reason = kind }) => `${application}/${service} (${reason})`,
  );
  return `${table}${none.length === 0 ? '' : `without objectives: ${none.join(', ')}\n`}`;
}

/** What the columns mean, in one line. */
export function columnsText(objectives: readonly ServiceObjective[]): string {
  const [page, ticket] = (['page', 'ticket'] as const).map((severity) =>
    added(severity, objectives),
  );
  const parts =
    page === undefined || ticket === undefined
      ? ''
      : `, of which a scrape, the evaluation and the group wait are ${page} of a page and ${ticket} of a ticket`;
  return `budget: minutes of total outage in 30 days. page, ticket: from the first error to the message at the longest, when 100, 10 or 2 % fail${parts}; -: never, or it is all or nothing.\n`;
}

/** What comes on top of the burning, where it is the same for all. */
function added(
  severity: AlertSeverity,
  objectives: readonly ServiceObjective[],
): string | undefined {
  const all = objectives.flatMap(({ objective }) =>
    objective.detection
      .filter((each) => each.severity === severity)
      .map(({ seconds, burnSeconds }) => spanText(seconds - burnSeconds)),
  );
  const [first, ...others] = new Set(all);
  return others.length === 0 ? first : undefined;
}

/** The same as data. */
export function objectivesJson(
  objectives: readonly ServiceObjective[],
  without: readonly ServiceWithout[],
): string {
  const rows = objectives.map(({ application, service, objective }) => ({
    application,
    service,
    ...objective,
  }));
  return `${JSON.stringify({ version: 1, objectives: rows, without }, null, 2)}\n`;
}
