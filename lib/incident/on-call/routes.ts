import { compareText, type AlertSeverity } from '../../foundation';
import { pagesIn, type OnCall, type Team } from './on-call';
import type { Receivers } from './on-call';
import type { Addressed } from './receiver-config';

/** Which alerts a route takes. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly matchType: '=' | '=~';
}

/** A route of Alertmanager. What it does not say it has from the one above. */
export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly Matcher[];
  readonly groupBy?: readonly string[];
  readonly groupWait?: string;
  readonly groupInterval?: string;
  readonly repeatInterval?: string;
  readonly routes?: readonly Route[];
}

/** Who a route may lead to. */
export interface Destination {
  readonly name: string;
  readonly receivers: Receivers;
  readonly addressed: Addressed;
}

/** Routes and where they lead. */
export interface Routing {
  readonly route: Route;
  readonly destinations: readonly Destination[];
}

/** An environment as far as routes need it. */
export interface Place {
  readonly name: string;
  /** The names by which it is looked up, the most specific first. */
  readonly lookup: readonly string[];
}

/** One incident rings once: its cause and those that suffer from it are of one application and environment. */
const PAGE_GROUP: readonly string[] = ['application', 'environment'];
/** Each ticket is a thing to do of its own. */
const TICKET_GROUP: readonly string[] = ['application', 'environment', 'service', 'alertname'];
/** Who joins an incident is told in one message every five minutes, and not with each evaluation. */
const GROUP_INTERVAL = '5m';
/** PagerDuty and Opsgenie remind by themselves; whoever is told by chat or mail is told again within half a shift. */
const REPEAT_PAGE = '4h';
/** What stays open is said once a day. */
const REPEAT_TICKET = '24h';

const pageTimes = (groupWait: string) => ({
  groupBy: PAGE_GROUP,
  groupWait,
  groupInterval: GROUP_INTERVAL,
  repeatInterval: REPEAT_PAGE,
});
const ticketTimes = (groupWait: string) => ({
  groupBy: TICKET_GROUP,
  groupWait,
  groupInterval: GROUP_INTERVAL,
  repeatInterval: REPEAT_TICKET,
});

const is = (name: string, value: string): Matcher => ({ name, value, matchType: '=' });

/** One of several values. Names of environments are DNS labels, so none has a character that a pattern would read otherwise. */
const oneOf = (name: string, values: readonly string[]): Matcher =>
  values.length === 1
    ? is(name, values[0] ?? '')
    : { name, value: values.join('|'), matchType: '=~' };

const PAGE = is('severity', 'page');

const destination = (
  severity: AlertSeverity,
  receivers: Receivers,
  team?: readonly [name: string, team: Team],
): Destination => {
  if (!team) return { name: severity, receivers, addressed: { severity } };
  const [name, { channel, escalation }] = team;
  const facts = {
    name,
    ...(channel !== undefined && { channel }),
    ...(escalation && { escalation }),
  };
  return { name: `${name}/${severity}`, receivers, addressed: { severity, team: facts } };
};

/**
 * The whole of one Alertmanager. It names teams, severities and environments, and no application: so it is right for those of other
 * repositories too, and changes only when the platform does.
 * @param places - the environments whose alerts come to it
 */
export function platformRouting(
  onCall: OnCall,
  places: readonly Place[],
  groupWait: string,
): Routing {
  const teams = Object.entries(onCall.teams).sort(([a], [b]) => compareText(a, b));
  const paging = places.filter(({ lookup }) => pagesIn(onCall, lookup)).map(({ name }) => name);
  const pages = paging.length === 0 ? [] : teams.filter(([, { page }]) => page !== undefined);
  const ofTeams = (list: typeof teams, severity: AlertSeverity): readonly Route[] =>
    list.map(([name]) => ({ receiver: `${name}/${severity}`, matchers: [is('team', name)] }));
  const pageRoute: Route = {
    receiver: 'page',
    matchers: [PAGE, oneOf('environment', paging)],
    ...pageTimes(groupWait),
    ...(pages.length > 0 && { routes: ofTeams(pages, 'page') }),
  };
  const routes = [...(paging.length === 0 ? [] : [pageRoute]), ...ofTeams(teams, 'ticket')];
  return {
    route: {
      receiver: 'ticket',
      ...ticketTimes(groupWait),
      ...(routes.length > 0 && { routes }),
    },
    destinations: [
      ...(paging.length === 0 ? [] : [destination('page', onCall.default.page)]),
      destination('ticket', onCall.default.ticket),
      ...pages.flatMap((each) =>
        each[1].page === undefined ? [] : [destination('page', each[1].page, each)],
      ),
      ...teams.map((each) => destination('ticket', each[1].ticket, each)),
    ],
  };
}

/** The routes of one application in one environment. */
export function applicationRouting(
  onCall: OnCall,
  [name, team]: readonly [name: string, team: Team],
  application: string,
  place: Place,
  groupWait: string,
): Routing {
  const isPaging = team.page !== undefined && pagesIn(onCall, place.lookup);
  const page: Route = {
    receiver: `${name}/page`,
    matchers: [PAGE],
    ...pageTimes(groupWait),
  };
  return {
    route: {
      receiver: `${name}/ticket`,
      matchers: [is('application', application), is('environment', place.name)],
      ...ticketTimes(groupWait),
      ...(isPaging && { routes: [page] }),
    },
    destinations: [
      ...(isPaging ? [destination('page', team.page, [name, team])] : []),
      destination('ticket', team.ticket, [name, team]),
    ],
  };
}
