import { isBag, isList } from '../../foundation';

export type Bag = Readonly<Record<string, unknown>>;

/** What is below some keys of a value of whatever kind. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((found, key) => (isBag(found) ? found[key] : undefined), value);

/** A number, or 0 where there is none. */
export const numberAt = (value: unknown, ...keys: readonly string[]): number => {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : 0;
};

/** The objects of a list as the API server gives it. */
export const itemsOf = (value: unknown): readonly Bag[] => {
  const items = at(value, 'items');
  return isList(items) ? items.filter(isBag) : [];
};
