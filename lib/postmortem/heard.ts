import { fits, type AlertRun, type SilenceRun } from '../evidence';
import type { Impact, IncidentFacts } from './facts';
import { nameIn } from './graph';
import { momentOf } from './words';

/** How long Alertmanager waits for further alerts of a group: its own, since the model does not keep what a platform says of it. */
export const GROUP_WAIT_SECONDS = 30;

/** A page that somebody heard. */
interface HeardPage extends AlertRun {
  readonly firingSince: number;
  /** When Alertmanager told of it. */
  readonly heardAt: number;
}

/** The first page that told somebody of an objective, and those that might have and did not. */
export interface Pages {
  readonly page?: HeardPage;
  readonly unheard: readonly string[];
}

/** A page may come before the ratio of five minutes is beyond the budget, and of what it depends on a while before. */
const BEFORE_SECONDS = 300;

/** Looks for pages of the objective itself and of what its service depends on, while it burnt. */
export function pagesOf(facts: IncidentFacts, impact: Impact): Pages {
  const { evidence, graph, uncertaintySeconds } = facts;
  const { burningSince = 0, burningUntil = Infinity } = impact;
  const first = burningSince - BEFORE_SECONDS / evidence.pace;
  const heard: HeardPage[] = [];
  const unheard: string[] = [];
  for (const row of fired(facts, impact)) {
    const { firingSince, until = Infinity } = row;
    if (firingSince > burningUntil + uncertaintySeconds || until < burningSince) continue;
    const told = toldOf(facts, row);
    if (firingSince < first)
      unheard.push(textOf(row, `which fired since ${momentOf(firingSince)}`));
    else if ('heardAt' in told) heard.push({ ...row, heardAt: told.heardAt });
    else unheard.push(textOf(row, told.why));
  }
  const [page] = heard.sort((a, b) => a.heardAt - b.heardAt);
  return { ...(page && { page }), unheard };

  function textOf(row: AlertRun, why: string): string {
    return `${row.alertname} of ${nameIn(graph, row)}, ${why}`;
  }
}

type FiredPage = AlertRun & { readonly firingSince: number };

function fired({ evidence, graph }: IncidentFacts, { name, slo }: Impact): readonly FiredPage[] {
  const below = new Set([name, ...(graph.reach.get(name) ?? []).map((each) => each.name)]);
  return evidence.alerts.rows.filter(
    (row): row is FiredPage =>
      row.severity === 'page' &&
      row.firingSince !== undefined &&
      below.has(nameIn(graph, row)) &&
      // Another objective of the same service is told of by itself.
      (nameIn(graph, row) !== name || row.slo === undefined || row.slo === slo),
  );
}

/** When Alertmanager told of a page: after its wait, and not before the end of what silences it. */
function toldOf(
  { evidence }: IncidentFacts,
  row: FiredPage,
): { readonly heardAt: number } | { readonly why: string } {
  const { span, pace, silences } = evidence;
  const waited = row.firingSince + GROUP_WAIT_SECONDS / pace;
  const heardAt = silences.rows
    .filter((silence) => isOf(silence, row))
    .reduce((at, { from, to }) => (from <= at && at < to ? to : at), waited);
  const isSilenced = heardAt > waited;
  if (isSilenced && heardAt >= (row.until ?? span.end)) return { why: 'which was silenced' };
  return heardAt < (row.until ?? Infinity)
    ? { heardAt }
    : { why: 'which ended before Alertmanager told of it' };
}

/** Whether a silence is about an alert. A label that an alert does not have is empty. */
function isOf({ matchers }: SilenceRun, row: AlertRun): boolean {
  const { alertname, application, service, severity, slo = '' } = row;
  const labels: Readonly<Record<string, string>> = {
    ...{ alertname, application, service, severity, slo },
    ...row.labels,
  };
  return matchers.every((matcher) => fits(matcher, labels[matcher.name] ?? ''));
}
