import { label, oneOf, selector, type Matcher } from '../prometheus';
import { keyOf } from './neighbourhood';
import type { Subject } from './subject';

/** What is asked of a Prometheus, by what it tells. All environments at once: which of them burns is not known before. */
export type Question =
  | 'places'
  | 'graph'
  | 'callers'
  | 'states'
  | 'burn'
  | 'budget'
  | 'paging'
  | 'up'
  | 'alerts'
  | 'since';

/** In words, for whoever reads what is not known. */
export const QUESTIONS: Readonly<Record<Question, string>> = {
  places: 'where the application stands',
  graph: 'the recorded graph',
  callers: 'callers in other applications',
  states: 'who fails and who is suspected',
  burn: 'how fast budgets burn',
  budget: 'what is left of the budgets',
  paging: 'which objectives page',
  up: 'whether it can be used',
  alerts: 'which alerts fire',
  since: 'since when alerts fire',
};

const BY_OBJECTIVE = 'environment, application, service, slo';

/** The expressions about a service and all around it. */
export function expressionsOf(
  { model, service }: Subject,
  matchers: readonly Matcher[],
): Readonly<Record<Question, string>> {
  const { application, edges } = model;
  const published = edges.filter(({ kind }) => kind === 'published').map(({ to }) => to);
  const others = published.map((to) => to.split('/')[0] ?? to);
  const own = label('application', application);
  const around = oneOf('application', [...new Set([application, ...others])]);
  const of = (metric: string, ...more: readonly Matcher[]): string =>
    selector(metric, [...more, ...matchers]);
  const named = (pattern: string): Matcher => ({ label: '__name__', is: '=~', value: pattern });
  return {
    places: `max by (application, environment, namespace) (${selector('golden_path:namespace:info', matchers)})`,
    graph: of('golden_path:depends_on:info', own, label('hops', '1')),
    callers: of(
      'golden_path:depends_on:info',
      label('depends_on_application', application),
      { label: 'application', is: '!=', value: application },
      label('edge', 'hard'),
    ),
    // Only those that fail have any of these series, so all of them are few.
    states: of('', named('golden_path:service:(failing|burning|symptom|hurting|suspect)')),
    burn: `max by (${BY_OBJECTIVE}) (${of('slo:current_burn_rate:ratio', around)})`,
    budget: `min by (${BY_OBJECTIVE}) (${of('slo:period_error_budget_remaining:ratio', around)})`,
    paging: of('', named('golden_path:slo:(burning|paging)'), own),
    up: of('golden_path:service_up', own, label('service', service)),
    alerts: of('ALERTS', label('alertstate', 'firing'), around),
    since: of('ALERTS_FOR_STATE', around),
  };
}

/** The edges that the definition says, as the recorded graph has them. */
export const declaredEdges = ({ application, edges }: Subject['model']): ReadonlySet<string> =>
  new Set(
    edges.map(({ from, to, kind }) => {
      const [other = '', service = ''] = kind === 'published' ? to.split('/') : [application, to];
      return `${from} → ${other === application ? service : keyOf({ application: other, service })}`;
    }),
  );
