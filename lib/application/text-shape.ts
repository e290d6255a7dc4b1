import { custom, hasTokens, heldIn, isText, tryNamed, type Shape } from '../foundation';

/** What an object left in a text: what JavaScript writes for one of which it knows no text, or the insides of a contract. */
function garbageIn(text: string): string | undefined {
  if (text.includes('[object Object]')) return '[object Object]';
  return text.includes('"reference":"published"') ? 'the insides of a contract' : undefined;
}

/** Text of an environment variable, in which references may stand. */
export const valueText: Shape = {
  give: 'text',
  check: (value, path, log) => {
    const garbage = isText(value) ? garbageIn(value) : undefined;
    if (garbage === undefined) return;
    const found = `${path} holds ${garbage}: an object was written into a text`;
    log.error('EnvValueInvalid', found, 'Write the part of it that is meant');
  },
};

/** Text that reaches the container as it is: a word of its command, or an annotation. A reference would open no connection there. */
export const plainText = (fix: string, code?: 'LabelInvalid'): Shape => ({
  give: 'text',
  check: (value, path, log) => {
    if (!isText(value)) return custom(() => false, 'text', code).check(value, path, log);
    const garbage = garbageIn(value);
    if (garbage !== undefined) {
      const found = `${path} is text that holds ${garbage}`;
      log.error(code ?? 'PropInvalid', found, 'Write the part of the object that is meant');
    } else if (hasTokens(value)) {
      log.error('ReferenceOutsideWorkload', `${path} holds ${heldIn(value)}`, fix);
    }
  },
});

/** A word of a command. */
export const word = plainText('Give it to a variable in env, such as X, and write $(X) here');

/** What to do with an object that stands where a value is wanted. */
export function fixFor(value: unknown, give: string): string {
  const reference = safelyNamed(value)?.reference;
  return reference === undefined ? `Give ${give}` : `Write ${reference}`;
}

/** How a dependency is written as a whole; undefined for what is none. */
export const wholeOf = (value: unknown): string | undefined => safelyNamed(value)?.whole;

/** Values are anybody's, and may throw when they are looked at. */
function safelyNamed(value: unknown): ReturnType<typeof tryNamed> {
  try {
    return tryNamed(value);
  } catch {
    return undefined;
  }
}
