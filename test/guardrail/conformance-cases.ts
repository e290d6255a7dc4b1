import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js';
import { Environment, type ASTNode } from '#cel-js';

/** One of the official cases, with its bindings as fields of `object`, the one variable that our environment has for data. */
export interface ConformanceCase {
  /** The file, section and name of the case, by slashes. */
  readonly path: string;
  readonly expression: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly expected: Expected;
}

/** What the specification says comes of it. */
export type Expected = { readonly value: unknown } | 'error';

/** A case of which nothing can be said here, with the reason. */
export interface OtherCase {
  readonly path: string;
  readonly reason: string;
}

type Given = IncrementalTest['original'];
type Bound = NonNullable<Extract<Given['bindings'][string]['kind'], { case: 'value' }>['value']>;

/** A reason for which a case is none for us. */
class Unsuitable extends Error {}

/** All official cases, in their order. */
export function conformanceCases(): readonly (ConformanceCase | OtherCase)[] {
  return inSuite(getConformanceSuite(), []);
}

function inSuite(
  { suites, tests }: IncrementalTestSuite,
  folders: readonly string[],
): readonly (ConformanceCase | OtherCase)[] {
  const own = tests.map((test) => suitable(test, [...folders, test.name].join('/')));
  return [...suites.flatMap((suite) => inSuite(suite, [...folders, suite.name])), ...own];
}

function suitable({ original }: IncrementalTest, path: string): ConformanceCase | OtherCase {
  try {
    if (original.checkOnly) throw new Unsuitable('checks types only');
    const object = Object.fromEntries(
      Object.entries(original.bindings).map(([name, { kind }]) => {
        if (kind.case !== 'value' || !/^\w+$/.test(name)) throw new Unsuitable('other bindings');
        return [name, plain(kind.value, 'other bindings')];
      }),
    );
    const expected = expectation(original.resultMatcher);
    return { path, expression: rewritten(original.expr, Object.keys(object)), object, expected };
  } catch (error) {
    if (error instanceof Unsuitable) return { path, reason: error.message };
    throw error;
  }
}

function expectation(matcher: Given['resultMatcher']): Expected {
  if (matcher.case === undefined) return { value: true };
  if (matcher.case === 'evalError' || matcher.case === 'anyEvalErrors') return 'error';
  const value = matcher.case === 'typedResult' ? matcher.value.result : matcher.value;
  if (value?.$typeName !== 'cel.expr.Value') throw new Unsuitable('other results');
  return { value: plain(value, 'other results', true) };
}

/** A value as a manifest can hold it. A result may be more: null, and a double without a fraction. */
function plain({ kind }: Bound, problem: string, isResult = false): unknown {
  const inside = (value: Bound): unknown => plain(value, problem, isResult);
  if (kind.case === 'listValue') return kind.value.values.map(inside);
  if (kind.case === 'mapValue') {
    const entries = kind.value.entries.map(({ key, value }) => {
      const name = key && inside(key);
      if (typeof name !== 'string' || !value) throw new Unsuitable(problem);
      return [name, inside(value)] as const;
    });
    return Object.fromEntries(entries);
  }
  const known =
    kind.case === 'boolValue' || kind.case === 'stringValue' || kind.case === 'int64Value';
  const isFraction = kind.case === 'doubleValue' && !Number.isInteger(kind.value);
  if (known || isFraction || (isResult && kind.case === 'doubleValue')) return kind.value;
  if (isResult && kind.case === 'nullValue') return null;
  throw new Unsuitable(problem);
}

const parser = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });

/** The expression with `x` as `object.x` wherever it stands for a binding. */
function rewritten(expression: string, names: readonly string[]): string {
  if (names.length === 0) return expression;
  return [...freePlaces(parsed(expression), new Set(names))]
    .sort((a, b) => b - a)
    .reduce((text, at) => `${text.slice(0, at)}object.${text.slice(at)}`, expression);
}

function parsed(expression: string): ASTNode {
  try {
    return parser.parse(expression).ast;
  } catch {
    throw new Unsuitable('other syntax');
  }
}

const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map'];

/** Where identifiers of these names begin that no macro has bound. */
function freePlaces(node: ASTNode, names: ReadonlySet<string>): readonly number[] {
  const inside = (value: unknown): readonly number[] => {
    if (Array.isArray(value)) return value.flatMap(inside);
    const isNode = typeof value === 'object' && value !== null && 'op' in value;
    return isNode ? freePlaces(value as ASTNode, names) : [];
  };
  if (node.op === 'id') return names.has(node.args) ? [node.start] : [];
  if (node.op === 'rcall' && MACROS.includes(node.args[0])) {
    const [, receiver, [variable, ...bodies]] = node.args;
    const left = new Set([...names].filter((name) => name !== variable?.args));
    return [...freePlaces(receiver, names), ...bodies.flatMap((body) => freePlaces(body, left))];
  }
  return node.op === 'value' ? [] : inside(node.args);
}
