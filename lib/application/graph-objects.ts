import type { Construct } from 'constructs';
import { applicationLabels } from '../foundation';
import { graphGroups, prometheusRule, type RuleGroup } from '../observability';
import { defaultsOf } from './defaults';
import { GoldenObject } from './golden-object';
import type { ResolvedApplication } from './resolve-application';

/** What the rules of an application as a whole are made of. */
export interface GraphFacts {
  /** The team. */
  readonly owner: string;
  readonly resolved: ResolvedApplication;
}

/** The rules of the graph, which belong to no workload; none where the platform watches nothing, or nothing depends on anything. */
export function applicationGroups(construct: Construct, facts: GraphFacts): readonly RuleGroup[] {
  const { signals, links = {} } = defaultsOf(construct);
  if (!signals) return [];
  const { application, edges, workloads } = facts.resolved;
  const graph = {
    application,
    edges,
    workloads: [...workloads.values()].map(({ model }) => model),
  };
  const { evaluationSeconds } = signals.timing;
  return graphGroups(graph, { owner: facts.owner, links, evaluationSeconds });
}

/** Places the rules of the graph of an application. */
export function placeGraph(construct: Construct, facts: () => GraphFacts): void {
  const place = 'graph-rules';
  if (construct.node.tryFindChild(place)) return;
  if (applicationGroups(construct, facts()).length === 0) return;
  const application = construct.node.id;
  const name = `${application}-graph`;
  new GoldenObject(construct, place, {
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', name, facet: 'signals' },
    make: () =>
      prometheusRule({
        name,
        labels: applicationLabels(application),
        groups: applicationGroups(construct, facts()),
      }),
  });
}
