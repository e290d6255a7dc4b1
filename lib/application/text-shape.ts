import { custom, hasTokens, heldIn, isText, tryNamed, type Shape } from '../foundation';

/** What JavaScript writes for an object of which it knows no text. */
const GARBAGE = '[object Object]';

const isWhole = (value: unknown): value is string => isText(value) && !value.includes(GARBAGE);

/** Text of an environment variable, in which references may stand. */
export const valueText: Shape = {
  give: 'text',
  check: (value, path, log) => {
    if (isWhole(value)) return;
    const found = `${path} holds ${GARBAGE}: an object was written into a text`;
    log.error('EnvValueInvalid', found, 'Write the part of it that is meant');
  },
};

/** Text that reaches the container as it is: a word of its command, or an annotation. A reference would open no connection there. */
export const plainText = (fix: string, code?: 'LabelInvalid'): Shape => ({
  give: 'text',
  check: (value, path, log) => {
    if (!isWhole(value)) {
      const found = isText(value) ? `${path} is text that holds ${GARBAGE}` : undefined;
      if (found === undefined) custom(() => false, 'text', code).check(value, path, log);
      else log.error(code ?? 'PropInvalid', found, 'Write the part of the object that is meant');
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
