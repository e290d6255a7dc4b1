import type { ProblemLog } from '../foundation';
import {
  durationText,
  objectiveId,
  rounded,
  trySeconds,
  type Objective,
  type RequestSignal,
  type RequestSlo,
  type SignalSource,
  type SignalSubject,
} from '../observability';

/** A web service as a source of signals sees it. */
export type RequestWorkload = SignalSubject;

/** The objectives of a web service. What its source does not see is a problem if the team declared it; a platform's default is passed over. */
export function requestObjectives(
  subject: RequestWorkload,
  { availability, latency }: RequestSlo,
  from: 'declaration' | 'platform',
  source: SignalSource,
  log: ProblemLog,
): readonly Objective[] {
  const signal = source.requests(subject);
  if ('blind' in signal) {
    if (from === 'declaration') {
      log.error('ObjectiveUnmeasurable', `it has an objective, and ${signal.blind}`, signal.fix);
    }
    return [];
  }
  const { application, name: service } = subject;
  const { timing, minimumBadEvents, kind } = source;
  const facts = {
    ...{ application, service, source: kind, from, timing, minimumBadEvents },
    isDeployed: true,
  };
  const objectives: Objective[] = [];
  if (availability !== undefined) {
    const id = objectiveId(application, service, 'availability');
    objectives.push({
      ...{ ...facts, id, slo: 'availability', objective: availability, countsDown: true },
      indicator: { kind: 'availability', signal },
    });
  }
  const bucket = latency && tryBucket(latency.under, signal, source, log);
  if (latency && bucket !== undefined) {
    const id = objectiveId(application, service, 'latency');
    objectives.push({
      ...{ ...facts, id, slo: 'latency', objective: latency.objective },
      countsDown: availability === undefined,
      underSeconds: trySeconds(latency.under) ?? 0,
      indicator: { kind: 'latency', signal, bucket },
    });
  }
  return objectives;
}

/** The bucket of a threshold. Between two buckets nobody knows how many requests are fast. */
function tryBucket(
  under: string,
  { latency: { unit, boundaries } }: RequestSignal,
  { kind }: SignalSource,
  log: ProblemLog,
): number | undefined {
  const scale = unit === 's' ? 1 : 1000;
  const wanted = rounded((trySeconds(under) ?? 0) * scale);
  if (boundaries.includes(wanted)) return wanted;
  const near = [
    boundaries.findLast((each) => each < wanted),
    boundaries.find((each) => each > wanted),
  ].flatMap((each) => (each === undefined ? [] : `'${durationText(rounded(each / scale))}'`));
  const found = `slo.latency.under is '${under}', and ${kind} counts no bucket that ends there`;
  log.error('ObjectiveUnmeasurable', found, `Give ${near.join(' or ')}`);
  return undefined;
}
