import { describe } from '../../foundation';
import {
  duplicateKey,
  isObjectLike,
  MOST_LEVELS,
  setField,
  tooDeep,
  type Flaw,
  type ParsedDocument,
} from './document';

/** Thrown inside this file, where a text stops being JSON. */
class NotJson extends SyntaxError {
  public constructor(public readonly flaw: Flaw) {
    super(flaw.found);
  }
}

/**
 * Parses one or more JSON values that stand behind each other, as kubectl does. JavaScript's own parser says neither where an object
 * stands nor that a key stands twice, and a YAML parser takes ten times as long.
 */
export function parseJson(text: string): readonly ParsedDocument[] {
  const reader = new JsonReader(text);
  const documents: ParsedDocument[] = [];
  try {
    while (!reader.isAtEnd()) documents.push(reader.document());
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { flaw } = error;
    documents.push({ value: undefined, offset: flaw.offset, offsets: new Map(), flaws: [flaw] });
  }
  return documents;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /[a-z]+/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

class JsonReader {
  #at = 0;
  #offsets = new Map<object, number>();
  #flaws: Flaw[] = [];

  public constructor(private readonly text: string) {}

  public isAtEnd(): boolean {
    this.#match(SPACE);
    return this.#at === this.text.length;
  }

  public document(): ParsedDocument {
    this.#offsets = new Map();
    this.#flaws = [];
    const offset = this.#at;
    const value = this.#value(1);
    return { value, offset, offsets: this.#offsets, flaws: this.#flaws };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.#at += found.length;
    return found;
  }

  #fail(expected: string): never {
    const character = this.text[this.#at];
    const found = character === undefined ? 'ends' : `has ${describe(character)}`;
    const flaw = { offset: this.#at, found: `the JSON ${found} where ${expected} is expected` };
    throw new NotJson({ ...flaw, fix: 'Mend the JSON' });
  }

  #take(character: string): boolean {
    this.#match(SPACE);
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #value(level: number): unknown {
    if (level > MOST_LEVELS) throw new NotJson(tooDeep(this.#at));
    this.#match(SPACE);
    const start = this.#at;
    const first = this.text[start];
    if (first === '{') return this.#object(start, level);
    if (first === '[') return this.#array(level);
    return first === '"' ? this.#string() : this.#numberOrWord(start);
  }

  #numberOrWord(start: number): unknown {
    const number = this.#match(NUMBER);
    if (number === '') {
      const word = this.#match(WORD);
      if (Object.hasOwn(WORDS, word)) return WORDS[word];
      this.#at = start;
      this.#fail('a value');
    }
    const value = Number(number);
    if (Number.isFinite(value)) return value;
    throw new NotJson({
      ...{ offset: start, found: 'a number is larger than a computer counts' },
      fix: 'Write the number that is meant',
    });
  }

  #object(start: number, level: number): object {
    this.#at++;
    const object = {};
    if (this.#take('}')) return object;
    do {
      this.#match(SPACE);
      const keyAt = this.#at;
      if (this.text[keyAt] !== '"') this.#fail('a key in quotes');
      const key = this.#string();
      if (Object.hasOwn(object, key)) this.#flaws.push(duplicateKey(describe(key), keyAt));
      if (!this.#take(':')) this.#fail("':'");
      setField(object, key, this.#value(level + 1));
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail("',' or '}'");
    if (isObjectLike(object)) this.#offsets.set(object, start);
    return object;
  }

  #array(level: number): readonly unknown[] {
    this.#at++;
    const array: unknown[] = [];
    if (this.#take(']')) return array;
    do array.push(this.#value(level + 1));
    while (this.#take(','));
    if (!this.#take(']')) this.#fail("',' or ']'");
    return array;
  }

  #string(): string {
    const start = this.#at;
    let end = this.text.indexOf('"', start + 1);
    while (end !== -1 && this.#isEscaped(end)) end = this.text.indexOf('"', end + 1);
    if (end === -1) {
      this.#at = this.text.length;
      this.#fail('the end of a string');
    }
    try {
      const value = JSON.parse(this.text.slice(start, end + 1)) as string;
      this.#at = end + 1;
      return value;
    } catch {
      return this.#fail('a string without line breaks and with sound escapes');
    }
  }

  #isEscaped(quote: number): boolean {
    let before = quote;
    while (this.text[before - 1] === '\\') before--;
    return (quote - before) % 2 === 1;
  }
}
