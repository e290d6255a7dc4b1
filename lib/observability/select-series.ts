/** A metric with conditions on its labels, as PromQL. Text is compared as it is; a RegExp must match the whole value. */
export const selectSeries = (
  metric: string,
  labels: Readonly<Record<string, string | RegExp>>,
): string => {
  const matchers = Object.entries(labels).map(([name, value]) =>
    typeof value === 'string' ? `${name}=${quoted(value)}` : `${name}=~${quoted(value.source)}`,
  );
  return `${metric}{${matchers.join(',')}}`;
};

/** One of some names. Kubernetes' names of containers hold nothing that a pattern would read otherwise. */
export const oneOfNames = (names: readonly string[]): string | RegExp => {
  const [only = ''] = names;
  return names.length === 1 ? only : new RegExp(names.join('|'));
};

const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
