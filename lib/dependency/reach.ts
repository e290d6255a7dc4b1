import { compareText, type EdgeModel } from '../foundation';

/** A dependency without which something cannot work, directly or by way of others. */
export interface Reached {
  readonly name: string;
  readonly kind: EdgeModel['kind'];
  /** Over how many edges at the least; 1 is a direct call. */
  readonly hops: number;
}

/** What each caller cannot work without, by its name; by name within a caller. */
export type Reach = ReadonlyMap<string, readonly Reached[]>;

/**
 * The transitive closure of the hard edges. Who can be reached back is left out: within a circle nobody is the cause of another, else all of
 * it would be a symptom and nobody would be told.
 * @param edges - of one application
 */
export function hardReach(edges: readonly EdgeModel[]): Reach {
  const next = new Map<string, EdgeModel[]>();
  for (const edge of edges.filter(({ soft }) => !soft)) {
    next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
  }
  const closure = new Map([...next.keys()].map((from) => [from, reachedFrom(from, next)]));
  return new Map(
    [...closure].map(([from, reached]) => [
      from,
      [...reached.values()]
        .filter(({ name }) => name !== from && !closure.get(name)?.has(from))
        .sort((a, b) => compareText(a.name, b.name)),
    ]),
  );
}

/** Breadth first, so that the first way found is a shortest one. */
function reachedFrom(
  start: string,
  next: ReadonlyMap<string, readonly EdgeModel[]>,
): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  let level: readonly string[] = [start];
  for (let hops = 1; level.length > 0; hops++) {
    const found: string[] = [];
    for (const { to, kind } of level.flatMap((name) => next.get(name) ?? [])) {
      if (reached.has(to)) continue;
      reached.set(to, { name: to, kind, hops });
      found.push(to);
    }
    level = found;
  }
  return reached;
}

/** Who cannot work without each dependency, by its name: the reach, turned around. */
export function hardDependents(reach: Reach): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [from, reached] of reach) {
    for (const { name } of reached) dependents.set(name, [...(dependents.get(name) ?? []), from]);
  }
  return new Map([...dependents].map(([name, from]) => [name, from.sort(compareText)]));
}
