import { series, type Labels } from '../promql';
import { HERE } from './expressions';
import type { ApplicationDashboardFacts } from './facts';
import { DEPENDS_ON, SERVICE_BURNING, SERVICE_FAILING, SERVICE_SUSPECT } from '../cause';
import { dashboardUid } from './uid';

const edges = (is: Labels): string => series({ metric: DEPENDS_ON, is });

/** Those at the end of some edges, called `application` and `service` like all others. */
export const endsOf = (of: string, kept: readonly string[]): string =>
  ['application', 'service'].reduce(
    (inner, label) =>
      `label_replace(${inner}, "${label}", "$1", "${label === 'service' ? 'depends_on' : 'depends_on_application'}", "(.+)")`,
    `group by (${['depends_on_application', 'depends_on', ...kept].join(', ')}) (${of})`,
  );

/** What a service calls. */
export const called = (application: string, service: string): string =>
  endsOf(edges({ application, service, hops: '1' }), ['kind', 'edge']);

/** What a service cannot work without, directly or not. */
export const needed = (application: string, service: string): string =>
  endsOf(edges({ application, service, edge: 'hard' }), ['kind', 'hops']);

/** Who calls a service, of whichever application. */
export const callers = (application: string, service: string): string =>
  `group by (application, service, edge) (${edges({
    depends_on_application: application,
    depends_on: service,
    hops: '1',
  })})`;

/** All edges that begin or end in an application, of all kinds or of those that a pattern matches. */
export function edgesAround(application: string, kind?: string): string {
  const of = (is: Labels): string =>
    series({ metric: DEPENDS_ON, is: { ...is, hops: '1' }, ...(kind && { like: { kind } }) });
  return `${of({ application })} or ${of({ depends_on_application: application })}`;
}

/** How a service does, from best to worst. */
export const STATES = [
  { metric: undefined, text: 'no alarm', color: 'green' },
  { metric: SERVICE_FAILING, text: 'failing', color: 'orange' },
  { metric: SERVICE_BURNING, text: 'burning', color: 'red' },
  { metric: SERVICE_SUSPECT, text: 'suspect', color: 'purple' },
] as const;

/** Those of some services of which something is recorded here. */
export const thatAre = (services: string, metric: string): string =>
  `(${services}) and on (application, service) ${series({ metric, is: HERE })}`;

/** The state of some services, as its place in the list. */
export function stateOf(services: string): string {
  const bad = STATES.flatMap(({ metric }, value) =>
    metric === undefined
      ? []
      : [`${value} * group by (application, service) (${series({ metric, is: HERE })})`],
  );
  return `(${services})\n* on (application, service) group_left () (${bad.reverse().join('\nor ')})\nor 0 * (${services})`;
}

/** A recording of some services: the worst, of those that have several objectives. */
export const worstOf = (services: string, metric: string, aggregation: 'min' | 'max'): string =>
  `(${services})\n* on (application, service) group_left () ${aggregation} by (application, service) (${series({ metric, is: HERE })})`;

/**
 * Gives services the identity of their dashboard as the label `dashboard`. Of what has none, it is that of the application. Names of other
 * applications that are too long for an identity cannot be known, unless an edge leads to them.
 */
export function withDashboard(
  services: string,
  { application, workloads, edges: all }: ApplicationDashboardFacts,
): string {
  const joined = `label_join(${services}, "dashboard", "_", "application", "service")`;
  const published = all.flatMap(({ kind, to }) => (kind === 'published' ? [to.split('/')] : []));
  const known = [
    ...workloads.map(({ name, migration }) => [application, name, migration?.of ?? name] as const),
    ...published.map(([other = '', name = '']) => [other, name, name] as const),
  ];
  const odd = new Map(
    known
      .map(([other, name, of]) => [`${other}_${name}`, dashboardUid(other, of)] as const)
      .filter(([plain, uid]) => plain !== uid),
  );
  const exact = [...odd].reduce(
    (inner, [plain, uid]) =>
      `label_replace(${inner}, "dashboard", "${uid}", "dashboard", "${plain}")`,
    joined,
  );
  return `label_replace(${exact}, "dashboard", "${dashboardUid(application)}", "kind", "backing-service|external")`;
}
