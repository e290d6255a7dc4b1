import { describe, isBag, isList, tryMoment } from '../foundation';
import { tryPieces } from '../replay';
import { digestOf, VERSION } from './file-text';
import type { KeptIncident, KeptPage, KeptSamples, KeptSelector } from './kept';
import { trySamples } from './samples';

/** Why a text is no kept incident, as a clause after its name without a full stop, and what to do. */
export interface Unreadable {
  readonly found: string;
  readonly fix: string;
}

const AGAIN =
  'Take it from Git once more, or save the incident again while a server has its series';

/** Reads what was saved. */
export function readIncident(text: string): KeptIncident | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { found: 'is no JSON, or was cut off', fix: AGAIN };
  }
  if (!isBag(value) || value.goldenPathIncident === undefined) {
    return {
      found: 'is no incident that golden-path has saved',
      fix: 'Let golden-path postmortem replay --save write one',
    };
  }
  const { goldenPathIncident: version } = value;
  if (version !== VERSION) {
    return {
      found: `is of the version ${describe(version)}, and this golden-path reads ${VERSION}`,
      fix: 'Use the golden-path that has saved it, or a newer one',
    };
  }
  const kept = tryIncident(value);
  if (kept === undefined) return { found: 'lacks a part, or has one that is damaged', fix: AGAIN };
  if (digestOf(kept.series) === value.digest) return kept;
  return { found: 'has other series than were saved', fix: AGAIN };
}

type Bag = Readonly<Record<string, unknown>>;

function tryIncident(value: Bag): KeptIncident | undefined {
  const { application, service, environment } = value;
  const { stepSeconds, uncertaintySeconds, lookbackSeconds } = value;
  const [start, end, began] = [value.from, value.to, value.began].map(tryMomentOf);
  const [pages, selectors] = [all(value.pages, tryPage), all(value.selectors, trySelector)];
  const [dropped, present] = [all(value.dropped, tryText), all(value.present, tryText)];
  const series = all(value.series, trySeries);
  if (typeof application !== 'string' || typeof service !== 'string') return undefined;
  if (typeof environment !== 'string' || start === undefined || end === undefined) return undefined;
  if (typeof stepSeconds !== 'number' || typeof uncertaintySeconds !== 'number') return undefined;
  if (typeof lookbackSeconds !== 'number' || !(lookbackSeconds >= 1)) return undefined;
  if (!(stepSeconds > 0 && end > start) || (value.began !== undefined && began === undefined))
    return undefined;
  if (!pages || !selectors || !dropped || !present || !series) return undefined;
  return {
    ...{ application, service, environment, span: { start, end } },
    ...(began !== undefined && { began }),
    ...{ stepSeconds, uncertaintySeconds, lookbackSeconds },
    ...{ pages, selectors, dropped, present, series },
  };
}

/** All of a list; undefined where one is not what it should be. */
function all<T>(value: unknown, read: (each: unknown) => T | undefined): readonly T[] | undefined {
  if (!isList(value)) return undefined;
  const found = value.map(read);
  return found.some((each) => each === undefined) ? undefined : (found as readonly T[]);
}

const tryText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const tryMomentOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? tryMoment(value) : undefined;

function tryPage(value: unknown): KeptPage | undefined {
  if (!isBag(value)) return undefined;
  const { alertname, service, slo, severity } = value;
  const firingSince = tryMomentOf(value.firingSince);
  const isWhole = [alertname, service, severity].every((each) => typeof each === 'string');
  if (!isWhole || firingSince === undefined) return undefined;
  return {
    ...{ alertname: String(alertname), service: String(service), severity: String(severity) },
    ...(typeof slo === 'string' && { slo }),
    firingSince,
  };
}

function trySelector(value: unknown): KeptSelector | undefined {
  if (!isBag(value) || typeof value.select !== 'string') return undefined;
  const from = tryMomentOf(value.from);
  const [piece, ...more] = tryPieces(value.select) ?? [];
  const isOne = typeof piece === 'object' && more.length === 0 && piece.range === undefined;
  if (!isOne || piece.metric === undefined || from === undefined) return undefined;
  return { metric: piece.metric, matchers: piece.matchers, from };
}

function trySeries(value: unknown): KeptSamples | undefined {
  if (!isBag(value) || typeof value.metric !== 'string' || !isBag(value.labels)) return undefined;
  const lines = all(value.samples, tryText);
  const samples = lines && trySamples(lines);
  const isText = Object.values(value.labels).every((each) => typeof each === 'string');
  return samples && isText
    ? { metric: value.metric, labels: value.labels as KeptSamples['labels'], ...samples }
    : undefined;
}
