import { spanText } from '../observability';
import type { Experiment } from './experiment';
import type { FiredAlert, Gathered, Measured } from './gathered';
import { between, isoText, meanOf, samplesOf } from './moment';
import type { Answer, Sample } from './verdict';

/** How long nothing may have paged before a fault, in seconds of the rules. */
export const BASELINE_SECONDS = 300;

/** How long it was to be quiet, by the clock of the servers. */
const baseline = ({ factor }: Gathered): number => BASELINE_SECONDS / factor;

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
  const { began, from, alerts, burns } = gathered;
  const question = `Was it quiet for ${spanText(BASELINE_SECONDS)} before?`;
  const start = began - baseline(gathered);
  const loud = alerts.filter(
    (each) => isPage(each) && each.from < began && (each.to ?? Infinity) >= start,
  );
  if (loud.length > 0) {
    const evidence = loud.map((each) => firedSample(gathered, each));
    const found = `${[...new Set(loud.map(nameOf))].join(', ')} fired.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  const known = burns.flatMap(({ query, points }) =>
    samplesOf(query, between(points, start, began)).slice(0, 1),
  );
  const isKnown = from <= start + 1 && (burns.length === 0 || known.length > 0);
  return isKnown
    ? { question, outcome: 'held', found: 'Nothing paged.', evidence: known.slice(0, 1) }
    : {
        question,
        outcome: 'inconclusive',
        found: 'There are no samples of that time.',
        evidence: [],
      };
}

/** Something tells that the fault was there; or it shows in the alert of the target that was expected. */
export function judgeFault({ target, expects }: Experiment, gathered: Gathered): Answer {
  const question = 'Was the fault there?';
  const { fault, alerts, began } = gathered;
  if (fault.isThere !== undefined) {
    const { isThere, found, evidence } = fault;
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
  const { traffic, began, ended } = gathered;
  const { query = '', points = [] } = traffic ?? {};
  const before = between(points, began - baseline(gathered), began);
  const spans: readonly (readonly Measured[])[] =
    wanted.service === target ? [before] : [before, between(points, began, ended)];
  const means = spans.map(meanOf);
  const evidence = spans.flatMap((each) => samplesOf(query, each));
  if (means.some((each) => each === undefined)) {
    return {
      question,
      outcome: 'inconclusive',
      found: 'There are no samples of its traffic.',
      evidence,
    };
  }
  const least = Math.min(...means.map((each) => each ?? 0));
  const outcome = least >= wanted.perSecond ? 'held' : 'inconclusive';
  const rate = Number(least.toPrecision(3));
  const found = `It got ${rate} in a second${outcome === 'held' ? '.' : ', which proves nothing.'}`;
  return { question, outcome, found, evidence };
}
