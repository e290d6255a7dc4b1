import type { EdgeModel } from '../foundation';

/** Who calls whom, and nothing else of an edge. */
export type Arrow = Pick<EdgeModel, 'from' | 'to'>;

/**
 * The groups of those who can reach each other, callees before their callers: a group of several is a circle, which the graph treats as
 * one. Without recursion, as chains may be long.
 * @see https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
export function components(arrows: readonly Arrow[]): readonly (readonly string[])[] {
  const search = new Search(arrows);
  for (const name of search.names) search.visit(name);
  return search.found;
}

interface Step {
  readonly name: string;
  readonly rest: readonly string[];
  at: number;
}

class Search {
  public readonly found: string[][] = [];
  readonly #next = new Map<string, Set<string>>();
  readonly #index = new Map<string, number>();
  readonly #low = new Map<string, number>();
  readonly #open: string[] = [];
  readonly #isOpen = new Set<string>();

  public constructor(arrows: readonly Arrow[]) {
    for (const { from, to } of arrows) {
      this.#next.set(to, this.#next.get(to) ?? new Set());
      this.#next.set(from, (this.#next.get(from) ?? new Set()).add(to));
    }
  }

  public get names(): readonly string[] {
    return [...this.#next.keys()].sort();
  }

  public visit(start: string): void {
    if (this.#index.has(start)) return;
    const path = [this.#enter(start)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = top.rest[top.at++];
      if (to === undefined) {
        path.pop();
        this.#leave(top.name, path.at(-1)?.name);
      } else if (!this.#index.has(to)) path.push(this.#enter(to));
      else if (this.#isOpen.has(to)) this.#lower(top.name, this.#index.get(to));
    }
  }

  #enter(name: string): Step {
    this.#low.set(name, this.#index.size);
    this.#index.set(name, this.#index.size);
    this.#open.push(name);
    this.#isOpen.add(name);
    return { name, rest: [...(this.#next.get(name) ?? [])].sort(), at: 0 };
  }

  #leave(name: string, caller: string | undefined): void {
    const low = this.#low.get(name);
    if (caller !== undefined) this.#lower(caller, low);
    if (low !== this.#index.get(name)) return;
    const group = this.#open.splice(this.#open.lastIndexOf(name));
    for (const member of group) this.#isOpen.delete(member);
    this.found.push(group.sort());
  }

  #lower(name: string, to: number | undefined): void {
    this.#low.set(name, Math.min(this.#low.get(name) ?? Infinity, to ?? Infinity));
  }
}
