import type { PodMonitorSpec } from '../../imports/monitoring.coreos.com';
import {
  fields,
  integer,
  optional,
  text,
  type Manifest,
  type Plain,
  type Shape,
} from '../foundation';

/** Where a workload offers its Prometheus metrics. */
export interface Metrics {
  /** @default the workload's port, where that speaks plain HTTP */
  readonly port?: number;
  /** @default '/metrics' */
  readonly path?: string;
  /** @default '30s' - what most Prometheus installations use, and short enough for burn-rate alerts */
  readonly interval?: string;
  /** How many series one pod may offer at most. @default the platform's `metricsLimits` */
  readonly sampleLimit?: number;
}

/** How much one scrape may bring. Prometheus drops all of a scrape that brings more, so each is far above what a sound workload has. */
export interface MetricsLimits {
  /** @default 10000 - a runtime with some dozen routes has one or two thousand series; ten times that is a label without bounds */
  readonly sampleLimit: number;
  /** Labels of one series, those of its target among them. @default 40 - ours have eight */
  readonly labelLimit: number;
  /** @default 128 characters - names are words */
  readonly labelNameLengthLimit: number;
  /** @default 1024 characters - longer ones are addresses with their queries, or messages of errors: new series with each */
  readonly labelValueLengthLimit: number;
}

/** The limits of a platform that says nothing else. */
export const stockMetricsLimits: MetricsLimits = Object.freeze({
  sampleLimit: 10_000,
  labelLimit: 40,
  labelNameLengthLimit: 128,
  labelValueLengthLimit: 1024,
});

const limit = (): Shape => integer(1, 10_000_000, 'a whole number from 1');

export const metricsLimitsShape: Shape = fields(
  {
    sampleLimit: optional(limit()),
    labelLimit: optional(limit()),
    labelNameLengthLimit: optional(limit()),
    labelValueLengthLimit: optional(limit()),
  },
  '{ sampleLimit?, labelLimit?, labelNameLengthLimit?, labelValueLengthLimit? }',
);

/** A duration as Prometheus writes it, which knows no fractions and one order of units; at least a millisecond. */
const isInterval = (value: string): boolean =>
  /^(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?(\d{1,6}ms)?$/.test(value) && /[1-9]/.test(value);

export const metricsShape: Shape = fields(
  {
    port: optional(integer(1024, 65535, 'a port from 1024 to 65535', 'PortInvalid')),
    path: optional(
      text("a path such as '/metrics'", (value) => /^\/[\x21-\x7e]*$/.test(value), 'PathInvalid'),
    ),
    interval: optional(text("a duration such as '30s'", isInterval, 'DurationInvalid')),
    sampleLimit: optional(limit()),
  },
  '{ port?, path?, interval?, sampleLimit? }, such as {}',
);

/** What a PodMonitor is computed from. */
export interface MonitorFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly portName: string;
  readonly path: string;
  readonly interval: string;
  /** @default none - what an exporter of somebody else offers grows with what it watches */
  readonly limits?: MetricsLimits;
}

/** Tells the Prometheus operator to scrape a workload. It has no namespace selector: its own namespace is meant. */
export function podMonitor(facts: MonitorFacts): Manifest {
  const spec: Plain<PodMonitorSpec> = {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: facts.selector },
    ...facts.limits,
    podMetricsEndpoints: [{ port: facts.portName, path: facts.path, interval: facts.interval }],
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: facts.name, labels: facts.labels },
    spec,
  };
}
