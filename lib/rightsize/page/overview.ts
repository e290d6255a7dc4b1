import { grouped } from '../../foundation';
import type { SizedApplication, SizedContainer } from '../rightsize';
import { lines, markup, nothing, type Markup } from './markup';
import { changeText, cpuText, memoryText } from './numbers';
import { isChanged, resourcesOf, type Resource } from './resource';
import { nameOf, states, verdicts, wordOf } from './words';

/** How many containers have which verdict, and what is proposed for how many. */
export function counts({ containers }: SizedApplication): Markup {
  const judged = grouped(containers, ({ drift }) => drift.verdict);
  const proposed = grouped(containers, ({ proposal }) => proposal.state);
  return markup`
    <ul class="counts" aria-label="Verdicts">
    ${keysOf(verdicts).map((verdict) => count(judged.get(verdict), wordOf(verdict), `verdict ${verdict}`))}
    </ul>
    <ul class="counts" aria-label="Proposals">
    ${keysOf(states).map((state) => count(proposed.get(state), wordOf(state), 'state'))}
    </ul>`;
}

const keysOf = <K extends string>(table: Readonly<Record<K, string>>): readonly K[] =>
  Object.keys(table) as K[];

const count = (found: readonly SizedContainer[] | undefined, word: string, name: string): Markup =>
  found ? markup`<li><span class="${name}">${found.length} ${word}</span></li>` : nothing;

/** What one of each container requests: now, once the lock is written, and if the advice were taken too. */
export function sums({ containers }: SizedApplication): Markup {
  const hasAdvice = containers.some(({ measured }) => !measured);
  const all = containers.map((sized) => ({ sized, resources: resourcesOf(sized) }));
  const row = (at: 0 | 1, name: string, text: (amount: number) => string): Markup => {
    const sum = (of: (resource: Resource, isMeasured: boolean) => number): number =>
      all.reduce((total, { sized, resources }) => total + of(resources[at], !!sized.measured), 0);
    const now = sum(({ proposal }) => proposal.current);
    const then = sum(({ proposal }, isMeasured) =>
      isMeasured ? proposal.request : proposal.current,
    );
    const advised = sum(({ proposal }) => proposal.request);
    return markup`
      <tr><th scope="row">${name}</th><td>${text(now)}</td><td>${text(then)}</td>
      <td>${changeText(now, then) ?? 'none'}</td>${hasAdvice ? markup`<td>${text(advised)}</td>` : nothing}</tr>`;
  };
  return markup`
    <table class="sums">
    <caption>Requests, one of each container</caption>
    <thead><tr><td></td><th scope="col">now</th><th scope="col">proposed</th><th scope="col">change</th>
    ${hasAdvice ? markup`<th scope="col">with advice</th>` : nothing}</tr></thead>
    <tbody>${row(0, 'CPU', cpuText)}${row(1, 'memory', memoryText)}</tbody>
    </table>`;
}

/** All containers of an application at a glance, in the order of the page. */
export const overview = (
  containers: readonly SizedContainer[],
  idOf: (at: number) => string,
): Markup => markup`
  <table class="overview">
  <caption>Containers</caption>
  <thead><tr><th scope="col">container</th><th scope="col">verdict</th><th scope="col">CPU</th><th scope="col">memory</th></tr></thead>
  <tbody>${lines(containers.map((sized, at) => overviewRow(sized, idOf(at))))}</tbody>
  </table>`;

function overviewRow(sized: SizedContainer, id: string): Markup {
  const { verdict } = sized.drift;
  return markup`
    <tr><th scope="row"><a href="#${id}">${breakable(nameOf(sized))}</a>${sized.measured ? nothing : markup` <small>advice</small>`}</th>
    <td><span class="verdict ${verdict}">${wordOf(verdict)}</span></td>
    ${resourcesOf(sized).map((resource) => markup`<td>${stepOf(resource)}</td>`)}</tr>`;
}

/** A name that may go on in the next line after its slash. */
const breakable = (name: string): readonly (string | Markup)[] =>
  name.split(/(?<=\/)/).flatMap((part, at) => (at === 0 ? [part] : [markup`<wbr/>`, part]));

function stepOf(resource: Resource): Markup {
  const { proposal, text } = resource;
  const now = text(proposal.current);
  if (!isChanged(resource)) return markup`<span class="same">${now}</span>`;
  return markup`<span class="was">${now} →</span> <b>${text(proposal.request)}</b>`;
}
