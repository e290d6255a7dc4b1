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
}

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
  },
  '{ port?, path?, interval? }, such as {}',
);

/** What a PodMonitor is computed from. */
export interface MonitorFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly portName: string;
  readonly path: string;
  readonly interval: string;
}

/** Tells the Prometheus operator to scrape a workload. It has no namespace selector: its own namespace is meant. */
export function podMonitor(facts: MonitorFacts): Manifest {
  const spec: Plain<PodMonitorSpec> = {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: facts.selector },
    podMetricsEndpoints: [{ port: facts.portName, path: facts.path, interval: facts.interval }],
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: facts.name, labels: facts.labels },
    spec,
  };
}
