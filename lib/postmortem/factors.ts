import type { Deploy } from '../evidence';
import { overspentText } from '../foundation';
import { code, listed, said } from '../incident';
import type { Detection } from './detection';
import { edgeFactors } from './edge-factors';
import { nameIn } from './graph';
import type { Factor, IncidentFacts } from './facts';
import { podFactors } from './pod-factors';
import { lastingOf } from './words';

/** What the data shows, as questions: what came before, what acted otherwise than declared, what kept people from knowing. */
export function factorsOf(
  facts: IncidentFacts,
  detections: readonly Detection[],
): readonly Factor[] {
  return [
    ...changed(facts),
    ...edgeFactors(facts),
    ...podFactors(facts),
    ...unheard(facts, detections),
    ...silenced(facts),
    ...openBefore(facts),
    ...gone(facts),
  ];
}

/** Changes of those around it, from a while before the begin until somebody was told: the nearest first. */
function changed({ evidence, graph, connected, begin }: IncidentFacts): readonly Factor[] {
  if (begin === undefined) return [];
  const { pace } = evidence;
  const near = evidence.deploys.rows.filter(
    (row) => row.at <= begin + AFTER_SECONDS / pace && connected.has(nameIn(graph, row)),
  );
  const seen = new Set<string>();
  return [...near].reverse().flatMap((row): readonly Factor[] => {
    const subject = nameIn(graph, row);
    if (seen.has(`${row.kind} ${subject}`)) return [];
    seen.add(`${row.kind} ${subject}`);
    return [
      { kind: row.kind, subject, text: changeText(row, subject, begin, pace), query: row.query },
    ];
  });
}

/** What comes this much later may be seen by its samples after what it did. */
const AFTER_SECONDS = 60;

function changeText(
  { kind, at, replicaSet }: Deploy,
  subject: string,
  begin: number,
  pace: number,
): string {
  const what =
    kind === 'release'
      ? `A release of ${code(subject)}${replicaSet === undefined ? '' : ` (${code(replicaSet)})`} came`
      : `The Deployment of ${code(subject)} was changed, without pods of a new version,`;
  const when =
    at <= begin
      ? `${lastingOf(begin - at, pace)}${pace === 1 ? '' : ','} before the first objective went beyond its budget`
      : 'at about the time at which the first objective went beyond its budget';
  return `${what} ${when}.`;
}

/** Whoever was told later than predicted, or not at all. */
function unheard(
  { graph, connected, evidence, impacts, service }: IncidentFacts,
  detections: readonly Detection[],
): readonly Factor[] {
  const { pace } = evidence;
  const late = detections.flatMap((each): readonly Factor[] => {
    const { name: subject, slo, outcome, actualSeconds = 0, predictedSeconds, query } = each;
    if (outcome !== 'late' && outcome !== 'no page') return [];
    const within = predictedSeconds === undefined ? 'none' : lastingOf(predictedSeconds, pace);
    const silent =
      each.unheard.length === 0 ? '' : ` (told nobody of it: ${each.unheard.join('; ')})`;
    const text =
      outcome === 'late'
        ? `The first page for ${slo} of ${code(subject)} came after ${lastingOf(actualSeconds, pace)}; predicted were at most ${within}${silent}.`
        : `Nobody was paged for ${slo} of ${code(subject)}; predicted was a page within ${within}${silent}.`;
    return [{ kind: outcome === 'late' ? 'late-page' : 'no-page', subject, text, query }];
  });
  const blind = evidence.alerts.rows
    .filter(
      (row) =>
        row.firingSince !== undefined &&
        /^SLO(?:SignalMissing|InstrumentationBroken)$/.test(row.alertname) &&
        connected.has(nameIn(graph, row)),
    )
    .map((row): Factor => {
      const subject = nameIn(graph, row);
      const text = `${row.alertname} of ${code(subject)}: for a time nobody could have been told of an outage.`;
      return { kind: 'signal-missing', subject, text, query: row.query };
    });
  const none: Factor = {
    ...{ kind: 'not-seen', subject: service },
    text: `No objective of ${code(service)} or of what is around it went beyond its budget: nothing that is measured saw this.`,
    query: `slo:sli_error:ratio_rate5m{application="${graph.model.application}"}`,
  };
  return [...late, ...blind, ...(impacts.length === 0 ? [none] : [])];
}

/** Silences that may have kept a page quiet. */
function silenced({ evidence, begin }: IncidentFacts): readonly Factor[] {
  if (begin === undefined) return [];
  const { span } = evidence;
  const [place] = evidence.places;
  return evidence.silences.rows
    .filter(({ from, to }) => to > begin && from < span.end)
    .map(({ from, matchersText, hasComment, matchers, query }): Factor => {
      const service = matchers.find(({ name }) => name === 'service')?.value ?? place.application;
      const when = from <= begin ? 'already when it began' : 'while it went on';
      const text = `Alerts were silenced ${when}: ${code(said(matchersText))}.`;
      const asks = 'what the silence says of its reason, without names';
      return { kind: 'silenced', subject: service, text, query, ...(hasComment && { asks }) };
    });
}

/** Tickets that were open when it began: somebody could have known. */
function openBefore({ evidence, graph, connected, begin }: IncidentFacts): readonly Factor[] {
  if (begin === undefined) return [];
  const open = evidence.alerts.rows.filter(
    ({ severity, firingSince, until }) =>
      severity === 'ticket' &&
      firingSince !== undefined &&
      firingSince < begin &&
      (until ?? Infinity) > begin,
  );
  return open
    .filter((row) => connected.has(nameIn(graph, row)))
    .map((row): Factor => {
      const subject = nameIn(graph, row);
      const before = lastingOf(begin - row.pendingSince, evidence.pace);
      const text = `The ticket ${row.alertname} of ${code(subject)} was open, since ${before} before.`;
      return { kind: 'open-ticket', subject, text, query: row.query };
    });
}

/** Budgets of which nothing is left, as one. */
function gone({ impacts }: IncidentFacts): readonly Factor[] {
  const empty = impacts.filter(({ leftAfter }) => leftAfter !== undefined && leftAfter <= 0);
  const [worst] = [...empty].sort((a, b) => b.budgetShare - a.budgetShare);
  if (!worst) return [];
  const names = listed(
    empty.map(({ name, slo, leftAfter = 0 }) => {
      const over = overspentText(leftAfter);
      return `${slo} of ${code(name)}${over === undefined ? '' : ` (${over})`}`;
    }),
  );
  const text = `Nothing is left of the budget of 30 days for ${names}.`;
  return [{ kind: 'budget-gone', subject: worst.name, text, query: worst.query }];
}
