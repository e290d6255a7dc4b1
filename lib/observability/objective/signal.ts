import { custom, isBag, isText, type Shape } from '../../foundation';
import type { Timing } from './detection';
import type { Labels, NamespaceLabel, Selector } from '../promql';

/** A workload, as a source of signals looks at it. */
export interface SignalSubject {
  readonly application: string;
  readonly name: string;
  readonly protocol: 'http' | 'grpc' | 'tcp';
  /** Whether it has `metrics`. */
  readonly isScraped: boolean;
  /** Whether it has `expose`. */
  readonly isExposed: boolean;
}

/** The requests of one workload, as counters. They name no namespace: the rules join that. */
export interface RequestSignal {
  /** The label with the namespace in all series. */
  readonly namespace: NamespaceLabel;
  readonly total: Selector;
  /** Series that together are the failed requests; one that is in two of them counts once. */
  readonly errors: readonly Selector[];
  readonly latency: {
    /** How many durations were measured. */
    readonly count: Selector;
    /** The same by bucket; `le` is added. */
    readonly buckets: Selector;
    readonly unit: 's' | 'ms';
    /** The upper bounds of the buckets, in the unit. */
    readonly boundaries: readonly number[];
  };
  /** Labels, beside those of the selectors, that a good and a failed request have: for the tests of the rules. */
  readonly samples: { readonly good: Labels; readonly bad: Labels };
}

/** Why a source does not see a workload. */
export interface Blind {
  /** As the end of "it has an objective, and …". */
  readonly blind: string;
  /** An imperative. */
  readonly fix: string;
}

/** Where the requests of a workload are counted. The platform chooses one; no team writes the name of a metric. */
export interface SignalSource {
  /** As the model names it, such as `open-telemetry`. */
  readonly kind: string;
  readonly timing: Timing;
  /** How many bad events there must be before anybody is told: one error of a quiet service is no outage. */
  readonly minimumBadEvents: number;
  /** Must be pure. */
  readonly requests: (subject: SignalSubject) => RequestSignal | Blind;
}

/** gRPC codes that are the server's fault, by number and name. @see https://opentelemetry.io/docs/specs/semconv/rpc/grpc/ */
export const GRPC_ERRORS: Readonly<Record<string, number>> = {
  UNKNOWN: 2,
  DEADLINE_EXCEEDED: 4,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
};

/** A source that speaks no TCP: what it counts are requests. */
export const noRequests = (subject: SignalSubject, source: string): Blind => ({
  blind: `${source} counts requests, and ${subject.name} speaks TCP`,
  fix: "Leave slo out, or say { none: '…' } with the reason",
});

const isPositive = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value <= 86_400;

/** What the platform's choice must be. Options that cannot be read have become no numbers. */
export const signalSourceShape: Shape = custom((value) => {
  if (!isBag(value) || !isText(value.kind) || typeof value.requests !== 'function') return false;
  const { timing, minimumBadEvents } = value;
  if (!isBag(timing) || !Number.isInteger(minimumBadEvents) || !isPositive(minimumBadEvents)) {
    return false;
  }
  return ['scrapeSeconds', 'evaluationSeconds', 'groupWaitSeconds'].every((key) =>
    isPositive(timing[key]),
  );
}, "a source such as Signals.openTelemetry(), with durations such as '30s' and a whole number of bad events");
