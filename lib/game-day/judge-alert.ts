import { spanText } from '../observability';
import type { ExpectedAlert } from './experiment';
import type { FiredAlert, Gathered } from './gathered';
import { firedSample, isPage, nameOf } from './judge-premises';
import { isWatched, unseenText } from './seen';
import type { Answer } from './verdict';

/** Whether the right alert came, and in time. */
export function judgeAlert(expected: ExpectedAlert, gathered: Gathered): Answer {
  const { alertname, service, severity, withinSeconds } = expected;
  const question = `Did ${alertname} of ${service} come as a ${severity} within ${secondsText(withinSeconds)}?`;
  const found = gathered.alerts
    .filter((each) => each.labels.alertname === alertname && each.labels.service === service)
    .filter(({ labels }) => labels.severity === severity)
    .sort((a, b) => a.from - b.from)
    .find(({ to }) => (to ?? Infinity) >= gathered.began);
  return found
    ? inTime(question, expected, found, gathered)
    : missing(question, expected, gathered);
}

function inTime(
  question: string,
  { withinSeconds }: ExpectedAlert,
  alert: FiredAlert,
  gathered: Gathered,
): Answer {
  const evidence = [firedSample(gathered, alert)];
  const { began, factor, toleranceSeconds: tolerance } = gathered;
  const doubts = doubtsOver(gathered, alert.from);
  if (alert.from < began) {
    return {
      question,
      outcome: 'inconclusive',
      found: 'It fired before the fault was there.',
      evidence,
    };
  }
  // Whatever joins a page is told in its next message: the phone has rung already.
  const joined = gathered.pages?.some(({ at }) => isPage(alert) && at >= began && at < alert.from);
  const isReceived = alert.receivedAt !== undefined && !joined;
  const seconds = ((isReceived ? (alert.receivedAt ?? alert.from) : alert.from) - began) * factor;
  const by = isReceived ? 'A receiver had it' : joined ? 'It joined the page' : 'It fired';
  const rest =
    tolerance > 0 ? `, of which up to ${secondsText(tolerance)} are this machine's own` : '';
  const found = `${by} after ${secondsText(seconds)}; predicted are ${secondsText(withinSeconds)} at the longest`;
  if (seconds <= withinSeconds) return { question, outcome: 'held', found: `${found}.`, evidence };
  if (seconds <= withinSeconds + tolerance) {
    return { question, outcome: 'held', found: `${found}${rest}.`, evidence };
  }
  if (doubts.length > 0) {
    const why = `${found}, but ${doubts.join(', and ')}.`;
    return { question, outcome: 'inconclusive', found: why, evidence };
  }
  return { question, outcome: 'refuted', found: `${found}.`, evidence };
}

/** It did not come; maybe another one of the service did, by which a cause was taken for a symptom or the other way round. */
function missing(
  question: string,
  { service, withinSeconds }: ExpectedAlert,
  gathered: Gathered,
): Answer {
  const { alerts, began, until, factor } = gathered;
  const doubts = doubtsOver(gathered, Math.min(until, began + withinSeconds / factor));
  const others = alerts.filter(({ labels, from }) => labels.service === service && from >= began);
  const evidence = others.slice(0, 3).map((each) => firedSample(gathered, each));
  const instead =
    others.length === 0
      ? 'It did not fire.'
      : `It did not fire; ${[...new Set(others.map(nameOf))].join(', ')} did.`;
  if ((until - began) * factor < withinSeconds) {
    const found = `${instead} But nobody looked for as long as it may take.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  if (doubts.length > 0) {
    const found = `${instead} But ${doubts.join(', and ')}.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  return { question, outcome: 'refuted', found: instead, evidence };
}

/** What speaks against what was seen from the begin of the fault to a moment; nobody saw what was in a hole. */
function doubtsOver(gathered: Gathered, to: number): Gathered['doubts'] {
  const phase = { from: gathered.began, to };
  const isKnown = to <= phase.from || isWatched(gathered, phase);
  return isKnown ? gathered.doubts : [...gathered.doubts, unseenText(gathered, phase)];
}

/** Whole seconds, as people read them. */
export const secondsText = (seconds: number): string =>
  seconds < 60 ? `${Math.round(seconds)}s` : spanOf(Math.round(seconds));

function spanOf(seconds: number): string {
  const rest = seconds % 60;
  const whole = spanText(seconds - rest);
  return rest === 0 ? whole : `${whole} ${rest}s`;
}
