import type { DriftVerdict } from '../../sizing';
import type { SizedApplication, SizedContainer } from '../rightsize';
import { containerCard } from './container';
import { lines, markup, nothing, type Markup } from './markup';
import { counted } from './numbers';
import { counts, overview, sums } from './overview';
import { nameOf } from './words';

/** What is said of one application in one environment. @param id - unique in the page */
export function applicationSection(sized: SizedApplication, id: string): Markup {
  const containers = inOrder(sized.containers);
  const idOf = (at: number): string => `${id}-${at + 1}`;
  return markup`
    <section id="${id}" aria-labelledby="${id}-name">
    <header>
    <h2 id="${id}-name">${titleOf(sized)}</h2>
    <dl class="asked">${lines(factsOf(sized))}</dl>
    </header>
    ${
      containers.length === 0
        ? markup`<p class="empty">No containers of this application were found.</p>`
        : markup`
            <div class="summary">
            <div>${counts(sized)}${sums(sized)}</div>
            ${overview(containers, idOf)}
            </div>
            ${lines(containers.map((each, at) => containerCard(each, idOf(at))))}`
    }
    </section>`;
}

export const titleOf = ({ application, environment }: SizedApplication): string =>
  `${application} in ${environment}`;

function factsOf(sized: SizedApplication): readonly Markup[] {
  const { namespace, window, scrapeSeconds, pods, injected, containers } = sized;
  const isSampled = containers.some(({ proposal }) => proposal.evidence !== undefined);
  const others = Object.entries(injected).sort(([a], [b]) => order(a, b));
  const fact = (term: string, said: string): Markup =>
    markup`<div><dt>${term}</dt><dd>${said}</dd></div>`;
  return [
    fact('namespace', namespace),
    fact('window', `${window.from} to ${window.to}, ${counted(window.days.length, 'day')} in UTC`),
    fact('samples', isSampled ? `every ${scrapeSeconds} s` : 'none'),
    fact('pods', String(pods.all) + (pods.byName > 0 ? `, ${pods.byName} told by name alone` : '')),
    others.length === 0
      ? nothing
      : fact(
          'put in by others, not sized',
          others.map(([name, count]) => `${name} in ${counted(count, 'pod')}`).join(', '),
        ),
  ];
}

const RANK: Readonly<Record<DriftVerdict, number>> = {
  under: 0,
  over: 1,
  right: 2,
  'insufficient-data': 2,
};

/** What is under first, then what is over, then the rest; each by name. */
const inOrder = (containers: readonly SizedContainer[]): readonly SizedContainer[] =>
  [...containers].sort(
    (a, b) =>
      RANK[a.drift.verdict] - RANK[b.drift.verdict] ||
      order(nameOf(a), nameOf(b)) ||
      order(a.container, b.container),
  );

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
