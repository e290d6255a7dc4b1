import { series } from '../promql';
import type { Neighbours } from './neighbours';
import {
  among,
  anyOf,
  DEPENDS_ON,
  ofServices,
  SERVICE_BURNING,
  SERVICE_FAILING,
  SERVICE_HURTING,
  SLO_BURNING,
} from './series';

/** One series of a service itself. */
export const ofSelf = (metric: string, { application, service }: Neighbours): string =>
  series({ metric, is: { application, service } });

/** What is true in environments in which nothing fails that the service depends on. */
export const unlessCaused = (expression: string, { dependencies }: Neighbours): string =>
  dependencies.length === 0
    ? expression
    : `${expression}\nunless on (environment) (${ofServices(SERVICE_FAILING, dependencies)})`;

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

/** Whoever depends on a service and burns; undefined for what nobody depends on that has an objective: its alert would never fire. */
export function tryHurt(neighbours: Neighbours): string | undefined {
  const { application, promising, published } = neighbours;
  const { is, like } = among('service', promising);
  const within = series({
    metric: SLO_BURNING,
    is: { ...is, application },
    ...(like && { like }),
  });
  const parts = [
    ...(promising.length > 0 ? [within] : []),
    ...(published.length > 0 ? [`(${outsideCallers(neighbours)})`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' or ');
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
