import type { Source } from '../../foundation';

/** What is wrong with a file of manifests. */
export interface ReadProblem {
  /** A clause without a full stop. */
  readonly found: string;
  /** An imperative without a full stop. */
  readonly fix: string;
  readonly place: Source;
}

/** What is wrong with a text, by the offset at which it is. */
export interface Flaw extends Omit<ReadProblem, 'place'> {
  readonly offset: number;
}

/** One document of a YAML or JSON text. */
export interface ParsedDocument {
  /** Plain data; undefined when the text is neither YAML nor JSON. */
  readonly value: unknown;
  readonly offset: number;
  /** Where the maps begin that may be objects. */
  readonly offsets: ReadonlyMap<object, number>;
  readonly flaws: readonly Flaw[];
}

/** Beyond it neither the parser nor what judges the data may rely on the stack. Custom resource definitions nest some 60 levels deep. */
export const MOST_LEVELS = 256;

export const tooDeep = (offset: number): Flaw => ({
  offset,
  found: `values are nested more than ${MOST_LEVELS} levels deep`,
  fix: 'Remove what nests so deep',
});

export const duplicateKey = (key: string, offset: number): Flaw => ({
  offset,
  found: `the key ${key} stands twice in one map`,
  fix: 'Remove one of them; which one counts differs from tool to tool',
});

/** Whether a map may be an object, so that its place matters. */
export const isObjectLike = (map: object): boolean =>
  Object.hasOwn(map, 'kind') || Object.hasOwn(map, 'metadata');

/** Sets a field of any name. Assigned, `__proto__` would become the prototype. */
export function setField(target: object, key: string, value: unknown): void {
  if (key !== '__proto__') (target as Record<string, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

/** The line numbers of a text, from 1. Built when first asked for. */
export class Lines {
  #starts: readonly number[] | undefined;

  public constructor(private readonly text: string) {}

  public at(offset: number): number {
    const starts = (this.#starts ??= startsOf(this.text));
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}
