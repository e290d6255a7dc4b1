/** One condition on a label. */
export interface Matcher {
  readonly label: string;
  readonly is: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** `name="value"`. */
export const label = (name: string, value: string): Matcher => ({
  label: name,
  is: '=',
  value,
});

/** `name=~"a|b"`: one of some texts, of which none is a pattern. */
export const oneOf = (name: string, values: readonly string[]): Matcher => ({
  label: name,
  is: '=~',
  value: values.map(literally).join('|'),
});

/** A metric with its conditions, as PromQL. */
export const selector = (metric: string, matchers: readonly Matcher[]): string =>
  `${metric}{${matchers.map(({ label: name, is, value }) => `${name}${is}${quoted(value)}`).join(',')}}`;

/** Whether two conditions are the same, as they are written. */
export const isSameMatcher = (a: Matcher, b: Matcher): boolean =>
  a.label === b.label && a.is === b.is && a.value === b.value;

/** RE2 knows no more characters of meaning. */
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

const WRITTEN = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\\n]|\\["\\n])*)"\s*$/;

/** The conditions of a text such as `cluster="prod-eu",prometheus!="b"`, as PromQL writes them; undefined when it is none. */
export function tryMatchers(text: string): readonly Matcher[] | undefined {
  const parts = text.match(/(?:[^",]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  const matchers: Matcher[] = [];
  for (const part of parts) {
    const [, name, is, value] = WRITTEN.exec(part) ?? [];
    if (name === undefined || is === undefined || value === undefined) return undefined;
    matchers.push({ label: name, is: is as Matcher['is'], value: unquoted(value) });
  }
  const isWhole = parts.join(',') === text && matchers.length > 0;
  return isWhole ? matchers : undefined;
}

const unquoted = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
