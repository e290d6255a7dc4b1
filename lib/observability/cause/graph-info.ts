import { hardReach } from '../../dependency';
import type { RecordingRule, RuleGroup } from '../rule';
import { serviceId, type Graph } from './neighbours';
import { DEPENDS_ON } from './series';

/** A graph changes with a release, and each evaluation costs the server. */
const GRAPH_INTERVAL = '1m';
/** An object may have no more than 1.5 MB in etcd, and ways grow with the square of the services: beyond this, direct edges alone stand there. */
const MOST_WAYS = 2000;

/**
 * The graph as series, for pages, dashboards and other applications: each edge, and each way over hard edges with the number of its edges. It
 * is the same in all environments, so it has no label for them. The alerts do not need it: they name what they depend on.
 */
export function graphInfo(graph: Graph): RuleGroup {
  const { application, edges } = graph;
  const record = (
    service: string,
    to: { readonly name: string; readonly kind: (typeof edges)[number]['kind'] },
    edge: 'hard' | 'soft',
    hops: number,
  ): RecordingRule => {
    const callee = serviceId(application, to.name, to.kind);
    return {
      record: DEPENDS_ON,
      expr: 'vector(1)',
      labels: {
        ...{ application, service },
        ...{ depends_on_application: callee.application, depends_on: callee.service },
        ...{ kind: to.kind, edge, hops: String(hops) },
      },
    };
  };
  const ways = [...hardReach(edges)].flatMap(([from, all]) =>
    all.map((to) => record(from, to, 'hard', to.hops)),
  );
  const reached = ways.length > MOST_WAYS ? ways.filter(isDirect) : ways;
  const direct = new Set(reached.filter(isDirect).map(pair));
  const others = edges
    .map(({ from, to, kind, soft }) => record(from, { name: to, kind }, soft ? 'soft' : 'hard', 1))
    // Hard ones within a circle are in no reach; an edge may be declared more than once.
    .filter((rule, index, all) => {
      const isFirst = all.findIndex((each) => pair(each) === pair(rule)) === index;
      return isFirst && !direct.has(pair(rule));
    });
  return { name: `${application}.graph`, interval: GRAPH_INTERVAL, rules: [...reached, ...others] };
}

const isDirect = ({ labels }: RecordingRule): boolean => labels?.hops === '1';

const pair = ({ labels }: RecordingRule): string =>
  [labels?.service, labels?.depends_on_application, labels?.depends_on].join(' ');
