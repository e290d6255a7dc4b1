import type { Firing } from '../../replay';
import type { Range } from '../../prometheus';
import { aligned } from '../aligned';
import {
  isJudged,
  isUnknown,
  outcomesOf,
  tallyOf,
  type AlertOutcome,
  type BacktestRow,
  type Side,
  type Tally,
} from './backtest-rows';
import { momentText, spanText } from './span';

/** What was replayed, and against what. */
export interface BacktestFacts {
  readonly server: string;
  readonly range: Range;
  /** The other revision, with its hash; absent where nothing is compared. */
  readonly against?: string;
}

const NOT_MEASURED = 'not measured';
const NOT_REPLAYED = 'not replayed';

/** The alerts that fired, what was not measured or could not be replayed, and the sums. */
export function backtestText(rows: readonly BacktestRow[], facts: BacktestFacts): string {
  const { range, against } = facts;
  const fired = rows.filter((row) => outcomesOf(row).some(hasFired));
  const heads = [
    ...['severity', 'service', 'objective', 'alert'],
    ...(against === undefined ? ['fired'] : [against, 'now', 'change']),
    'first',
  ];
  const lines = fired.map((row) => [
    row.severity,
    `${row.application}/${row.service} in ${row.environment}`,
    row.slo ?? '-',
    row.alert,
    ...(against === undefined ? [] : [outcomeText(row.before)]),
    outcomeText(row.now),
    ...(against === undefined ? [] : [changeText(row)]),
    firstText(hasFired(row.now) ? row.now : row.before),
  ]);
  const quiet = rows.filter((row) => outcomesOf(row).every(isSilent)).length;
  return [
    ...(lines.length === 0 ? [] : [aligned([heads, ...lines]), '']),
    `From ${momentText(range.start)} to ${momentText(range.end)} UTC: ${['page', 'ticket'].map((severity) => sumText(rows, severity, against)).join('; ')}. ${quiet} of ${rows.length} alerts did not fire.`,
    ...remarks(rows, range),
    '',
  ].join('\n');
}

const isSilent = (outcome: AlertOutcome): boolean => isJudged(outcome) && !hasFired(outcome);

const hasFired = (outcome: AlertOutcome | undefined): outcome is AlertOutcome =>
  outcome !== undefined && outcome.firings.length > 0;

function outcomeText(outcome: AlertOutcome | undefined): string {
  if (!outcome) return 'no such alert';
  if (outcome.fault !== undefined) return NOT_REPLAYED;
  if (outcome.missing.length > 0) return NOT_MEASURED;
  const { firings, seconds } = outcome;
  return firings.length === 0 ? '0' : `${firings.length}, ${spanText(seconds)}`;
}

function changeText({ before, now }: BacktestRow): string {
  if ([before, now].some((each) => each && !isJudged(each))) return '?';
  const change = (now?.firings.length ?? 0) - (before?.firings.length ?? 0);
  if (change !== 0) return change > 0 ? `+${change}` : String(change);
  const seconds = (now?.seconds ?? 0) - (before?.seconds ?? 0);
  if (seconds === 0) return '0';
  return `${seconds > 0 ? '+' : '-'}${spanText(Math.abs(seconds))}`;
}

const SHOWN = 3;

function firstText(outcome: AlertOutcome | undefined): string {
  const firings: readonly Firing[] = outcome?.firings ?? [];
  const first = firings.slice(0, SHOWN).map(({ from }) => momentText(from));
  return `${first.join(', ')}${firings.length > SHOWN ? ', …' : ''}`;
}

function sumText(rows: readonly BacktestRow[], severity: string, against?: string): string {
  const [now, doubt] = sideText(rows, severity, 'now');
  if (against === undefined) return `${severity}s: ${[now, ...doubt].join(', ')}`;
  const [before, doubtBefore] = sideText(rows, severity, 'before');
  const inBrackets = (texts: readonly string[]): string =>
    texts.length === 0 ? '' : ` (${texts.join(', ')})`;
  return `${severity}s: ${before} before${inBrackets(doubtBefore)}, ${now} now${inBrackets(doubt)}`;
}

/** How often alerts fired, and how many cannot say. */
function sideText(
  rows: readonly BacktestRow[],
  severity: string,
  side: Side,
): readonly [count: string, doubt: readonly string[]] {
  const tally = tallyOf(rows, severity, side);
  const doubt = [
    [tally.notReplayed, NOT_REPLAYED] as const,
    [tally.notMeasured, NOT_MEASURED] as const,
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} of ${tally.alerts} ${what}`]));
  return [isUnknown(tally) ? 'unknown' : String(tally.fired), doubt];
}

/** What keeps a number from being the whole truth: a line for each reason, with all whom it is about. */
export function remarks(rows: readonly BacktestRow[], range: Range): readonly string[] {
  const about = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const outcome of [row.before, row.now]) {
      const remark = outcome && tryRemark(row, outcome, range);
      if (remark === undefined) continue;
      const whose = `${row.application}/${row.service} in ${row.environment}`;
      about.set(remark, (about.get(remark) ?? new Set<string>()).add(whose));
    }
  }
  return [...about].map(([remark, services]) => remark.replace('%', [...services].join(', ')));
}

/** With a `%` in the place of the service. */
function tryRemark(
  { slo, alert }: BacktestRow,
  { fault, missing, measuredFrom }: AlertOutcome,
  { start }: Range,
): string | undefined {
  if (fault !== undefined) return `${NOT_REPLAYED}: ${alert} of % ${fault}.`;
  const what = slo ?? alert;
  if (missing.length > 0) {
    return `${NOT_MEASURED}: ${what} of %: the server has no samples of ${missing.join(', ')} in this time.`;
  }
  const isLate = measuredFrom !== undefined && measuredFrom - start > LATE;
  return isLate ? `measured from ${momentText(measuredFrom)} on: ${what} of %.` : undefined;
}

/** A service that has no requests at night is not measured late. */
const LATE = 86_400;

/** All alerts as data. */
export function backtestJson(rows: readonly BacktestRow[], facts: BacktestFacts): string {
  const { server, range, against } = facts;
  const counts = <T>(severity: string, of: (tally: Tally) => T) => ({
    ...(against !== undefined && { before: of(tallyOf(rows, severity, 'before')) }),
    now: of(tallyOf(rows, severity, 'now')),
  });
  const result = {
    version: 1,
    server,
    ...(against !== undefined && { against }),
    from: timestamp(range.start),
    to: timestamp(range.end),
    stepSeconds: range.step,
    pages: counts('page', firedJson),
    tickets: counts('ticket', firedJson),
    // How many alerts cannot say.
    unjudged: { pages: counts('page', unjudgedJson), tickets: counts('ticket', unjudgedJson) },
    alerts: rows.map(({ before, now, ...row }) => ({
      ...row,
      ...(before && { before: outcomeJson(before) }),
      ...(now && { now: outcomeJson(now) }),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** How often alerts fired; null where none of them can say. */
function firedJson(tally: Tally): number | null {
  return isUnknown(tally) ? null : tally.fired;
}

const unjudgedJson = ({ notReplayed, notMeasured }: Tally): number => notReplayed + notMeasured;

const outcomeJson = ({ firings, measuredFrom, ...outcome }: AlertOutcome) => ({
  count: firings.length,
  ...outcome,
  ...(measuredFrom !== undefined && { measuredFrom: timestamp(measuredFrom) }),
  firings: firings.map(({ from, to, labels }) => ({
    from: timestamp(from),
    to: timestamp(to),
    labels,
  })),
});

/** As `Date` writes it, always with milliseconds: programs have read it so from the first. */
const timestamp = (seconds: number): string => new Date(seconds * 1000).toISOString();
