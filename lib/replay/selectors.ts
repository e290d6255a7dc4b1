import type { Matcher } from '../prometheus';
import { tokensOf, tryUnquoted, type Token } from './tokens';

/** A selector of series within an expression. */
export interface SelectorPiece {
  /** As it stands there, without its range and what moves it in time. */
  readonly text: string;
  /** Undefined where it selects by other labels alone. */
  readonly metric?: string;
  /** Without those on the name. */
  readonly matchers: readonly Matcher[];
  /** `1h` where it selects a range. */
  readonly range?: string;
  /** `offset 1h` or `@ 1700000000`, of one that selects no range. */
  readonly moved?: string;
  /** The function of which it is the only argument, or the last one. */
  readonly of?: string;
}

/** A part of an expression: text as it is, or a selector. */
export type Piece = string | SelectorPiece;

/** What stands before a list of labels, not of series. */
const BEFORE_LABELS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
/** Names that are no series wherever they stand. */
const WORDS = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'offset', 'inf', 'nan']);

/** Parts an expression; undefined when a selector in it cannot be read. */
export function tryPieces(expression: string): readonly Piece[] | undefined {
  const reader = new Reader(tokensOf(expression));
  const pieces: Piece[] = [];
  while (!reader.isAtEnd) {
    const piece = reader.piece();
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return pieces;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** The names before the open parentheses. */
  readonly #calls: (string | undefined)[] = [];
  #before: string | undefined;

  public constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  public get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  public piece(): Piece | undefined {
    const token = this.#take();
    if (token.kind === 'name') return this.#name(token.text);
    if (token.text === '{') return this.#selector(token.text, undefined);
    if (token.text === '(') this.#calls.push(this.#before);
    if (token.text === ')') this.#calls.pop();
    if (token.kind !== 'space') this.#before = undefined;
    return token.text;
  }

  #name(name: string): Piece | undefined {
    this.#before = name;
    const word = name.toLowerCase();
    const next = this.#peek()?.text;
    if (BEFORE_LABELS.has(word)) return next === '(' ? name + this.#through(')') : name;
    if (WORDS.has(word) || next === '(') return name;
    // An aggregation whose labels come first: sum by (namespace) (…).
    if (BEFORE_LABELS.has(this.#peek()?.text.toLowerCase() ?? '')) return name;
    const space = next === '{' ? this.#through('{') : '';
    return this.#selector(name + space, name);
  }

  /** From behind the brace, where there is one. */
  #selector(begin: string, name: string | undefined): SelectorPiece | undefined {
    let text = begin;
    let metric = name;
    const matchers: Matcher[] = [];
    if (begin.endsWith('{')) {
      const inside = this.#through('}');
      text += inside;
      const all = tryMatchers(tokensOf(inside.slice(0, -1)));
      if (!all) return undefined;
      const named = all.find(({ label, is }) => label === '__name__' && is === '=');
      metric ??= named?.value;
      matchers.push(...all.filter((each) => each !== named));
    }
    const of = this.#calls.at(-1);
    const base = { text, matchers, ...(metric !== undefined && { metric }), ...(of && { of }) };
    this.#before = undefined;
    const next = this.#peek();
    if (next?.kind === 'brackets' && !next.text.includes(':')) {
      this.#through(next.text);
      return { ...base, range: next.text.slice(1, -1).trim() };
    }
    const moved = this.#moved();
    return moved === '' ? base : { ...base, moved };
  }

  /** `offset -5m @ end()`: what stands behind a selector and belongs to it. */
  #moved(): string {
    let text = '';
    for (;;) {
      const word = this.#peek()?.text;
      if (word !== '@' && word?.toLowerCase() !== 'offset') return text.trim();
      text += `${text === '' ? '' : ' '}${this.#through(word).trim()} `;
      const sign = this.#peek()?.text;
      if (sign === '-' || sign === '+') text += this.#through(sign).trim();
      const value = this.#peek();
      if (value) text += this.#through(value.text).trim();
      if (value?.kind === 'name' && this.#peek()?.text === '(') text += this.#through(')');
    }
  }

  #take(): Token {
    return this.#tokens[this.#at++] ?? END;
  }

  /** The next token that is no space. */
  #peek(): Token | undefined {
    let at = this.#at;
    while (this.#tokens[at]?.kind === 'space') at++;
    return this.#tokens[at];
  }

  /** Everything to a token, which is taken too. */
  #through(last: string): string {
    let text = '';
    while (!this.isAtEnd) {
      const token = this.#take();
      text += token.text;
      if (token.text === last) break;
    }
    return text;
  }
}

const END: Token = { kind: 'space', text: '' };

/** `a="b", c!~"d"`; a metric in quotes is a matcher on the name. */
function tryMatchers(all: readonly Token[]): readonly Matcher[] | undefined {
  const tokens = all.filter(({ kind }) => kind !== 'space');
  const matchers: Matcher[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at++];
    const label = nameOf(token);
    if (label === undefined) return undefined;
    let is = '';
    while (at < tokens.length && '=!~'.includes(tokens[at]?.text ?? ''))
      is += tokens[at++]?.text ?? '';
    const isName = is === '' && token?.kind === 'text';
    const value = isName ? label : tryText(tokens[at++]);
    if (value === undefined || !(isName || isOperator(is))) return undefined;
    matchers.push(
      isName ? { label: '__name__', is: '=', value } : ({ label, is, value } as Matcher),
    );
    if (at < tokens.length && tokens[at++]?.text !== ',') return undefined;
  }
  return matchers;
}

const isOperator = (text: string): text is Matcher['is'] => ['=', '!=', '=~', '!~'].includes(text);

const nameOf = (token: Token | undefined): string | undefined =>
  token?.kind === 'name' ? token.text : tryText(token);

const tryText = (token: Token | undefined): string | undefined =>
  token?.kind === 'text' ? tryUnquoted(token.text) : undefined;
