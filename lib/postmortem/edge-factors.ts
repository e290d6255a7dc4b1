import type { EdgeModel } from '../foundation';
import type { Factor, IncidentFacts } from './facts';
import { nameIn } from './graph';
import { code } from './words';

/** What the declared dependencies did: hard ones that took their caller along, and soft ones that should not have. */
export function edgeFactors(facts: IncidentFacts): readonly Factor[] {
  const began = beginsOf(facts);
  const isHurt = ({ from, to }: EdgeModel): boolean => {
    const [caller, callee] = [began.get(from), began.get(to)];
    return (
      caller !== undefined &&
      callee !== undefined &&
      callee <= caller + facts.uncertaintySeconds &&
      facts.impacts.some(({ name }) => name === from)
    );
  };
  const hurt = facts.graph.edges
    .filter(
      (edge, index, all) =>
        all.findIndex(({ from, to }) => from === edge.from && to === edge.to) === index,
    )
    .filter(isHurt);
  return hurt.flatMap((edge) => factorsOfEdge(facts, edge, hurt));
}

function factorsOfEdge(
  facts: IncidentFacts,
  edge: EdgeModel,
  hurt: readonly EdgeModel[],
): readonly Factor[] {
  const { from, to, soft, timeoutSeconds, attempts = 1 } = edge;
  const query = queryOf(facts, from);
  const base = { subject: from, callee: to, query };
  if (soft) {
    // What it cannot do without explains it.
    if (hurt.some((other) => other.from === from && !other.soft)) return [];
    const text = `A soft dependency acted hard: ${code(from)} should do without ${code(to)}, and went beyond its budget once that failed.`;
    return [{ ...base, kind: 'soft-acted-hard', text }];
  }
  const gives =
    timeoutSeconds === undefined
      ? 'how long it waits is declared nowhere'
      : `it waits for ${timeoutSeconds} s, ${attempts === 1 ? 'once' : `${attempts} times`}`;
  const text = `${code(from)} cannot work without ${code(to)}, which failed: ${gives}.`;
  const retries = `${code(from)} tries ${code(to)} ${attempts} times: while it fails, it gets up to as many calls.`;
  return [
    { ...base, kind: 'hard-dependency', text },
    ...(attempts > 1 ? [{ ...base, kind: 'retries', text: retries } as const] : []),
  ];
}

/** When each service was first seen to fail. */
function beginsOf({ evidence, graph }: IncidentFacts): ReadonlyMap<string, number> {
  const began = new Map<string, number>();
  const note = (name: string, at: number): void => {
    began.set(name, Math.min(at, began.get(name) ?? Infinity));
  };
  for (const row of evidence.states.rows) note(nameIn(graph, row), row.from);
  for (const row of evidence.burn.rows) {
    if (row.burningSince !== undefined) note(nameIn(graph, row), row.burningSince);
  }
  for (const row of evidence.alerts.rows) {
    if (/^(?:BackingService|ExternalHost)Down$/.test(row.alertname)) {
      note(nameIn(graph, row), row.pendingSince);
    }
  }
  return began;
}

const queryOf = ({ impacts, graph }: IncidentFacts, from: string): string =>
  impacts.find(({ name }) => name === from)?.query ??
  `golden_path:service:failing{application="${graph.model.application}",service="${from}"}`;
