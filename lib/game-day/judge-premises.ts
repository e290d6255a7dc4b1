import { isoText } from '../foundation';
import { spanText } from '../observability';
import type { Experiment } from './experiment';
import type { FiredAlert, Gathered, Measured } from './gathered';
import { between, meanOf, samplesOf } from './points';
import { faultOf, isSeen, isWatched, unseenText, type Phase } from './seen';
import type { Answer, Sample } from './verdict';

/**
 * How long all must be well before a fault, and nothing page, in seconds of the rules: a control, without which nobody knows what the
 * fault has changed.
 */
export const BASELINE_SECONDS = 300;

/** How long it was to be quiet, by the clock of the servers. */
const baselineOf = ({ began, factor }: Gathered): Phase => ({
  from: began - BASELINE_SECONDS / factor,
  to: began,
});

export const isPage = ({ labels }: FiredAlert): boolean => labels.severity === 'page';

/** `SLOErrorBudgetBurnPage of api`. */
export const nameOf = ({ labels }: FiredAlert): string =>
  `${labels.alertname ?? '?'} of ${labels.service ?? '?'}`;

/** That an alert fired, as evidence. */
export const firedSample = ({ alertsQuery }: Gathered, alert: FiredAlert): Sample => ({
  query: alertsQuery,
  at: isoText(alert.from),
  value: nameOf(alert),
});

/** Nothing paged before, or nobody can tell what the fault did. */
export function judgeBaseline(gathered: Gathered): Answer {
  const { began, alerts, burns } = gathered;
  const question = `Was it quiet for ${spanText(BASELINE_SECONDS)} before?`;
  const before = baselineOf(gathered);
  const loud = alerts.filter(
    (each) => isPage(each) && each.from < began && (each.to ?? Infinity) >= before.from,
  );
  if (loud.length > 0) {
    const evidence = loud.map((each) => firedSample(gathered, each));
    const found = `${[...new Set(loud.map(nameOf))].join(', ')} fired.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  const known = burns
    .filter(({ points }) => isSeen(points, before, gathered))
    .flatMap(({ query, points }) =>
      samplesOf(query, between(points, before.from, began)).slice(0, 1),
    );
  if (!isWatched(gathered, before)) return unknown(question, unseenText(gathered, before));
  if (burns.length > 0 && known.length === 0) return unknown(question, NO_BURN);
  return { question, outcome: 'held', found: 'Nothing paged.', evidence: known.slice(0, 1) };
}

const NO_BURN = 'no objective was measured over that time';

/** Nobody can say. @param why - as the end of "But …" */
const unknown = (question: string, why: string): Answer => ({
  ...{ question, outcome: 'inconclusive', evidence: [] },
  found: `${why.replace(/^./, (first) => first.toUpperCase())}.`,
});

/** Something tells that the fault was there; or it shows in the alert of the target that was expected. */
export function judgeFault({ target, expects }: Experiment, gathered: Gathered): Answer {
  const question = 'Was the fault there?';
  const { fault, alerts, began } = gathered;
  if (fault.isThere !== undefined) {
    const { isThere, found, evidence } = fault;
    const during = faultOf(gathered);
    if (isThere && !isWatched(gathered, during)) {
      const why = `${found} But ${unseenText(gathered, during)}.`;
      return { question, outcome: 'inconclusive', found: why, evidence };
    }
    return { question, outcome: isThere ? 'held' : 'inconclusive', found, evidence };
  }
  const shown = alerts.find(
    ({ labels, from }) =>
      from >= began &&
      labels.service === target &&
      expects.alerts.some(({ alertname }) => alertname === labels.alertname),
  );
  return shown
    ? {
        question,
        outcome: 'held',
        found: `Its effect was seen: ${nameOf(shown)} fired.`,
        evidence: [firedSample(gathered, shown)],
      }
    : { question, outcome: 'inconclusive', found: fault.found, evidence: fault.evidence };
}

/** A fault without traffic proves nothing. Of the target itself it is asked before: the fault may stop it. */
export function judgeTraffic(experiment: Experiment, gathered: Gathered): Answer | undefined {
  const { traffic: wanted, target } = experiment;
  if (!wanted) return undefined;
  const question = `Did ${wanted.service} get ${wanted.perSecond} requests in a second?`;
  const { query = '', points = [] } = gathered.traffic ?? {};
  const before = baselineOf(gathered);
  const phases = wanted.service === target ? [before] : [before, faultOf(gathered)];
  const spans: readonly (readonly Measured[])[] = phases.map(({ from, to }) =>
    between(points, from, to),
  );
  const means = spans.map(meanOf);
  const evidence = spans.flatMap((each) => samplesOf(query, each));
  if (!phases.every((each) => isSeen(points, each, gathered))) {
    const part = points.length === 0 ? '' : ' over a part of that time';
    const found = `There are no samples of its traffic${part}.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  const least = Math.min(...means.map((each) => each ?? 0));
  const outcome = least >= wanted.perSecond ? 'held' : 'inconclusive';
  const rate = Number(least.toPrecision(3));
  const found = `It got ${rate} in a second${outcome === 'held' ? '.' : ', which proves nothing.'}`;
  return { question, outcome, found, evidence };
}
