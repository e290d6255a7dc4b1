import { nameIn } from './graph';
import type { FirstMover, IncidentFacts } from './facts';

type Sign = Omit<FirstMover, 'together'>;

/** The alerts that say of something without objectives that it fails. */
const OUTSIDE = new Set(['BackingServiceDown', 'ExternalHostDown']);

/**
 * Who was first to fail of those around a service. Of those that failed together, as far as samples tell, it is the one that most of the others
 * cannot work without.
 */
export function tryFirstMover(facts: Omit<IncidentFacts, 'firstMover'>): FirstMover | undefined {
  const { connected, uncertaintySeconds, graph } = facts;
  const first = new Map<string, Sign>();
  for (const sign of signsOf(facts)) {
    const known = first.get(sign.name);
    if (connected.has(sign.name) && (!known || sign.at < known.at)) first.set(sign.name, sign);
  }
  const all = [...first.values()].sort((a, b) => a.at - b.at);
  const [earliest] = all;
  if (!earliest) return undefined;
  const together = all.filter(({ at }) => at - earliest.at <= uncertaintySeconds);
  const weight = ({ name }: Sign): number =>
    together.filter((other) => graph.dependents.get(name)?.includes(other.name)).length;
  const ranked = [...together].sort((a, b) => weight(b) - weight(a) || a.at - b.at);
  const chosen = ranked[0] ?? earliest;
  return {
    ...chosen,
    together: together.filter(({ name }) => name !== chosen.name).map(({ name }) => name),
  };
}

function signsOf({ evidence, graph }: Omit<IncidentFacts, 'firstMover'>): readonly Sign[] {
  return [
    ...evidence.burn.rows.flatMap((row): readonly Sign[] =>
      row.burningSince === undefined
        ? []
        : [
            {
              name: nameIn(graph, row),
              at: row.burningSince,
              sign: `its ${row.slo} went beyond its budget`,
              query: row.query,
              isOpenAtStart: row.isOpenAtStart,
            },
          ],
    ),
    ...evidence.states.rows
      .filter(({ state }) => state === 'failing' || state === 'hurting')
      .map((row) => ({
        ...{ name: nameIn(graph, row), at: row.from, query: row.query },
        ...{ sign: 'the rules saw it fail', isOpenAtStart: row.isOpenAtStart },
      })),
    ...evidence.alerts.rows
      .filter(({ alertname }) => OUTSIDE.has(alertname))
      .map((row) => ({
        ...{ name: nameIn(graph, row), at: row.pendingSince, query: row.query },
        ...{
          sign: `${row.alertname} began`,
          isOpenAtStart: row.pendingSince <= evidence.span.start,
        },
      })),
  ];
}
