import { code } from '../incident';
import { nameIn } from './graph';
import type { Factor, IncidentFacts } from './facts';
import { momentOf } from './words';

/** What Kubernetes saw: containers that ended, pods that were not there, nodes that were not ready. */
export const podFactors = (facts: IncidentFacts): readonly Factor[] => [
  ...restarts(facts),
  ...scalings(facts),
  ...nodes(facts),
];

function restarts({ evidence, graph, connected }: IncidentFacts): readonly Factor[] {
  const counts = new Map<string, number>();
  const groups = new Map<string, Factor>();
  for (const row of evidence.restarts.rows) {
    const subject = nameIn(graph, row);
    if (!connected.has(subject)) continue;
    const { reason = 'a reason that is not known', query, container } = row;
    const key = JSON.stringify([subject, container, reason]);
    const times = (counts.get(key) ?? 0) + row.times;
    counts.set(key, times);
    const often = times === 1 ? 'once' : `${times} times`;
    const text = `The container ${code(container)} of ${code(subject)} began anew ${often}, by ${reason}.`;
    groups.set(key, { kind: 'restarts', subject, reason, text, query });
  }
  return [...groups.values()];
}

function scalings({ evidence, graph, connected }: IncidentFacts): readonly Factor[] {
  const first = new Map<string, Factor>();
  for (const row of evidence.scaling.rows) {
    const subject = nameIn(graph, row);
    const isNone = row.kind === 'available' && row.after === 0;
    const kind = isNone ? 'no-replicas' : row.kind === 'at-most' ? 'at-most' : undefined;
    if (kind === undefined || !connected.has(subject) || first.has(`${kind} ${subject}`)) continue;
    const at = momentOf(row.at);
    const text = isNone
      ? `No replica of ${code(subject)} was available from ${at} on.`
      : `The autoscaler of ${code(subject)} had no more replicas to add from ${at} on.`;
    first.set(`${kind} ${subject}`, { kind, subject, text, query: row.query });
  }
  return [...first.values()];
}

function nodes({ evidence, service }: IncidentFacts): readonly Factor[] {
  const [first] = evidence.nodes.rows;
  if (!first) return [];
  const count = new Set(evidence.nodes.rows.map(({ node }) => node)).size;
  const who = count === 1 ? `The node ${code(first.node)}` : `${count} nodes`;
  const text = `${who} with pods of the application ${count === 1 ? 'was' : 'were'} not ready, from ${momentOf(first.from)} on.`;
  return [{ kind: 'node', subject: service, text, query: first.query }];
}
