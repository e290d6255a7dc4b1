const CONSTANTS: ReadonlyMap<string, unknown> = new Map([
  ...spellings(['y', 'yes', 'true', 'on'], true),
  ...spellings(['n', 'no', 'false', 'off'], false),
  ...spellings(['null'], null),
  ['', null],
  ['~', null],
  ...spellings(['.inf', '+.inf'], Infinity),
  ...spellings(['-.inf'], -Infinity),
  ...['.nan', '.NaN', '.NAN'].map((text): [string, unknown] => [text, NaN]),
]);

/** The three ways in which YAML 1.1 writes a word: `yes`, `Yes` and `YES`. */
function spellings(words: readonly string[], value: unknown): [string, unknown][] {
  const capital = (word: string): string => word.replace(/[a-z]/, (letter) => letter.toUpperCase());
  return words.flatMap((word) =>
    [word, capital(word), word.toUpperCase()].map((text): [string, unknown] => [text, value]),
  );
}

const BASED = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const DECIMAL = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** No longer text is a number that Kubernetes tells from another. */
const LONGEST = 400;

/**
 * What an unquoted scalar means to kubectl, which reads YAML 1.1 by sigs.k8s.io/yaml: `yes`, `on` and `y` are true, `017` and `0o17`
 * are 15, `1_000` is 1000, and times, dates and `12:30` stay text.
 */
export function resolveScalar(text: string): unknown {
  if (CONSTANTS.has(text)) return CONSTANTS.get(text);
  if (text.length > LONGEST || !/^[-+.\d]/.test(text)) return text;
  const plain = text.replaceAll('_', '');
  const based = BASED.exec(plain);
  if (based) {
    const [, sign, digits = ''] = based;
    const value = Number(digits.replace(/^0[oO]?(?=\d)/, '0o'));
    return sign === '-' ? -value : value;
  }
  return DECIMAL.test(plain) ? Number(plain) : text;
}
