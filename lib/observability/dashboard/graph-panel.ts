import { SERVICE_UP } from '../alert/service-alerts';
import { series } from '../promql';
import { HERE, info } from './expressions';
import type { ApplicationDashboardFacts } from './facts';
import { edgesAround, endsOf, withDashboard } from './graph-expressions';
import { SERVICE_BURNING, SERVICE_FAILING, SERVICE_SUSPECT } from '../cause';
import type { NodeGraphPanel } from './panel';

const SERVICE = ['application', 'service'];
const LINK =
  '/d/${__data.fields.dashboard}?${datasource:queryparam}&${environment:queryparam}&${__url_time_range}';

/** From worst to best; each service has the first that fits. */
const COLORS = [
  { color: '#A352CC', metrics: [SERVICE_SUSPECT] },
  { color: '#E02F44', metrics: [SERVICE_BURNING] },
  { color: '#FF780A', metrics: [SERVICE_FAILING] },
  { color: '#56A64B', metrics: ['slo:objective:ratio', SERVICE_UP] },
] as const;
const UNKNOWN = '#8E8E8E';

/** The graph of an application, with whoever calls it from outside. */
export const graphPanel = (facts: ApplicationDashboardFacts): NodeGraphPanel => ({
  kind: 'nodeGraph',
  title: 'Dependencies',
  description:
    'Purple: suspected, look there first. Red: a budget burns. Orange: it fails. Green: no alarm. Gray: nobody measures it. Within a node is how many times as fast as allowed its budget burns. Dashed edges are soft.',
  width: 24,
  height: 16,
  queries: [
    { id: 'nodes', expr: nodes(facts) },
    { id: 'edges', expr: edges(facts.application) },
  ],
  link: LINK,
});

const labelled = (services: string, label: string, value: string): string =>
  `label_replace(${services}, "${label}", "${value}", "", "")`;

/** Workloads that no edge touches. */
function alone({
  application,
  workloads,
  edges: all,
}: ApplicationDashboardFacts): readonly string[] {
  const touched = new Set(all.flatMap(({ from, to }) => [from, to]));
  return workloads
    .filter(({ name, migration }) => !touched.has(name) && !migration)
    .map(({ name }) => labelled(`group by (application) (${info(application)})`, 'service', name));
}

/** All services of the graph, each once, with the fields that the panel shows. */
function nodes(facts: ApplicationDashboardFacts): string {
  const around = (kind?: string): string => edgesAround(facts.application, kind);
  const others = `group by (${[...SERVICE, 'kind'].join(', ')}) (${endsOf(around('backing-service|external'), ['kind'])})`;
  // What another application publishes is a workload too.
  const workloads = [around(), endsOf(around('workload|published'), []), ...alone(facts)].join(
    ' or ',
  );
  const all = `${others} or on (application, service) ${labelled(`group by (application, service) (${workloads})`, 'kind', 'workload')}`;
  return fields(withDashboard(colored(`(${all})`), facts));
}

/** Gives services a colour, and the rate at which their budgets burn as text. */
function colored(services: string): string {
  const states = COLORS.map(({ color, metrics }) => {
    const all = metrics.map((metric) => series({ metric, is: HERE })).join(' or ');
    return labelled(`group by (application, service) (${all})`, 'color', color);
  });
  const state = `(${states.join('\nor on (application, service) ')})`;
  const burn = `round(max by (application, service) (${series({ metric: 'slo:current_burn_rate:ratio', is: HERE })}), 0.1)`;
  const text = `label_replace(count_values by (application, service) ("burn", ${burn}), "mainstat", "$1 x", "burn", "(.+)")`;
  const known = `${state}\n* on (application, service) group_left (mainstat) ${text}\nor on (application, service) ${state}`;
  const unknown = labelled(services, 'color', UNKNOWN);
  return `(${services}\n* on (application, service) group_left (color, mainstat) (${known})\nor on (application, service) ${unknown})`;
}

/** Several labels in one. */
const joined = (services: string, prefix: string, of: readonly string[]): string =>
  `label_join(${services}, "${prefix}", "/", ${of.map((label) => `"${label}"`).join(', ')})`;

/** The identity, the two lines below a node. */
function fields(services: string): string {
  const id = joined(services, 'id', SERVICE);
  const title = joined(id, 'title', ['service']);
  return joined(title, 'subtitle', ['kind']);
}

function edges(application: string): string {
  const ends = ['depends_on_application', 'depends_on'];
  const all = `group by (${[...SERVICE, ...ends, 'edge'].join(', ')}) (${edgesAround(application)})`;
  const source = joined(all, 'source', SERVICE);
  const target = joined(source, 'target', ends);
  const id = joined(target, 'id', ['source', 'target']);
  return `label_replace(${id}, "strokeDasharray", "4 4", "edge", "soft")`;
}
