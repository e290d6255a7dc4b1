import type { Construct } from 'constructs';
import { prometheusRule, signalGroups, type SignalFacts } from '../observability';
import type { Application } from './application';
import { defaultsOf } from './defaults';
import { GoldenObject } from './golden-object';

/** What the rules of one workload are made of; undefined where it has none. */
export function signalFacts(
  construct: Construct,
  application: Application,
): SignalFacts | undefined {
  const { byPath, workloads, neighboursOf } = application.resolved();
  const own = byPath.get(construct.node.path);
  const { signals, links = {} } = defaultsOf(construct);
  if (!own || !signals) return undefined;
  const { name } = own.workload;
  const models = [...workloads.values()].map(({ model }) => model);
  return {
    application: application.node.id,
    owner: application.owner,
    service: name,
    objectives: own.objectives,
    workloads: [own.model, ...models.filter(({ migration }) => migration?.of === name)],
    neighbours: neighboursOf(name),
    timing: signals.timing,
    links,
  };
}

/** Places the rules of a workload that has some: whether it has is known when it is resolved. */
export function placeSignals(construct: Construct, application: Application): void {
  const place = 'prometheus-rule';
  if (!signalFacts(construct, application) || construct.node.tryFindChild(place)) return;
  const name = construct.node.id;
  new GoldenObject(construct, place, {
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', name, facet: 'signals' },
    make: () => {
      const facts = signalFacts(construct, application);
      const own = application.resolved().byPath.get(construct.node.path);
      const labels = own?.workload.labels ?? {};
      return prometheusRule({ name, labels, groups: facts ? signalGroups(facts) : [] });
    },
  });
}
