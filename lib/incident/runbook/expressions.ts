import { inApplication, selectSeries } from '../../observability';
import { joined, promql } from './markdown';
import type { RunbookFacts } from './facts';

/** Whether the application's rules say which namespace is whose, without which no expression about pods finds them. */
const isWatched = ({ recorded }: RunbookFacts): boolean =>
  recorded.has('golden_path:namespace:info');

/** A block about the pods of the application alone, whatever else its Prometheus watches; empty where nothing watches it. */
export function asked(
  facts: RunbookFacts,
  before: string,
  expression: string,
  around: (expression: string) => string = (whole) => whole,
): string {
  if (!isWatched(facts)) return '';
  return joined(before, promql(around(inApplication(facts.application, expression))));
}

/** A block about what is recorded; empty where it is not. */
export const askedOf = (
  { recorded }: RunbookFacts,
  metric: string,
  before: string,
  expression: string,
): string => (recorded.has(metric) ? joined(before, promql(expression)) : '');

/** How fast each objective burns: 1 is what it allows. */
export const burnOf = ({ application, service }: RunbookFacts): string =>
  `max by (environment, slo) (${selectSeries('slo:current_burn_rate:ratio', { application, service })})`;

/** One value for each namespace, however often kube-state-metrics is scraped. */
export const largest = (
  metric: string,
  labels: Readonly<Record<string, string | RegExp>>,
): string => `max by (namespace) (${selectSeries(metric, labels)})`;

/** What tells that it works again: its objectives, or else that it is there. */
export function wellness(facts: RunbookFacts, before: string): string {
  const { application, service, workloads } = facts;
  const workload = workloads.find(({ name }) => name === service);
  if (workload?.objectives) {
    return askedOf(facts, 'slo:current_burn_rate:ratio', `${before} below 1:`, burnOf(facts));
  }
  if (!workload) {
    const up = selectSeries('golden_path:service_up', { application, service });
    const expression = `max by (environment) (${up})`;
    return askedOf(facts, 'golden_path:service_up', `${before} 1:`, expression);
  }
  if (workload.kind === 'scheduled-job') {
    const last = largest('kube_cronjob_status_last_successful_time', { cronjob: service });
    return asked(facts, `${before} small, the seconds since its last success:`, `time() - ${last}`);
  }
  const missing = `${largest('kube_deployment_spec_replicas', { deployment: service })} - ${largest('kube_deployment_status_replicas_available', { deployment: service })}`;
  return asked(facts, `${before} 0, no replica missing:`, missing);
}
