import { describe, nearest } from './describe';
import { isDnsSubdomain } from './names';
import type { ProblemCode } from './problem-codes';
import { ProblemLog } from './problem';
import { tryParseQuantity } from './quantity';
import { isLiteral } from './text-token';

/**
 * Checks one value and reports what is wrong with it. `ts-node -T` and plain JavaScript bring no types, so every prop is checked
 * at synthesis. A schema library was tried: mapping its issues to problems took more code than these few checks.
 */
export type Check = (value: unknown, path: string, log: ProblemLog) => void;

/** A check that also says what to give when the value is missing; it completes the sentence "Give …". */
export interface Shape {
  readonly check: Check;
  readonly give: string;
  readonly optional?: true;
}

/** A value that passes a test. */
export function custom(
  test: (value: unknown) => boolean,
  give: string,
  code: ProblemCode = 'PropInvalid',
): Shape {
  const check: Check = (value, path, log) => {
    if (!test(value)) log.error(code, `${path} is ${describe(value)}`, `Give ${give}`);
  };
  return { check, give };
}

/** The same shape, where leaving it out is fine. */
export const optional = (shape: Shape): Shape => ({ ...shape, optional: true });

/** Text that is not empty, and passes a test where one is given. */
export const text = (give: string, test?: (value: string) => boolean, code?: ProblemCode): Shape =>
  custom((value) => isLiteral(value) && value !== '' && (test?.(value) ?? true), give, code);

export const integer = (min: number, max: number, give: string, code?: ProblemCode): Shape =>
  custom(
    (value) =>
      Number.isInteger(value) &&
      (value as number) >= min &&
      (value as number) <= max &&
      !Object.is(value, -0),
    give,
    code,
  );

export const list = (item: Shape, give: string): Shape => ({
  give,
  check: (value, path, log) => {
    if (!isList(value)) return custom(() => false, give).check(value, path, log);
    for (const [index, element] of value.entries()) {
      item.check(element, `${path}[${index}]`, log);
    }
  },
});

/** A list that is not empty. */
export const some = (item: Shape, give: string): Shape => ({
  give,
  check: (value, path, log) => {
    const isEmpty = Array.isArray(value) && value.length === 0;
    const shape = isEmpty ? custom(() => false, give) : list(item, give);
    shape.check(value, path, log);
  },
});

/** A map from names of the team's choice to values of one shape. */
export const table = (item: Shape, give: string): Shape => ({
  give,
  check: (value, path, log) => {
    if (!isBag(value)) return custom(() => false, give).check(value, path, log);
    for (const [key, element] of Object.entries(value)) item.check(element, `${path}.${key}`, log);
  },
});

/** The shape of an object, field by field. */
export interface Fields extends Shape {
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * An object with these fields and no others.
 * @param hints - what to do about fields that are asked for elsewhere
 */
export const fields = (
  shapes: Fields['shapes'],
  give: string,
  hints: Readonly<Record<string, string>> = {},
): Fields => ({
  give,
  shapes,
  check: (value, path, log) => {
    if (!isBag(value)) {
      const name = path === '' ? 'the props object' : path;
      return custom(() => false, give).check(value, name, log);
    }
    const below = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(shapes, key)) reportUnknown(below(key), Object.keys(shapes), log, hints);
    }
    for (const [key, shape] of Object.entries(shapes)) {
      const field = value[key];
      if (field !== undefined) shape.check(field, below(key), log);
      else if (!shape.optional)
        log.error('PropMissing', `${below(key)} is missing`, `Give ${shape.give}`);
    }
  },
});

function reportUnknown(
  path: string,
  known: readonly string[],
  log: ProblemLog,
  hints: Readonly<Record<string, string>>,
): void {
  const name = path.split('.').at(-1) ?? path;
  const near = nearest(name, known);
  const fix = near === undefined ? `Remove it; known are ${known.join(', ')}` : `Write ${near}`;
  const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
  log.error('PropUnknown', `there is no prop ${path}`, hint ?? fix);
}

/** One of several shapes, chosen by looking at the value, so that problems name the field that is wrong. */
export const either = (choose: (value: unknown) => Shape, give: string): Shape => ({
  give,
  check: (value, path, log) => {
    choose(value).check(value, path, log);
  },
});

/** A quantity of `min` to `max` bytes, cores or whatever it counts. */
export const quantity = (min: number, max: number, give: string): Shape => {
  const isBetween = (count: number): boolean => count >= min && count <= max;
  return text(give, (value) => isBetween(tryParseQuantity(value) ?? -1), 'QuantityInvalid');
};

const DURATION = /^(\d{1,6}(\.\d{1,9})?(ms|s|m|h)){1,4}$/;

/** A duration as Go writes it, such as `30s` or `1h30m`. */
export const duration = (give: string): Shape =>
  text(give, (value) => DURATION.test(value), 'DurationInvalid');

export const hostname = (give: string): Shape => text(give, isDnsSubdomain, 'HostnameInvalid');

/** Whether a value is an object: a bag of props. Maps, dates and the like are none: their entries are no fields. */
export function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether a value is an array of its elements alone. One with holes may be endless; one with a `constructor` of its own cannot be mapped. */
export function isList(value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === value.length && keys.every((key, index) => key === String(index));
}

/** Whether a value has the shape. Reports every mismatch. */
export function conforms(shape: Shape, value: unknown, path: string, log: ProblemLog): boolean {
  const before = log.errors;
  shape.check(value, path, log);
  return log.errors === before;
}

/** The fields of an object that have the right form, without those that have not and those that are none. */
export function soundFields<T extends object>({ shapes }: Fields, given: T): T {
  const entries = Object.entries(given).filter(
    ([key, value]) =>
      Object.hasOwn(shapes, key) && conforms(shapes[key] as Shape, value, key, new ProblemLog('')),
  );
  return Object.fromEntries(entries) as T;
}
