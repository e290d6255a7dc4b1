import { series } from '../promql';
import type { Neighbours, ServiceId } from './neighbours';
import {
  anyOf,
  DEPENDS_ON,
  ofServices,
  SERVICE_BURNING,
  SERVICE_FAILING,
  SERVICE_HURTING,
  SERVICE_SYMPTOM,
  SLO_BURNING,
} from './series';

/** One series of a service itself. */
export const ofSelf = (metric: string, { application, service }: Neighbours): string =>
  series({ metric, is: { application, service } });

/** A dependency explains a failure when it has at least this share of its bad events: the rest is the caller's own. */
const EXPLAINS = 0.5;

/** Bad events in a second of a service itself; infinite where its pods are gone, and 0 where nothing counts. */
export function ownErrors({ application, service }: ServiceId): string {
  const of = (metric: string): string => series({ metric, is: { application, service } });
  return `max by (environment) ((${of('slo:sli_down:bool')} == 1) / 0 or ${of('slo:sli_errors:rate5m')} or 0 * ${of(SLO_BURNING)})`;
}

/** Where something that a service depends on fails, as much as explains what the service does wrong. */
export const explained = (neighbours: Neighbours, window?: string): string => {
  const failing = ofServices(
    SERVICE_FAILING,
    neighbours.dependencies,
    window === undefined ? '' : `,window=~"|${window}"`,
  );
  return `(${failing}) >= on (environment) group_left () (${EXPLAINS} * ${ownErrors(neighbours)})`;
};

/** Callers in other applications that hurt: only they know that they call. */
export function outsideCallers(
  { application, published }: Pick<Neighbours, 'application' | 'published'>,
  more = '',
): string {
  const called = series({
    metric: DEPENDS_ON,
    is: { depends_on_application: application, edge: 'hard' },
    like: { depends_on: anyOf(published), application: '.+' },
  });
  return `${SERVICE_HURTING}{application!="${application}"${more}} and on (application, service) ${called}`;
}

/**
 * Where a service fails and somebody burns because of it: a dependent to whose bad events it adds up, or a caller in another application.
 * Empty for what nobody depends on that has an objective: its alert would never fire.
 */
export function hurtsOthers(neighbours: Neighbours): readonly string[] {
  const { application, promising, published } = neighbours;
  const failing = `max without (window) (${ofSelf(SERVICE_FAILING, neighbours)})`;
  const ids = promising.map((service) => ({ application, service }));
  return [
    ...(ids.length > 0
      ? [
          `(${failing} >= on (environment) group_left () (${EXPLAINS} * min by (environment) (${ofServices(SERVICE_SYMPTOM, ids)})))`,
        ]
      : []),
    ...(published.length > 0
      ? [`(${failing} and on (environment) (${outsideCallers(neighbours)}))`]
      : []),
  ];
}

/** Who depends on a service and burns, in the environment of an alert: queries in which `%q` stands for it. */
export function hurtIn({ application, promising, published }: Neighbours): readonly string[] {
  const here = ',environment=%q';
  const ids = promising.map((service) => ({ application, service }));
  return [
    ...(ids.length > 0 ? [ofServices(SERVICE_BURNING, ids, here)] : []),
    ...(published.length > 0 ? [outsideCallers({ application, published }, here)] : []),
  ];
}
