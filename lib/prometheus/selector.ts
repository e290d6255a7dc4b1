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

/** RE2 knows no more characters of meaning. */
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
