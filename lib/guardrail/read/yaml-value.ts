import { isAlias, isMap, isScalar, isSeq, type Alias, type Pair, type Scalar } from 'yaml';
import { describe, isBag, oneLine } from '../../foundation';
import { duplicateKey, isObjectLike, MOST_LEVELS, setField, tooDeep, type Flaw } from './document';
import { resolveScalar } from './scalar';

/** What aliases of one document may stand for, all together: a few lines can stand for more than fits into memory. */
const MOST_ALIASED = 100_000;

/** A node as data, with what it would be if all its aliases were written out. */
interface Converted {
  readonly value: unknown;
  readonly size: number;
  readonly levels: number;
}

/** Enough of a number to find it. */
const LONGEST = 24;

const CORE = 'tag:yaml.org,2002:';
const RESOLVED = ['bool', 'int', 'float', 'null', 'timestamp'].map((name) => CORE + name);
const COLLECTIONS = [undefined, '!', `${CORE}map`, `${CORE}seq`];

/**
 * Makes data of the nodes of one document. The parser's own way looks through the whole document for each alias, and through the
 * whole map for each key.
 */
export class YamlValue {
  /** Where maps begin that may be objects. */
  public readonly offsets = new Map<object, number>();
  public readonly flaws: Flaw[] = [];
  readonly #anchors = new Map<string, Converted>();
  #aliased = 0;

  public constructor(private readonly root: unknown) {}

  public convert(): unknown {
    return this.#node(this.root, 1).value;
  }

  #flaw(node: unknown, found: string, fix: string): void {
    this.flaws.push({ offset: offsetOf(node), found, fix });
  }

  #node(node: unknown, level: number): Converted {
    if (isAlias(node)) return this.#alias(node, level);
    const converted = this.#plain(node, level);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #plain(node: unknown, level: number): Converted {
    if (isScalar(node)) return one(this.#scalar(node));
    if (!isMap(node) && !isSeq(node)) return one(null);
    if (!COLLECTIONS.includes(node.tag)) this.#tag(node, node.tag);
    return isMap(node) ? this.#map(node, level) : this.#list(node.items, level);
  }

  /** Values are shared, not copied, but counted as if they were. */
  #alias(node: Alias, level: number): Converted {
    const known = this.#anchors.get(node.source);
    if (!known) {
      this.#flaw(node, `the alias *${node.source} has no anchor before it`, 'Write the value');
      return one(null);
    }
    const before = this.#aliased;
    this.#aliased += known.size;
    const found = `the aliases stand for more than ${MOST_ALIASED} values`;
    if (before > MOST_ALIASED) return one(null);
    if (this.#aliased > MOST_ALIASED) this.#flaw(node, found, 'Write the values instead');
    else if (level + known.levels - 1 > MOST_LEVELS) this.flaws.push(tooDeep(offsetOf(node)));
    else return known;
    return one(null);
  }

  #list(items: readonly unknown[], level: number): Converted {
    const converted = items.map((item) => this.#node(item, level + 1));
    return whole(
      converted.map(({ value }) => value),
      converted,
    );
  }

  #map(node: { readonly items: readonly Pair[] }, level: number): Converted {
    const map = {};
    const inside: Converted[] = [];
    const merged: (readonly [unknown, unknown])[] = [];
    for (const { key, value } of node.items) {
      const isMerge = isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
      const name = isMerge ? undefined : this.#key(key, level);
      const converted = this.#node(value, level + 1);
      inside.push(converted);
      if (isMerge) merged.push([value, converted.value]);
      if (name === undefined) continue;
      if (!Object.hasOwn(map, name)) setField(map, name, converted.value);
      else this.flaws.push(duplicateKey(describe(name), offsetOf(key)));
    }
    for (const [value, source] of merged) this.#merge(map, value, source);
    if (isObjectLike(map)) this.offsets.set(map, offsetOf(node));
    return whole(map, inside);
  }

  /** What a map says itself counts more than what it merges, and what is merged first more than what comes later. */
  #merge(map: object, node: unknown, source: unknown): void {
    const sources: readonly unknown[] = Array.isArray(source) ? source : [source];
    if (!sources.every(isBag)) {
      this.#flaw(node, 'a merge key << has a value that is no map', 'Merge maps only');
      return;
    }
    for (const [key, value] of sources.flatMap((each) => Object.entries(each))) {
      if (!Object.hasOwn(map, key)) setField(map, key, value);
    }
  }

  #key(node: unknown, level: number): string | undefined {
    const { value } = this.#node(node, level + 1);
    if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
    this.#flaw(node, 'a key is neither text nor a number', 'Write the key as text, in quotes');
    return undefined;
  }

  #scalar(node: Scalar): unknown {
    const text = String(node.value);
    if (node.tag === undefined) return node.type === 'PLAIN' ? this.#resolved(node, text) : text;
    if (RESOLVED.includes(node.tag)) return this.#resolved(node, text);
    if (node.tag !== '!' && node.tag !== `${CORE}str`) this.#tag(node, node.tag);
    return text;
  }

  #resolved(node: Scalar, text: string): unknown {
    const value = resolveScalar(text);
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    const found = `${describe(oneLine(text, LONGEST))} is a number that JSON cannot hold`;
    this.#flaw(node, found, 'Quote it if it is text, or write the number that is meant');
    return text;
  }

  #tag(node: unknown, tag: string | undefined): void {
    const name = String(tag).replace(CORE, '!!');
    this.#flaw(node, `Kubernetes knows no tag ${describe(name)}`, 'Write the value without a tag');
  }
}

const one = (value: unknown): Converted => ({ value, size: 1, levels: 1 });

function whole(value: unknown, inside: readonly Converted[]): Converted {
  let [size, levels] = [1, 1];
  for (const each of inside) {
    size += each.size;
    levels = Math.max(levels, each.levels + 1);
  }
  return { value, size, levels };
}

const offsetOf = (node: unknown): number =>
  (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
