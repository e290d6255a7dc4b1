import type { AvailabilitySignal } from '../foundation';
import type { RuleGroup } from './rule';
import { selectSeries } from './promql';
import { ticket, type AlertOwner } from './ticket';
import { TICKET_INTERVAL } from './workload-alerts';

/** The series that says whether a backing service can be used: 1 or 0, and nothing while nobody knows. */
export const SERVICE_UP = 'golden_path:service_up';

/** A backing service as one environment has it. */
export interface WatchedService {
  readonly name: string;
  /** What it is, such as `PostgreSQL 16 by CloudNativePG`. */
  readonly engine: string;
  readonly availability: AvailabilitySignal;
}

/**
 * Whether the backing services of one environment can be used, and a ticket for each that cannot. The providers and their signals are the
 * environment's, so the rules stand in phase 2; undefined without services.
 */
export function tryServiceAlerts(
  services: readonly WatchedService[],
  environment: string,
  by: AlertOwner,
): RuleGroup | undefined {
  if (services.length === 0) return undefined;
  return {
    name: [by.application, environment, 'services'].join('.'),
    interval: TICKET_INTERVAL,
    rules: services.flatMap((service) => {
      const labels = { application: by.application, service: service.name, environment };
      const up = selectSeries(SERVICE_UP, labels);
      return [
        { record: SERVICE_UP, expr: upExpression(service.availability, up), labels },
        serviceDown(service, up, environment, by),
      ];
    }),
  };
}

/**
 * 1 or 0. A series that was there and is gone means that it is down, as an exporter often goes with what it watches; one that was never
 * there says nothing, and a service that nobody watches must not be taken for the cause of an incident.
 */
function upExpression({ metric, labels, means }: AvailabilitySignal, up: string): string {
  const series = selectSeries(metric, labels);
  const now = means === 'positive' ? `max(${series})` : `count(${series})`;
  // An hour: as long as Prometheus itself may be away.
  return `${now} >= bool 1 or 0 * max(max_over_time(${up}[1h]))`;
}

const serviceDown = (
  { name, engine, availability }: WatchedService,
  up: string,
  environment: string,
  by: AlertOwner,
) =>
  ticket(
    by,
    name,
    { environment },
    {
      alert: 'BackingServiceDown',
      expr: `${up} == 0`,
      for: '5m',
      summary: `${name} cannot be used in ${environment}`,
      description:
        `${engine} is not available, or no longer says that it is. ` +
        `Look first at the series ${availability.metric} of ${availability.exporter}: a value of 0 is a service that is down, and no series at all may be an exporter that is.`,
    },
  );
