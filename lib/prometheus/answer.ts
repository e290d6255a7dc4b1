import { describe, isBag, isList, oneLine } from '../foundation';
import type { Api } from './api';
import type { Failure } from './error';
import { LONGEST, parsed, refusal, unreadable, unlike } from './reply';
import type { Reply } from './transport';

/** So many seconds a sample counts when none comes after it, unless a server is told otherwise (`--query.lookback-delta`). */
export const LOOKBACK_SECONDS = 300;

/** A value at a time, in seconds since 1970. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** A row of an answer: one point where the question was for an instant. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

/** What the texts about a wrong address say of Prometheus. */
export const PROMETHEUS: Api = {
  name: 'Prometheus',
  example: 'http://localhost:9090',
  upTo: '/api/v1',
  places: 'Mimir has /prometheus, VictoriaMetrics of several nodes /select/0/prometheus',
};

const misshapen = (found: string): Failure => unlike(found, PROMETHEUS);

/** The rows of an answer, or why there are none. */
export function readAnswer(reply: Reply): readonly Series[] | Failure {
  const { status, body } = reply;
  const refused = refusal(reply, PROMETHEUS);
  if (refused) return refused;
  const value = parsed(body);
  if (value === undefined) return unreadable(reply, PROMETHEUS);
  if (!isBag(value)) return misshapen(`answered with ${describe(value)}`);
  if (value.status === 'error' || status >= 400) return { ...rejected(value, status), status };
  const missing = missingParts(value);
  if (missing !== undefined) return missing;
  return isBag(value.data) ? rowsOf(value.data) : misshapen('answered without data');
}

/** What the server itself says is wrong. */
function rejected(value: Readonly<Record<string, unknown>>, status: number): Failure {
  const kind = typeof value.errorType === 'string' ? ` (${oneLine(value.errorType, 40)})` : '';
  const text = typeof value.error === 'string' ? oneLine(value.error, LONGEST) : describe(value);
  return {
    fault: value.errorType === 'timeout' ? 'timeout' : 'rejected',
    found: `answered ${status}${kind}: ${text}`,
    fix: 'Ask for fewer days or fewer workloads if it is a limit of the server, or raise the limit',
  };
}

/** Data of some stores that did not answer would pass for low use. */
function missingParts(value: Readonly<Record<string, unknown>>): Failure | undefined {
  const warnings = isList(value.warnings) ? value.warnings.filter(isWarning) : [];
  if (warnings.length === 0 && value.isPartial !== true) return undefined;
  const text = warnings.map((warning) => oneLine(String(warning), LONGEST)).join('; ');
  return {
    fault: 'partial',
    found: `answered with a part of the data${text === '' ? '' : ` and warns: ${text}`}`,
    fix: 'Run again when all of its stores answer',
  };
}

/** Some versions list remarks on the query, such as one on the name of a counter, among the warnings. */
const isWarning = (warning: unknown): boolean => !String(warning).startsWith('PromQL info:');

function rowsOf(data: Readonly<Record<string, unknown>>): readonly Series[] | Failure {
  const { resultType, result } = data;
  const isMatrix = resultType === 'matrix';
  if ((!isMatrix && resultType !== 'vector') || !Array.isArray(result)) {
    return misshapen(
      `answered with a result of the type ${describe(resultType)} that holds ${describe(result)}`,
    );
  }
  const rows: Series[] = [];
  for (const row of result as readonly unknown[]) {
    const read = isBag(row) ? tryRow(row, isMatrix) : undefined;
    if (!read) return misshapen(`answered with a row that is ${describe(row)}`);
    rows.push(read);
  }
  return rows;
}

function tryRow(row: Readonly<Record<string, unknown>>, isMatrix: boolean): Series | undefined {
  const { metric, value, values } = row;
  const pairs: unknown = isMatrix ? values : [value];
  if (!isLabels(metric) || !Array.isArray(pairs)) return undefined;
  const points: Point[] = [];
  for (const pair of pairs as readonly unknown[]) {
    const point = tryPoint(pair);
    if (!point) return undefined;
    points.push(point);
  }
  return { labels: metric, points };
}

const isLabels = (value: unknown): value is Readonly<Record<string, string>> =>
  isBag(value) && Object.values(value).every((text) => typeof text === 'string');

const WORDS: Readonly<Record<string, number>> = {
  NaN,
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
};

function tryPoint(pair: unknown): Point | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [at, text] = pair as readonly unknown[];
  if (typeof at !== 'number' || typeof text !== 'string' || text === '') return undefined;
  const value = WORDS[text] ?? Number(text);
  return Number.isNaN(value) && text !== 'NaN' ? undefined : { at, value };
}
