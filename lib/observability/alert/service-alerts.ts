import type { AvailabilitySignal } from '../../foundation';
import type { Rule, RuleGroup } from '../rule';
import { selectSeries, series } from '../promql';
import { ticket, type AlertOwner, type Ticket } from './ticket';

/** The series that says whether a backing service can be used: 1 or 0, and nothing while nobody knows. */
export const SERVICE_UP = 'golden_path:service_up';
/** As often as what pages: whose fault an incident is rests on it. */
const SERVICE_INTERVAL = '30s';

/** A backing service as one environment has it. */
export interface WatchedService {
  readonly name: string;
  /** What it is, such as `PostgreSQL 16 by CloudNativePG`. */
  readonly engine: string;
  readonly availability: AvailabilitySignal;
}

/** A host outside that workloads of one environment call. */
export interface WatchedHost {
  readonly host: string;
  /** The ports that are called, in order. */
  readonly ports: readonly number[];
}

/** What the workloads of one environment lean on. */
export interface Watched {
  readonly services: readonly WatchedService[];
  readonly hosts: readonly WatchedHost[];
}

/**
 * Whether what the workloads of one environment lean on can be used, and a ticket for each that cannot. The providers and their signals are
 * the environment's, so the rules stand in phase 2; undefined where they lean on nothing.
 */
export function tryServiceAlerts(
  { services, hosts }: Watched,
  environment: string,
  by: AlertOwner,
): RuleGroup | undefined {
  const rules = [
    ...services.flatMap((service) => serviceRules(service, environment, by)),
    ...hosts.flatMap((host) => hostRules(host, environment, by)),
  ];
  if (rules.length === 0) return undefined;
  const name = [by.application, environment, 'services'].join('.');
  return { name, interval: SERVICE_INTERVAL, rules };
}

/** Whether something can be used, and the ticket of when it cannot. */
function upRules(
  service: string,
  kind: 'backing-service' | 'external',
  { environment, by }: { readonly environment: string; readonly by: AlertOwner },
  expr: string,
  facts: Omit<Ticket, 'expr' | 'for'>,
): readonly Rule[] {
  const labels = { application: by.application, service, environment, kind };
  const up = selectSeries(SERVICE_UP, labels);
  const down = { ...facts, expr: `${up} == 0`, for: '5m', hasDashboard: false };
  return [{ record: SERVICE_UP, expr, labels }, ticket(by, service, { environment }, down)];
}

/**
 * 1 or 0. A series that was there and is gone means that it is down, as an exporter often goes with what it watches; one that was never
 * there says nothing, and a service that nobody watches must not be taken for the cause of an incident. After a day it is the watching that
 * has ended.
 */
function upExpression({ metric, labels, means }: AvailabilitySignal): string {
  const told = selectSeries(metric, labels);
  const now = means === 'positive' ? `max(${told})` : `count(${told})`;
  return `${now} >= bool 1 or 0 * max_over_time((${now})[1d:5m])`;
}

const serviceRules = (
  { name, engine, availability }: WatchedService,
  environment: string,
  by: AlertOwner,
): readonly Rule[] =>
  upRules(name, 'backing-service', { environment, by }, upExpression(availability), {
    alert: 'BackingServiceDown',
    summary: `${name} cannot be used in ${environment}`,
    description:
      `${engine} is not available, or no longer says that it is. ` +
      `Look first at the series ${availability.metric} of ${availability.exporter}: a value of 0 is a service that is down, and no series at all may be an exporter that is.`,
  });

/** The targets of a prober that are a host, as people write them: with or without scheme, port and path. */
export function probesOf({ host, ports }: WatchedHost): string {
  const name = host.replaceAll('.', String.raw`\.`);
  const instance = `([a-z0-9+.-]+://)?${name}(:(${ports.join('|')}))?([/?].*)?`;
  return series({ metric: 'probe_success', like: { instance } });
}

/** A prober stays when the host goes, so where nobody probes nothing is known. One probe that gets through is enough. */
const hostRules = (watched: WatchedHost, environment: string, by: AlertOwner): readonly Rule[] => {
  const { host } = watched;
  return upRules(host, 'external', { environment, by }, `max(${probesOf(watched)})`, {
    alert: 'ExternalHostDown',
    summary: `${host} cannot be reached from ${environment}`,
    description:
      `No probe of ${host} gets through, and the workloads of ${by.application} call it. ` +
      `Look first at what its owner says of it, and whether other hosts can be reached: if none can, it is the way out.`,
  });
};
