import { compareText } from '../foundation';

/** Labels of a series, as they are. */
export type Labels = Readonly<Record<string, string>>;

/** Series of one metric. */
export interface Selector {
  readonly metric: string;
  /** Labels with one value. */
  readonly is?: Labels;
  /** Labels whose value a pattern matches as a whole. */
  readonly like?: Labels;
  /** Further matchers as PromQL has them, such as those that a template fills in. */
  readonly raw?: string;
}

/** Text as PromQL writes it. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A selector in PromQL. */
export function series({ metric, is = {}, like = {}, raw }: Selector): string {
  const matchers = [
    ...Object.entries(is).map(([label, value]) => [label, `${label}=${quoted(value)}`] as const),
    ...Object.entries(like).map(([label, value]) => [label, `${label}=~${quoted(value)}`] as const),
  ].sort(([a], [b]) => compareText(a, b));
  const all = [...matchers.map(([, text]) => text), ...(raw === undefined ? [] : [raw])];
  return all.length === 0 ? metric : `${metric}{${all.join(',')}}`;
}

/** The same, of labels that are text or a pattern for the whole value. */
export function selectSeries(
  metric: string,
  labels: Readonly<Record<string, string | RegExp>>,
): string {
  const is: Record<string, string> = {};
  const like: Record<string, string> = {};
  for (const [label, value] of Object.entries(labels)) {
    if (typeof value === 'string') is[label] = value;
    else like[label] = value.source;
  }
  return series({ metric, is, like });
}

/** Where the series of a source say in which namespace the workload runs. */
export interface NamespaceLabel {
  readonly label: string;
  /** The whole value with the namespace as its only group. @default the value itself */
  readonly pattern?: string;
  /** A value, with `{namespace}` in the place of the namespace. @default '{namespace}' */
  readonly sample?: string;
}

/** Where Prometheus' own target labels, and kube-state-metrics, have it. */
export const PLAIN: NamespaceLabel = { label: 'namespace' };

/** One value for each namespace, and for each value of other labels that are to be kept. */
export function byNamespace(
  aggregation: 'sum' | 'max',
  inner: string,
  { label, pattern = '(.+)' }: NamespaceLabel = PLAIN,
  kept: readonly string[] = [],
): string {
  const by = (first: string): string => `${aggregation} by (${[first, ...kept].join(', ')})`;
  const values = `${by(label)} (${inner})`;
  if (label === 'namespace') return values;
  const replaced = `label_replace(${values}, "namespace", "$1", ${quoted(label)}, ${quoted(pattern)})`;
  return `${by('namespace')} (${replaced})`;
}

/** Which namespace belongs to which application and environment: recorded by the second phase. */
export const NAMESPACE_INFO = 'golden_path:namespace:info';

/**
 * Values by namespace, of the namespaces of one application alone, with their environment. So a workload of the same name elsewhere never
 * counts.
 */
export const inApplication = (application: string, expression: string): string =>
  `(${expression})\n* on (namespace) group_left (environment) ${info(application)}`;

/** One for each environment of an application, however many servers record it. */
export const info = (application: string): string =>
  `max by (namespace, environment) (${series({ metric: NAMESPACE_INFO, is: { application } })})`;
