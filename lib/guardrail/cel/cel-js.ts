import { Environment } from '#cel-js';
import { isBag, quantityNanos, reasonOf } from '../../foundation';
import type { CelEngine, CelProgram, Compiled } from './engine';
import { compiledPattern } from './pattern';
import { isCall, nodesOf, outsideSubset } from './subset';

/** A quantity as Kubernetes' CEL library has it. */
class Quantity {
  public constructor(public readonly nanos: bigint) {}
}

/**
 * Functions that mean something else in the engine, and cannot be replaced there: so calls of them are renamed. Its `matches` backtracks,
 * its `lowerAscii` lowers all letters, and its `string` prints doubles as JavaScript does.
 */
const OWN: ReadonlyMap<string, string> = new Map([
  ['matches', 'linearMatches'],
  ['lowerAscii', 'asciiLower'],
  ['string', 'textOf'],
]);

const parsed = (text: string): Quantity => {
  const nanos = quantityNanos(text);
  if (nanos === undefined) throw new RangeError(`'${text}' is no quantity`);
  return new Quantity(nanos);
};

const compare = (a: Quantity, b: Quantity): bigint =>
  a.nanos < b.nanos ? -1n : a.nanos > b.nanos ? 1n : 0n;

const environment = new Environment({
  unlistedVariablesAreDyn: false,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: true,
  limits: { maxAstNodes: 20_000, maxListElements: 5000 },
})
  .registerVariable('object', 'dyn')
  .registerVariable('request', 'dyn')
  .registerVariable('variables', 'dyn')
  .registerType('Quantity', Quantity);

/** A function without side effects, which the engine need not wait for. */
const add = (signature: string, handler: (...values: never[]) => unknown): void => {
  environment.registerFunction(signature, handler, { async: false });
};

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
add('quantity(string): Quantity', parsed);
add('isQuantity(string): bool', (text: string) => quantityNanos(text) !== undefined);
add('Quantity.compareTo(Quantity): int', compare);
add('Quantity.isGreaterThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nanos > b.nanos);
add('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nanos < b.nanos);
add('sign(Quantity): int', (quantity: Quantity) => compare(quantity, new Quantity(0n)));

add('string.linearMatches(string): bool', (text: string, pattern: string) =>
  compiledPattern(pattern).test(text),
);
add('string.asciiLower(): string', (text: string) =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
);
for (const type of ['string', 'bool', 'int']) add(`textOf(${type}): string`, String);
add('textOf(double): string', doubleText);

/** As Go prints doubles: other bounds for exponents than in JavaScript, and two digits in them. */
function doubleText(value: number): string {
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function compile(expression: string): Compiled {
  try {
    const program = environment.parse(expression);
    const nodes = nodesOf(program.ast);
    const outside = outsideSubset(nodes);
    if (outside !== undefined) return { problem: `it uses ${outside}` };
    for (const { args } of nodes.filter(isCall)) args[0] = OWN.get(args[0]) ?? args[0];
    const { valid, error } = program.check();
    if (!valid) return { problem: reasonOf(error) };
    return { program: program as CelProgram };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Integers as CEL's `int`: JavaScript's numbers would be doubles, and `1 + 1` an error. */
function toValue(data: unknown): unknown {
  if (typeof data === 'number') return isInt(data) ? BigInt(data) : data;
  if (typeof data !== 'object') return data;
  if (Array.isArray(data)) {
    // Not by `map`: an array of another realm would make one of that realm, which is none to the engine.
    const list: unknown[] = [];
    for (const item of data) list.push(toValue(item));
    return list;
  }
  if (!isBag(data)) return data;
  // No object: one with a key `constructor` is none to the engine.
  const copy = new Map<string, unknown>();
  for (const key of Object.keys(data)) {
    const value = data[key];
    // As the API server does, nulls are left out.
    if (value !== null && value !== undefined) copy.set(key, toValue(value));
  }
  return copy;
}

const isInt = (data: number): boolean => Number.isInteger(data) && Math.abs(data) < 2 ** 63;

/** The engine on `@marcbachmann/cel-js`. */
export const celJs: CelEngine = { compile, toValue };
