import type { Range } from '../../prometheus';
import { UsageError } from '../exit-code';
import { remarks } from './backtest-report';
import { isJudged, outcomesOf, tallyOf, type BacktestRow } from './backtest-rows';

/** Whether there are more pages than before. */
export const isMore = (rows: readonly BacktestRow[]): boolean =>
  tallyOf(rows, 'page', 'now').fired > tallyOf(rows, 'page', 'before').fired;

/** Refuses a verdict on what nobody knows. @throws UsageError that says why, when the result is printed already */
export function checkJudged(
  rows: readonly BacktestRow[],
  range: Range,
  failOnMore: boolean | undefined,
): void {
  const isPartKnown = rows.some((row) =>
    outcomesOf(row).some((each) => isJudged(each) || each.firings.length > 0),
  );
  if (!isPartKnown) {
    throw new UsageError(
      `none of ${rows.length} alerts can be judged: ${reasons(rows, range)} Give the server that scrapes these services, and --days in which they ran.`,
    );
  }
  const pages = rows.filter(({ severity }) => severity === 'page');
  const open = pages.filter((row) => !outcomesOf(row).every(isJudged));
  if (!failOnMore || open.length === 0) return;
  throw new UsageError(
    `--fail-on-more cannot compare, since ${open.length} of ${pages.length} alerts that page cannot be judged: ${reasons(open, range)} Name the applications that can be judged, or leave --fail-on-more out.`,
  );
}

const SHOWN = 3;

/** The first ones: the result has them all. */
function reasons(rows: readonly BacktestRow[], range: Range): string {
  const all = remarks(rows, range).filter((each) => each.startsWith('not '));
  const more = all.length > SHOWN ? ` And ${all.length - SHOWN} more.` : '';
  return `${all.slice(0, SHOWN).join(' ')}${more}`;
}
