import type { EdgeModel } from '../foundation';

/** A shortest way over hard edges, as the names along it; undefined where there is none. */
export function tryHardPath(
  edges: readonly Pick<EdgeModel, 'from' | 'to' | 'soft'>[],
  start: string,
  end: string,
): readonly string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, soft } of edges) {
    if (!soft) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const before = new Map<string, string>();
  const queue = [start];
  for (const name of queue) {
    for (const to of next.get(name) ?? []) {
      if (to === start || before.has(to)) continue;
      before.set(to, name);
      queue.push(to);
    }
  }
  const path: string[] = [];
  for (let at: string | undefined = end; at !== undefined; at = before.get(at)) path.unshift(at);
  return path[0] === start && path.length > 1 ? path : undefined;
}
