const NAMED = 3;

/** Names in a sentence, the first three and how many more there are: `a, b, c and 2 more`. */
export const firstFew = (all: readonly string[]): string =>
  all.length > NAMED
    ? `${all.slice(0, NAMED).join(', ')} and ${all.length - NAMED} more`
    : all.join(', ');
