import { compareText } from '../foundation';
import {
  graphInfo,
  neighboursIn,
  serviceGroup,
  type Graph,
  type ServiceState,
  type StateOwner,
} from './cause';
import { selectSeries } from './promql';
import type { RuleGroup } from './rule';
import { SERVICE_UP } from './alert/service-alerts';

/** The graph of an application, and the state of what it leans on that is no workload. */
export function graphGroups(graph: Graph, owner: StateOwner): readonly RuleGroup[] {
  if (graph.edges.length === 0) return [];
  const neighboursOf = neighboursIn(graph);
  const leanedOn = new Map(
    graph.edges.flatMap(({ to, kind }) =>
      kind === 'backing-service' || kind === 'external' ? [[to, kind] as const] : [],
    ),
  );
  const states = [...leanedOn]
    .sort(([a], [b]) => compareText(a, b))
    .map(([service, kind]): ServiceState => {
      const neighbours = neighboursOf(service);
      return { neighbours, kind, failing: isDown(neighbours), hasObjectives: false };
    });
  return [graphInfo(graph), ...states.map((state) => serviceGroup(state, owner))];
}

/** Each environment says whether its backing services can be used, by the signals of who provides them there. */
const isDown = (labels: { readonly application: string; readonly service: string }): string => {
  const { application, service } = labels;
  const up = selectSeries(SERVICE_UP, { application, service });
  // Held for five minutes: a signal that comes and goes must not move the page to and fro.
  return `(max by (environment) (min_over_time(${up}[5m]) == bool 0) == 1) / 0`;
};
