// Letters, digits and _ alone, so that a marker survives JSON.stringify and URL encoding; letter case does not matter.
const OPEN = 'golden_path_reference_';
const CLOSE = '__';

/** The marker of a reference. What it is made of is checked where it is used, so it may be anything. */
export function token(data: object): string {
  try {
    return `${OPEN}${Buffer.from(JSON.stringify(data)).toString('hex')}${CLOSE}`;
  } catch {
    return `${OPEN}${CLOSE}`;
  }
}

/** What stands in a text for an object that cannot become one. */
export interface Misplaced {
  /** What the object is: `the web service shop/catalog`. */
  readonly object: string;
  /** What to write: an imperative. */
  readonly instead: string;
}

/** Lets an object leave a marker in texts and in JSON, where it would write its insides without a word. */
export function marked<T extends object>(object: T, text: () => string): T {
  Object.defineProperty(object, 'toString', { value: text });
  Object.defineProperty(object, 'toJSON', { value: text, configurable: true });
  return object;
}

/** The same for an object that no text can hold. */
export const noText = <T extends object>(object: T, misplaced: () => Misplaced): T =>
  marked(object, () => token(misplaced()));

/** The same for a construct, whose own `toString` gives its path. */
export function noTextConstruct(construct: object, misplaced: () => Misplaced): void {
  const value = (): string => token(misplaced());
  Object.defineProperty(construct, Symbol.toPrimitive, { value });
  Object.defineProperty(construct, 'toJSON', { value });
}
