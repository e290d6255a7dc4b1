import type { ProblemLog } from '../foundation';
import type { Metrics, MetricsLimits, MonitorFacts } from '../observability';
import type { ResolvedPort } from '../workload';

const STOCK_INTERVAL = '30s';

/** Where metrics are. */
export type ResolvedMetrics = Pick<MonitorFacts, 'portName' | 'path' | 'interval' | 'limits'> & {
  readonly port: number;
};

/** Metrics with their defaults: the port of the service, where it speaks plain HTTP. */
export function resolveMetrics(
  given: Metrics | undefined,
  port: ResolvedPort | undefined,
  limits: MetricsLimits,
  log: ProblemLog,
): ResolvedMetrics | undefined {
  if (!given) return undefined;
  const number = given.port ?? port?.number;
  if (number === undefined) {
    log.error('PropMissing', 'metrics.port is missing', 'Give the port; a worker has no other');
    return undefined;
  }
  if (given.port === undefined && port && (port.name !== 'http' || port.tls)) {
    const found = `metrics.port is missing, and port ${number} does not speak plain HTTP`;
    log.error('PropMissing', found, 'Give the port on which metrics are');
  }
  return {
    port: number,
    portName: port && number === port.number ? port.name : 'metrics',
    path: given.path ?? '/metrics',
    interval: given.interval ?? STOCK_INTERVAL,
    limits: {
      ...limits,
      ...(given.sampleLimit !== undefined && { sampleLimit: given.sampleLimit }),
    },
  };
}
