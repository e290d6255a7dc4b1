import { parser } from '@prometheus-io/lezer-promql';
import { RE2JS } from 're2js';
import { aggregations, functions, type PromQLType } from './promql-functions';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/**
 * What is wrong with an expression: its grammar by Prometheus' own grammar for editors, its types and matchings by the rules of the server,
 * which the grammar does not know. Empty when Prometheus takes it.
 */
export function promqlFaults(expression: string): readonly string[] {
  const { topNode } = parser.parse(expression);
  const broken = errorsIn(topNode);
  const [first] = broken;
  if (first)
    return [`no PromQL from ${JSON.stringify(expression.slice(first.from, first.from + 20))}`];
  const checker = new Checker(expression);
  const root = topNode.firstChild;
  if (!root) return ['no expression'];
  const type = checker.typeOf(root);
  const faults = checker.faults.length === 0 ? checkResult(type) : [];
  return [...checker.faults, ...faults];
}

/** What a rule may record or alert on. */
const checkResult = (type: PromQLType): readonly string[] =>
  type === 'vector' || type === 'scalar' ? [] : [`a rule of the type ${type}`];

function errorsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const own = node.type.isError ? [node] : [];
  return [...own, ...childrenOf(node).flatMap(errorsIn)];
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

const SETS = ['And', 'Or', 'Unless'];
const COMPARISONS = ['Eql', 'Neq', 'Gte', 'Gtr', 'Lte', 'Lss'];
const ARITHMETIC = ['Add', 'Sub', 'Mul', 'Div', 'Mod', 'Pow', 'Atan2'];

class Checker {
  public readonly faults: string[] = [];
  readonly #expression: string;

  public constructor(expression: string) {
    this.#expression = expression;
  }

  /** The type of a node, and every fault below it. */
  public typeOf(node: SyntaxNode): PromQLType {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        return 'string';
      case 'ParenExpr':
        return this.typeOf(node.firstChild as SyntaxNode);
      case 'VectorSelector':
        return this.#selector(node);
      case 'MatrixSelector':
        return this.#matrix(node);
      case 'SubqueryExpr':
        this.#wants(node.firstChild as SyntaxNode, 'vector', 'a subquery');
        return 'matrix';
      case 'OffsetExpr':
      case 'StepInvariantExpr':
        return this.#shifted(node);
      case 'UnaryExpr':
        return this.#unary(node);
      case 'AggregateExpr':
        return this.#aggregate(node);
      case 'FunctionCall':
        return this.#call(node);
      case 'BinaryExpr':
        return this.#binary(node);
      default:
        return this.#fault(`${node.name} is newer than the oldest Prometheus`, 'vector');
    }
  }

  #report(fault: string): void {
    this.faults.push(fault);
  }

  #fault<T>(fault: string, value: T): T {
    this.#report(fault);
    return value;
  }

  #text(node: SyntaxNode): string {
    return this.#expression.slice(node.from, node.to);
  }

  #wants(node: SyntaxNode, wanted: PromQLType, by: string): void {
    const type = this.typeOf(node);
    if (type !== wanted) this.#report(`${by} takes a ${wanted}, not a ${type}`);
  }

  #selector(node: SyntaxNode): PromQLType {
    const matchers = childrenOf(node).flatMap((child) =>
      child.name === 'LabelMatchers' ? childrenOf(child) : [],
    );
    const isEmpty = matchers.map((matcher) => this.#matchesEmpty(matcher));
    if (!node.getChild('Identifier') && isEmpty.every(Boolean)) {
      this.#report(`${this.#text(node)} selects every series`);
    }
    return 'vector';
  }

  /** Whether a series without the label matches. Checks the pattern along. */
  #matchesEmpty(matcher: SyntaxNode): boolean {
    const literal = matcher.getChild('StringLiteral');
    const operator = matcher.getChild('MatchOp')?.firstChild?.name;
    if (!literal) return false;
    const value = this.#string(literal);
    if (operator === 'EqlSingle') return value === '';
    if (operator === 'Neq') return value !== '';
    const isFound = this.#pattern(value)?.matches('') ?? false;
    return operator === 'EqlRegex' ? isFound : !isFound;
  }

  #string(literal: SyntaxNode): string {
    const text = this.#text(literal);
    if (text.length < 2 || !text.endsWith(text[0] ?? '')) {
      return this.#fault(`${text} has no end`, '');
    }
    const inner = text.slice(1, -1);
    if (text.startsWith('`')) return inner;
    // What Go takes after a backslash.
    if (/\\(?:[^abfnrtv\\'"0-7xuU]|$)/.test(inner.replaceAll('\\\\', ''))) {
      return this.#fault(`${text} has an escape that Go does not know`, '');
    }
    return inner.replace(/\\(.)/g, (_, character: string) =>
      character === 'n' ? '\n' : character,
    );
  }

  #pattern(pattern: string): RE2JS | undefined {
    try {
      return RE2JS.compile(pattern);
    } catch {
      this.#report(`${JSON.stringify(pattern)} is no pattern of RE2`);
      return undefined;
    }
  }

  #matrix(node: SyntaxNode): PromQLType {
    const inner = node.firstChild as SyntaxNode;
    const type = this.typeOf(inner);
    if (inner.name === 'VectorSelector') return 'matrix';
    return this.#fault(
      `a range of ${article(type)} that is no selector: ${this.#text(node)}`,
      'matrix',
    );
  }

  /** `offset` and `@` belong to what is read from the store. */
  #shifted(node: SyntaxNode): PromQLType {
    const inner = node.firstChild as SyntaxNode;
    const read = ['VectorSelector', 'MatrixSelector', 'SubqueryExpr'];
    const isRead = [...read, 'OffsetExpr', 'StepInvariantExpr'].includes(inner.name);
    if (!isRead) this.#report(`offset or @ of ${this.#text(inner)}, which is no selector`);
    return this.typeOf(inner);
  }

  #unary(node: SyntaxNode): PromQLType {
    const type = this.typeOf(node.lastChild as SyntaxNode);
    if (type === 'scalar' || type === 'vector') return type;
    return this.#fault(`a sign before a ${type}`, 'vector');
  }

  #aggregate(node: SyntaxNode): PromQLType {
    const name = this.#text(node.getChild('AggregateOp') as SyntaxNode).toLowerCase();
    const before = aggregations.get(name);
    if (!before) return this.#fault(`${name} is newer than the oldest Prometheus`, 'vector');
    this.#arguments(name, node, { takes: [...before, 'vector'], returns: 'vector' });
    return 'vector';
  }

  #call(node: SyntaxNode): PromQLType {
    const name = this.#text(node.getChild('FunctionIdentifier') as SyntaxNode);
    const signature = functions.get(name);
    if (!signature) return this.#fault(`${name} is newer than the oldest Prometheus`, 'vector');
    const given = this.#arguments(name, node, signature);
    this.#labels(name, given);
    return signature.returns;
  }

  #arguments(
    name: string,
    node: SyntaxNode,
    signature: NonNullable<ReturnType<typeof functions.get>>,
  ): readonly SyntaxNode[] {
    const body = node.getChild('FunctionCallBody');
    const given = body ? childrenOf(body) : [];
    const { takes, optional = 0, variadic } = signature;
    if (given.length < takes.length - optional || (!variadic && given.length > takes.length)) {
      this.#report(`${name} takes ${takes.length} arguments, not ${given.length}`);
    }
    given.forEach((argument, index) => {
      const wanted = takes[index] ?? takes.at(-1);
      if (wanted) this.#wants(argument, wanted, name);
    });
    return given;
  }

  /** `label_replace` and `label_join` name labels, and a pattern, in strings. */
  #labels(name: string, given: readonly SyntaxNode[]): void {
    if (name !== 'label_replace' && name !== 'label_join') return;
    const texts = given.map((each) => (each.name === 'StringLiteral' ? this.#string(each) : ''));
    const isLabel = (text: string | undefined): boolean => /^[a-zA-Z_]\w*$/.test(text ?? '');
    if (!isLabel(texts[1])) this.#report(`${name} writes to no label: ${texts[1] ?? ''}`);
    if (name === 'label_replace') this.#pattern(texts[4] ?? '');
  }

  #binary(node: SyntaxNode): PromQLType {
    const left = this.typeOf(node.firstChild as SyntaxNode);
    const right = this.typeOf(node.lastChild as SyntaxNode);
    const operator = childrenOf(node)[1]?.name ?? '';
    const isSet = SETS.includes(operator);
    const isComparison = COMPARISONS.includes(operator);
    const areVectors = left === 'vector' && right === 'vector';
    const word = operator.toLowerCase();
    for (const type of [left, right]) {
      const isFit = type === 'vector' || (type === 'scalar' && !isSet);
      if (!isFit) this.#report(`${word} takes no ${type}`);
    }
    if (!isSet && !isComparison && !ARITHMETIC.includes(operator)) {
      this.#report(`${word} is newer than the oldest Prometheus`);
    }
    this.#matching(node, { word, isSet, areVectors });
    const hasBool = node.getChild('BoolModifier') !== null;
    if (hasBool && !isComparison) this.#report(`bool at ${word}, which compares nothing`);
    const areScalars = left === 'scalar' && right === 'scalar';
    if (isComparison && areScalars && !hasBool) {
      this.#report(`${word} between scalars needs bool`);
    }
    return areScalars ? 'scalar' : 'vector';
  }

  #matching(
    node: SyntaxNode,
    at: { readonly word: string; readonly isSet: boolean; readonly areVectors: boolean },
  ): void {
    if (node.getChild('FillModifier')) {
      this.#report('fill is newer than the oldest Prometheus');
    }
    const clause = node.getChild('MatchingModifierClause');
    if (!clause) return;
    if (!at.areVectors) this.#report(`${at.word} matches labels of what has none`);
    const isGrouped = clause.getChild('GroupLeft') ?? clause.getChild('GroupRight');
    if (!isGrouped) return;
    if (at.isSet) this.#report(`${at.word} groups, and is many to many anyway`);
    if (!clause.getChild('On')) return;
    const [on = [], included = []] = clause
      .getChildren('GroupingLabels')
      .map((labels) => childrenOf(labels).map((label) => this.#text(label)));
    for (const label of included.filter((each) => on.includes(each))) {
      this.#report(`${label} is both matched and included`);
    }
  }
}

const article = (type: PromQLType): string => `a ${type}`;
