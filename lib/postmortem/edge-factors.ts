import type { EdgeModel } from '../foundation';
import { code, listed } from '../incident';
import type { Factor, IncidentFacts } from './facts';
import { nameIn } from './graph';

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
  // The same of all who call it: one question, asked of the one that is nearest to people outside.
  const callees = [...new Set(hurt.map(({ to, soft }) => JSON.stringify([to, soft])))];
  const isExposed = ({ from }: EdgeModel): boolean =>
    facts.impacts.some(({ name, isExposed: is }) => is && name === from);
  return callees.flatMap((key) => {
    const same = hurt
      .filter(({ to, soft }) => JSON.stringify([to, soft]) === key)
      .filter((edge) => !edge.soft || !isExplained(edge, hurt))
      .sort((a, b) => Number(isExposed(b)) - Number(isExposed(a)));
    return factorsOfEdges(facts, same);
  });
}

/** What it cannot do without explains it. */
const isExplained = ({ from }: EdgeModel, hurt: readonly EdgeModel[]): boolean =>
  hurt.some((other) => other.from === from && !other.soft);

function factorsOfEdges(facts: IncidentFacts, edges: readonly EdgeModel[]): readonly Factor[] {
  const [first] = edges;
  if (!first) return [];
  const { from, to, soft } = first;
  const callers = listed(edges.map((edge) => code(edge.from)));
  const base = { subject: from, callee: to, query: queryOf(facts, from) };
  if (soft) {
    const text = `A soft dependency acted hard: ${callers} should do without ${code(to)}, and went beyond the budget once that failed.`;
    return [{ ...base, kind: 'soft-acted-hard', text }];
  }
  const text = `${callers} cannot work without ${code(to)}, which failed: ${edges.map(patience).join('; ')}.`;
  const trying = edges.find(({ attempts = 1 }) => attempts > 1);
  return [
    { ...base, kind: 'hard-dependency', text },
    ...(trying
      ? [
          {
            ...{ kind: 'retries' as const, subject: trying.from, callee: to },
            text: `${code(trying.from)} tries ${code(to)} ${trying.attempts ?? 1} times: while that fails, it gets up to as many calls.`,
            query: queryOf(facts, trying.from),
          },
        ]
      : []),
  ];
}

/** How long a caller waits. */
function patience({ from, timeoutSeconds, attempts = 1 }: EdgeModel): string {
  if (timeoutSeconds === undefined) return `how long ${code(from)} waits is declared nowhere`;
  return `${code(from)} waits for ${timeoutSeconds} s, ${attempts === 1 ? 'once' : `${attempts} times`}`;
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
