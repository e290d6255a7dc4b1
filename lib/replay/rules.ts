import { isBag, isList } from '../foundation';

/** A rule as it was rendered, with what its group says. */
export interface RenderedRule {
  readonly kind: 'recording' | 'alert';
  /** The name of the series, or of the alert. */
  readonly name: string;
  readonly expression: string;
  /** How long it must hold until it fires; zero of a recording. */
  readonly forSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  /** How often its group is evaluated. */
  readonly intervalSeconds: number;
}

/** What Prometheus takes where a group does not say how often. */
const STOCK_INTERVAL = 60;

/** The rules of a PrometheusRule, by its `spec`. What is no rule is passed over: guardrails and Prometheus judge that. */
export function rulesOf(spec: unknown): readonly RenderedRule[] {
  const groups = isBag(spec) && isList(spec.groups) ? spec.groups : [];
  return groups.filter(isBag).flatMap((group) => {
    const seconds = tryPromSeconds(group.interval) ?? STOCK_INTERVAL;
    const rules = isList(group.rules) ? group.rules : [];
    return rules.filter(isBag).flatMap((rule) => tryRule(rule, seconds) ?? []);
  });
}

function tryRule(
  rule: Readonly<Record<string, unknown>>,
  intervalSeconds: number,
): RenderedRule | undefined {
  const { record, alert, expr } = rule;
  const name = record ?? alert;
  if (typeof name !== 'string') return undefined;
  const labels = isBag(rule.labels) ? rule.labels : {};
  return {
    kind: record === undefined ? 'alert' : 'recording',
    name,
    // A number is one to YAML, and an expression to Prometheus.
    expression: String(expr),
    forSeconds: tryPromSeconds(rule.for) ?? 0,
    labels: Object.fromEntries(
      Object.entries(labels).map(([label, value]) => [label, String(value)] as const),
    ),
    intervalSeconds,
  };
}

const PART = /(\d+)(ms|[smhdwy])/g;
const DURATION = /^(?:\d+(?:ms|[smhdwy]))+$/;
const SECONDS: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600 },
  ...{ d: 86_400, w: 604_800, y: 31_536_000 },
};

/** A duration as Prometheus reads it, such as `1d12h`, in seconds; undefined when it is none. */
export function tryPromSeconds(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DURATION.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (SECONDS[unit] ?? 0),
    0,
  );
}
