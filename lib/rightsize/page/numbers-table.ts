import { lines, markup, nothing, type Markup } from './markup';
import { changeText } from './numbers';
import type { Resource } from './resource';

/** A row: its head, and what it says of each resource. */
type Row = readonly [head: string, of: (resource: Resource) => string | undefined];

/** What a cell says where there is nothing to say. */
const NONE = '–';

const requests: readonly Row[] = [
  ['request now', ({ proposal, text }) => text(proposal.current)],
  ['request proposed', ({ proposal, text }) => text(proposal.request)],
  ['change', ({ proposal }) => changeText(proposal.current, proposal.request) ?? 'none'],
  ['wanted by rule', ({ proposal, text }) => textOf(proposal.wanted, text)],
  ['limit now', ({ limit, text }) => textOf(limit?.current, text) ?? 'by rule'],
  ['limit proposed', ({ limit, text }) => textOf(limit?.proposed, text) ?? 'by rule'],
];

const uses: readonly Row[] = [
  ['use, p50', ({ usage, text }) => textOf(usage?.p50, text)],
  ['use, p95', ({ usage, text }) => textOf(usage?.p95, text)],
  ['use, p98', ({ usage, text }) => textOf(usage?.p98, text)],
  ['use, p99', ({ usage, text }) => textOf(usage?.p99, text)],
  ['most', ({ usage, text }) => textOf(usage?.max, text)],
  ['most at start', ({ usage, text }) => textOf(usage?.startup, text)],
];

const textOf = (
  amount: number | undefined,
  text: (amount: number) => string,
): string | undefined => (amount === undefined ? undefined : text(amount));

/** All numbers of a container, so that nothing is told by its pictures alone. */
export const numbersTable = (resources: readonly Resource[], of: string): Markup => markup`
  <table class="numbers">
  <caption class="aside">Numbers of ${of}</caption>
  <thead><tr><td></td>${resources.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
  <tbody>${rowsOf(requests, resources)}</tbody>
  ${resources.some(({ usage }) => usage) ? markup`<tbody>${rowsOf(uses, resources)}</tbody>` : nothing}
  </table>`;

function rowsOf(rows: readonly Row[], resources: readonly Resource[]): Markup {
  const told = rows
    .map(([head, of]) => ({ head, cells: resources.map(of) }))
    .filter(({ cells }) => cells.some((cell) => cell !== undefined));
  return lines(
    told.map(
      ({ head, cells }) => markup`
        <tr><th scope="row">${head}</th>${cells.map((cell) => markup`<td>${cell ?? NONE}</td>`)}</tr>`,
    ),
  );
}
