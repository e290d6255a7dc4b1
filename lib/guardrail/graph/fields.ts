import { isBag } from '../../foundation';

/** A map out of a manifest that nobody has validated. */
export type Bag = Readonly<Record<string, unknown>>;

/** What stands at the end of a path of fields; undefined where it breaks off, and for null, which the API server drops. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const field of path) {
    found = isBag(found) && Object.hasOwn(found, field) ? found[field] : undefined;
  }
  return found ?? undefined;
}

/** The map at a path; an empty one when there is none. */
export function bagAt(value: unknown, ...path: readonly string[]): Bag {
  const found = valueAt(value, ...path);
  return isBag(found) ? found : {};
}

/** The list at a path; an empty one when there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** The maps of the list at a path. */
export const bagsAt = (value: unknown, ...path: readonly string[]): readonly Bag[] =>
  listAt(value, ...path).filter(isBag);

/** The text at a path. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A field that counts something: its default when it is unset, and undefined when it is no whole number from 0. */
export function countAt(value: unknown, field: string, unset: number): number | undefined {
  const found = valueAt(value, field) ?? unset;
  return Number.isSafeInteger(found) && (found as number) >= 0 ? (found as number) : undefined;
}
