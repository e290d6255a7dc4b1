import type { Bag } from '../fixtures/fixture';

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The maps in a list; none where there is no list. */
export const bags = (value: unknown): readonly Bag[] =>
  Array.isArray(value) ? value.filter(isBag) : [];

/** Sets the fields that are missing. */
export function fill(target: unknown, fields: Bag): void {
  if (!isBag(target)) return;
  for (const [field, value] of Object.entries(fields)) target[field] ??= value;
}

/** Drops fields that hold what the server does not keep: an empty text, false, 0 or an empty list, each as its type says. */
export function drop(target: unknown, ...fields: readonly string[]): void {
  if (!isBag(target)) return;
  for (const field of fields) {
    const value = target[field];
    const isEmpty = Array.isArray(value) ? value.length === 0 : !value;
    if (isEmpty) Reflect.deleteProperty(target, field);
  }
}

/** Without the nulls in maps. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isBag(value)) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([key, field]) => [key, withoutNulls(field)]));
}
