import { series, type Labels } from '../promql';
import type { ServiceId } from './neighbours';

/** Whether the budget of an objective burns so fast that it pages, whoever is the cause. */
export const SLO_BURNING = 'golden_path:slo:burning';
/** Of those that burn the ones that page, because nothing they depend on explains it. */
export const SLO_PAGING = 'golden_path:slo:paging';
/** Bad events in a second while a short window burns: long before the page. Infinite where nothing counts them. */
export const SLO_FAILING = 'golden_path:slo:failing';
/** Bad events in a second of a service that does not do what it should: the earliest sign. Infinite where nothing counts them. */
export const SERVICE_FAILING = 'golden_path:service:failing';
/** Whether any objective of a service burns. */
export const SERVICE_BURNING = 'golden_path:service:burning';
/** Bad events in a second of a service that burns because of what it depends on. */
export const SERVICE_SYMPTOM = 'golden_path:service:symptom';
/** Whether a service burns, or fails while somebody who depends on it burns. */
export const SERVICE_HURTING = 'golden_path:service:hurting';
/** Whether a service is where to look first. */
export const SERVICE_SUSPECT = 'golden_path:service:suspect';
/** The graph of dependencies: 1 for each edge, and for each way over hard edges. */
export const DEPENDS_ON = 'golden_path:depends_on:info';

/** Text for a pattern: the names of outside hosts have dots. */
const escaped = (name: string): string => name.replaceAll('.', '\\.');

/** A pattern for some names. */
export const anyOf = (names: readonly string[]): string => names.map(escaped).join('|');

/** A label that is one of some names. */
export const among = (
  label: string,
  names: readonly string[],
): { readonly is?: Labels; readonly like?: Labels } => {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? { is: { [label]: only } }
    : { like: { [label]: anyOf(names) } };
};

/** A selector for each application of some services. @param raw - further matchers, as PromQL has them */
export function selectorsOf(
  metric: string,
  services: readonly ServiceId[],
  raw?: string,
): readonly string[] {
  const applications = [...new Set(services.map(({ application }) => application))];
  return applications.map((application) => {
    const names = services.filter((each) => each.application === application);
    const { is, like } = among(
      'service',
      names.map(({ service }) => service),
    );
    return series({
      ...{ metric, is: { ...is, application } },
      ...(like && { like }),
      ...(raw !== undefined && { raw }),
    });
  });
}

/** A series of some services, whosesoever. @param raw - further matchers, as PromQL has them */
export const ofServices = (metric: string, services: readonly ServiceId[], raw?: string): string =>
  selectorsOf(metric, services, raw).join(' or ');
