const LONGEST_LINE = 160;

/**
 * JSON that is small and that differs line by line: what fits stands on one line. ASCII alone, so that YAML can hold it line by line too.
 */
export function printJson(value: unknown, indent = ''): string {
  const line = ascii(JSON.stringify(value));
  const isShort = indent.length + line.length <= LONGEST_LINE;
  if (isShort || typeof value !== 'object' || value === null) return line;
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: unknown) => inner + printJson(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${inner}${ascii(JSON.stringify(key))}: ${printJson(item, inner)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

const ascii = (text: string): string =>
  text.replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
