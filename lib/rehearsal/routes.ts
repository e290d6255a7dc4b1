import { isBag, isList } from '../foundation';
import { RehearsalError } from './error';
import { shorter } from './scale';

/** A configuration of Alertmanager. JSON is YAML, so it reads it. */
export interface AlertmanagerConfiguration {
  readonly route: object;
  readonly receivers: readonly { readonly name: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A route as Alertmanager has it, of one as the Prometheus operator has it. */
export function alertmanagerRoute(given: unknown, duration: (text: string) => string): object {
  if (!isBag(given)) throw new RehearsalError('a route of an AlertmanagerConfig is none');
  const { receiver, matchers, routes, groupBy, continue: goesOn } = given;
  const time = (name: string): string | undefined => {
    const text = given[name];
    return typeof text === 'string' ? duration(text) : undefined;
  };
  const [wait, interval, repeat] = [
    time('groupWait'),
    time('groupInterval'),
    time('repeatInterval'),
  ];
  return {
    receiver,
    ...(goesOn === true && { continue: true }),
    ...(isList(matchers) && { matchers: matchers.filter(isBag).map(matcherText) }),
    ...(isList(groupBy) && { group_by: groupBy }),
    ...(wait !== undefined && { group_wait: wait }),
    ...(interval !== undefined && { group_interval: interval }),
    ...(repeat !== undefined && { repeat_interval: repeat }),
    ...(isList(routes) && { routes: routes.map((each) => alertmanagerRoute(each, duration)) }),
  };
}

const matcherText = ({ name, matchType, value }: Fields): string =>
  `${String(name)}${typeof matchType === 'string' ? matchType : '='}${JSON.stringify(String(value))}`;

/**
 * What an Alertmanager is given, of the `spec` of an AlertmanagerConfig: the routes as they are, in a time that runs faster. In the place of
 * each receiver stands a webhook: nobody is woken by a rehearsal.
 */
export function rehearsedRoutes(
  spec: unknown,
  factor: number,
  address: (receiver: string) => string,
): AlertmanagerConfiguration {
  const { route, receivers } = isBag(spec) ? spec : {};
  const names = (isList(receivers) ? receivers : []).flatMap((each) =>
    isBag(each) && typeof each.name === 'string' ? [each.name] : [],
  );
  if (names.length === 0) throw new RehearsalError('an AlertmanagerConfig has no receivers');
  return {
    route: alertmanagerRoute(route, (text) => shorter(text, factor)),
    receivers: names.map((name) => ({
      name,
      webhook_configs: [{ url: address(name), send_resolved: true }],
    })),
  };
}

/** Routes where a repository has none of its own: each team is paged for its services, and has its tickets. */
export function plainRoutes(teams: readonly string[], environment: string): object {
  const is = (name: string, value: string): object => ({ name, value, matchType: '=' });
  const page = {
    receiver: 'page',
    matchers: [is('severity', 'page'), is('environment', environment)],
    ...{ groupBy: ['application', 'environment'], groupWait: '30s' },
    ...{ groupInterval: '5m', repeatInterval: '4h' },
    routes: teams.map((team) => ({ receiver: `${team}/page`, matchers: [is('team', team)] })),
  };
  const tickets = teams.map((team) => ({
    receiver: `${team}/ticket`,
    matchers: [is('team', team)],
  }));
  return {
    route: {
      receiver: 'ticket',
      ...{ groupBy: ['application', 'environment', 'service', 'alertname'], groupWait: '30s' },
      ...{ groupInterval: '5m', repeatInterval: '24h' },
      routes: [page, ...tickets],
    },
    receivers: [
      'page',
      'ticket',
      ...teams.flatMap((team) => [`${team}/page`, `${team}/ticket`]),
    ].map((name) => ({ name })),
  };
}
