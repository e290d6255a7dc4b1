import { tokensOf, type Token } from './tokens';

/** By which labels series belong together. */
export interface Grouping {
  readonly by: 'these' | 'others';
  readonly labels: readonly string[];
}

export const setOperators = ['and', 'or', 'unless'] as const;
export type SetOperator = (typeof setOperators)[number];

export const aggregations = ['max', 'min', 'sum', 'count', 'group'] as const;
export type Aggregation = (typeof aggregations)[number];

/** An expression as far as it is taken apart. */
export type Tree =
  | {
      readonly kind: 'set';
      readonly operator: SetOperator;
      readonly on: Grouping;
      readonly left: Tree;
      readonly right: Tree;
    }
  | {
      readonly kind: 'aggregation';
      readonly aggregation: Aggregation;
      readonly to: Grouping;
      readonly inner: Tree;
      /** All of it as one expression. */
      readonly text: string;
    }
  | { readonly kind: 'expression'; readonly text: string };

/** Series belong together when all their labels are the same. */
const ALL: Grouping = { by: 'others', labels: [] };

/** Takes an expression apart at the set operators and the aggregations outside of all else. */
export function treeOf(expression: string): Tree {
  const tokens = trimmed(tokensOf(expression));
  const terms = split(tokens, ['or']).map(({ on, part }) => ({ on, tree: conjunction(part) }));
  return folded(terms.map(({ on, tree }) => ({ operator: 'or' as const, on, tree })));
}

function conjunction(tokens: readonly Token[]): Tree {
  return folded(
    split(tokens, ['and', 'unless']).map(({ operator, on, part }) => ({
      operator,
      on,
      tree: operand(trimmed(part)),
    })),
  );
}

interface Term {
  readonly operator: SetOperator;
  readonly on: Grouping;
  readonly tree: Tree;
}

/** From the left to the right. */
const folded = ([first, ...others]: readonly Term[]): Tree =>
  others.reduce<Tree>(
    (left, { operator, on, tree: right }) => ({ kind: 'set', operator, on, left, right }),
    first?.tree ?? { kind: 'expression', text: '' },
  );

interface Part {
  readonly operator: SetOperator;
  readonly on: Grouping;
  readonly part: readonly Token[];
}

/** The parts between some operators outside of all parentheses, each with the operator before it. */
function split(tokens: readonly Token[], operators: readonly SetOperator[]): readonly Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let begin = 0;
  let before: Omit<Part, 'part'> = { operator: 'or', on: ALL };
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at] ?? END;
    if (text === '(' || text === '{') depth++;
    if (text === ')' || text === '}') depth--;
    const operator = operators.find((each) => kind === 'name' && text.toLowerCase() === each);
    if (depth !== 0 || operator === undefined) continue;
    parts.push({ ...before, part: tokens.slice(begin, at) });
    const { grouping, next } = groupingAt(tokens, at + 1, { on: 'these', ignoring: 'others' });
    before = { operator, on: grouping ?? ALL };
    begin = next;
    at = next - 1;
  }
  return [...parts, { ...before, part: tokens.slice(begin) }];
}

function operand(tokens: readonly Token[]): Tree {
  const text = textOf(tokens);
  const inner = tryEnclosed(tokens);
  if (inner) return treeOf(textOf(inner));
  const [name] = tokens;
  const aggregation = aggregations.find((each) => each === name?.text.toLowerCase());
  const { grouping, next } = groupingAt(tokens, 1, { by: 'these', without: 'others' });
  const of = aggregation && grouping && tryEnclosed(trimmed(tokens.slice(next)));
  if (!of) return { kind: 'expression', text };
  return { kind: 'aggregation', aggregation, to: grouping, inner: treeOf(textOf(of)), text };
}

/** What is between a parenthesis at the begin and its other one at the end. */
function tryEnclosed(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens[0]?.text !== '(') return undefined;
  let depth = 0;
  const end = tokens.findIndex(({ text }) => {
    if (text === '(') depth++;
    if (text === ')') depth--;
    return depth === 0;
  });
  return end === tokens.length - 1 ? tokens.slice(1, -1) : undefined;
}

/** `on (a, b)` at a place, and where it ends. */
function groupingAt(
  tokens: readonly Token[],
  at: number,
  words: Readonly<Record<string, Grouping['by']>>,
): { readonly grouping?: Grouping; readonly next: number } {
  const rest = tokens.slice(at);
  const [word, open, ...more] = rest.filter(({ kind }) => kind !== 'space');
  const by = words[word?.text.toLowerCase() ?? ''];
  if (by === undefined || open?.text !== '(') return { next: at };
  const end = more.findIndex(({ text }) => text === ')');
  const labels = more.slice(0, end).filter(({ kind }) => kind === 'name');
  const next = at + rest.findIndex(({ text }) => text === ')') + 1;
  return { grouping: { by, labels: labels.map(({ text }) => text) }, next };
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const isContent = ({ kind }: Token): boolean => kind !== 'space';
  return tokens.slice(tokens.findIndex(isContent), tokens.findLastIndex(isContent) + 1);
}

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('');

const END: Token = { kind: 'space', text: '' };
