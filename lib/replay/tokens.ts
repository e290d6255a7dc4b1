/** A piece of PromQL that has no smaller ones. A pair of brackets is one, with what is in it. */
export interface Token {
  readonly kind: 'space' | 'text' | 'number' | 'name' | 'brackets' | 'sign';
  readonly text: string;
}

const TOKEN =
  /(?<space>(?:\s|#[^\n]*)+)|(?<text>"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|`[^`]*`)|(?<brackets>\[[^\]]*\])|(?<number>\.?\d(?:[eE][+-]?\d|[\w.])*)|(?<name>[A-Za-z_:][\w:]*)|(?<sign>[^])/gy;

/** The tokens of an expression. Of what is no PromQL there are tokens too: whether it is some, the server says. */
export const tokensOf = (expression: string): readonly Token[] =>
  [...expression.matchAll(TOKEN)].map(({ 0: text, groups = {} }) => {
    const kind = KINDS.find((each) => groups[each] !== undefined) ?? 'sign';
    return { kind, text };
  });

const KINDS = ['space', 'text', 'brackets', 'number', 'name'] as const;

/** What a literal says; undefined when its escapes are not ours to read. */
export function tryUnquoted(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  // The server knows both quotes, JSON one of them.
  const text = literal.startsWith("'")
    ? inner.replace(/\\'/g, "'").replace(/(?<!\\)"/g, '\\"')
    : inner;
  try {
    const value: unknown = JSON.parse(`"${text.replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
