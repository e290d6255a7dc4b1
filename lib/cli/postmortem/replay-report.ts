import { isoText } from '../../foundation';
import {
  momentOf,
  pagedText,
  regressionText,
  type PageChange,
  type Paged,
  type Regression,
} from '../../postmortem';
import { aligned } from '../aligned';

/** Then and today, a line for each page. */
export function regressionReport(
  regression: Regression,
  uncertainty: number,
  paged?: Paged,
): string {
  const { pages } = regression;
  const at = (seconds: number | undefined): string =>
    seconds === undefined ? 'never' : momentOf(seconds);
  const now = (page: PageChange): string =>
    page.now === undefined && page.fault !== undefined ? `not known: ${page.fault}` : at(page.now);
  const rows = pages
    .filter((page) => page.then !== undefined || page.now !== undefined || page.fault !== undefined)
    .map((page) => [page.alert, page.service, page.slo ?? '-', at(page.then), now(page)]);
  const table = aligned([['alert', 'service', 'objective', 'then', 'today'], ...rows]);
  const exact = `Times are in UTC, and may be ${Math.round(uncertainty)} s off.`;
  const verdict = paged ? `\n${pagedText(paged)}` : '';
  return `${rows.length > 0 ? `${table}\n\n` : ''}${regressionText(regression)} ${exact}${verdict}\n`;
}

/** The same as data. */
export function regressionJson(
  { then, now, pages, outcome, isJudged }: Regression,
  paged?: Paged,
): string {
  const times = (at: { readonly then?: number; readonly now?: number }): object => ({
    ...(at.then !== undefined && { then: isoText(at.then) }),
    ...(at.now !== undefined && { now: isoText(at.now) }),
  });
  const first = { ...(then !== undefined && { then }), ...(now !== undefined && { now }) };
  const result = {
    ...{ version: 1, outcome, isJudged },
    ...times(first),
    ...(paged && { paged: { ...paged, began: isoText(paged.began) } }),
    pages: pages.map((page) => ({ ...page, ...times(page) })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
