import type { ASTNode } from '#cel-js';
import { compiledPattern } from './pattern';

/**
 * What rules may call, by name and number of arguments, receivers not counted. Everything here means the same in cel-go as of
 * Kubernetes 1.30 and in the engine, which the conformance tests show; anything else may not, and is refused.
 */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'dyn/1',
  'has/1',
  'isQuantity/1',
  'quantity/1',
  'sign/1',
  'string/1',
]);
const METHODS: ReadonlySet<string> = new Set([
  'all/2',
  'compareTo/1',
  'contains/1',
  'endsWith/1',
  'exists/2',
  'exists_one/2',
  'filter/2',
  'hasValue/0',
  'isGreaterThan/1',
  'isLessThan/1',
  'join/1',
  'lowerAscii/0',
  'map/2',
  'matches/1',
  'orValue/1',
  'size/0',
  'startsWith/1',
]);
/** Without division, whose overflow the engine does not see, and which no rule needs. */
const OPERATORS: ReadonlySet<string> = new Set([
  ...['value', 'id', 'call', 'rcall', 'list', 'map'],
  ...['.', '.?', '[]', '[?]', '?:', '||', '&&', '!_', '-_'],
  ...['!=', '==', 'in', '+', '-', '*', '<', '<=', '>', '>='],
]);

/** What of these nodes, which are all of an expression, is outside of the accepted subset; undefined when nothing is. */
export function outsideSubset(nodes: readonly ASTNode[]): string | undefined {
  const ended = new Set(nodes.map(optionalEndedBy));
  for (const node of nodes) {
    const found = isOptional(node) && !ended.has(node) ? OPEN_OPTIONAL : own(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A call of a function or a method. */
export type Call = Extract<ASTNode, { readonly op: 'call' | 'rcall' }>;

export const isCall = (node: ASTNode): node is Call => node.op === 'call' || node.op === 'rcall';

/** An expression and all that it consists of. */
export function nodesOf(root: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    found.push(value);
    if (value.op !== 'value') visit(value.args);
  };
  visit(root);
  return found;
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

function own(node: ASTNode): string | undefined {
  if (!OPERATORS.has(node.op)) return `the operator ${node.op}`;
  if (node.op === 'value') return literal(node.args);
  if (node.op === 'map') return keys(node.args.map(([key]) => key));
  if (node.op === '-_' && node.args.op !== 'value') return 'a minus before what is no number';
  if (node.op === 'call') return call(FUNCTIONS, node.args[0], node.args[1].length);
  if (node.op !== 'rcall') return undefined;
  const [method, , args] = node.args;
  return (
    call(METHODS, method, args.length) ?? (method === 'matches' ? pattern(args[0]) : undefined)
  );
}

/** Optionals are compared, and asked for fields, in another way than in cel-go: so each is ended where it begins. */
const OPEN_OPTIONAL = 'an optional that no orValue() or hasValue() ends';

const isOptional = ({ op }: ASTNode): boolean => op === '.?' || op === '[?]';

function optionalEndedBy(node: ASTNode): ASTNode | undefined {
  if (node.op === '.?' || node.op === '[?]') return node.args[0];
  const ends = node.op === 'rcall' && ['orValue', 'hasValue'].includes(node.args[0]);
  return ends ? node.args[1] : undefined;
}

function call(known: ReadonlySet<string>, name: string, count: number): string | undefined {
  if (known.has(`${name}/${count}`)) return undefined;
  return `${name}() with ${count} argument${count === 1 ? '' : 's'}`;
}

/** Beyond it, integers and doubles are compared in another way than in cel-go, which rounds. */
const LARGEST = 2 ** 53;

function literal(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'bigint' && typeof value !== 'number') {
    return value === null ? 'null' : 'a literal of unsigned or byte type';
  }
  return value > LARGEST ? 'a number beyond 2^53' : undefined;
}

/** The engine makes texts of other keys, takes the last of two equal ones, and leaves out three names. */
function keys(nodes: readonly ASTNode[]): string | undefined {
  const names = nodes.map((node) => (node.op === 'value' ? node.args : undefined));
  if (!names.every((name) => typeof name === 'string')) return 'a map key that is no text';
  const lost = names.find((name) => ['__proto__', 'constructor', 'prototype'].includes(name));
  if (lost !== undefined) return `the map key ${lost}`;
  return new Set(names).size < names.length ? 'a map key twice' : undefined;
}

/** A pattern must be known when the rule is, so that it can be compiled by an engine that takes linear time. */
function pattern(node: ASTNode | undefined): string | undefined {
  if (node?.op !== 'value' || typeof node.args !== 'string') {
    return 'matches() with a pattern that is no literal';
  }
  try {
    compiledPattern(node.args);
    return undefined;
  } catch (error) {
    return `the pattern ${node.args}, which RE2 refuses (${String(error)})`;
  }
}
