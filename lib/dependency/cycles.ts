import type { EdgeModel } from '../foundation';

/** The circles among hard edges, each as the names along it, ending where it began. */
export function hardCycles(edges: readonly EdgeModel[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to, kind, soft } of edges) {
    if (kind === 'workload' && !soft) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of [...next.keys()].sort()) walk(start, next, done, cycles);
  return cycles;
}

/** Depth first without recursion: a chain of ten thousand services must not overflow the stack. */
function walk(
  start: string,
  next: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
  cycles: string[][],
): void {
  if (done.has(start)) return;
  const path: { readonly name: string; readonly rest: string[] }[] = [];
  const onPath = new Set<string>();
  const enter = (name: string): void => {
    path.push({ name, rest: [...new Set(next.get(name) ?? [])].sort() });
    onPath.add(name);
  };
  enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const step = top.rest.shift();
    if (step === undefined) {
      onPath.delete(top.name);
      done.add(top.name);
      path.pop();
    } else if (onPath.has(step)) {
      const from = path.findIndex(({ name }) => name === step);
      cycles.push([...path.slice(from).map(({ name }) => name), step]);
    } else if (!done.has(step)) {
      enter(step);
    }
  }
}
