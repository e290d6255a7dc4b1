import { hardDependents, hardReach } from '../dependency';
import { compareText, type ApplicationModel, type EdgeModel } from '../foundation';

/** A service as the label `service` and its application name it. */
export interface Named {
  readonly application: string;
  readonly service: string;
}

/** A service some calls away. */
export interface Near extends Named {
  readonly hops: number;
}

/** Who stands around one service, as its definition says. */
export interface Neighbourhood {
  /** What it cannot work without, the nearest first. */
  readonly dependencies: readonly Near[];
  /** What it calls and can do without. */
  readonly soft: readonly Named[];
  /** Those of its application that cannot work without it, the nearest first. */
  readonly dependents: readonly Near[];
}

export const keyOf = ({ application, service }: Named): string => `${application}/${service}`;

/** What another application publishes is called `warehouse/stock` by edges. */
export function namedBy(application: string, { to, kind }: Pick<EdgeModel, 'to' | 'kind'>): Named {
  const [other, service] = to.split('/');
  return kind === 'published' && other !== undefined && service !== undefined
    ? { application: other, service }
    : { application, service: to };
}

export function neighbourhood(
  { application, edges }: Pick<ApplicationModel, 'application' | 'edges'>,
  service: string,
): Neighbourhood {
  const reach = hardReach(edges);
  const above = hardDependents(reach).get(service) ?? [];
  const byHops = (a: Near, b: Near): number => a.hops - b.hops || compareText(keyOf(a), keyOf(b));
  return {
    dependencies: (reach.get(service) ?? [])
      .map(({ name, kind, hops }) => ({ ...namedBy(application, { to: name, kind }), hops }))
      .sort(byHops),
    soft: edges
      .filter(({ from, soft }) => soft && from === service)
      .map((edge) => namedBy(application, edge)),
    dependents: above
      .map((name) => ({
        application,
        service: name,
        hops: reach.get(name)?.find((each) => each.name === service)?.hops ?? 1,
      }))
      .sort(byHops),
  };
}

/** Everything that is joined to a service by calls, itself too, in whichever direction and application. */
export function connectedTo(
  models: readonly ApplicationModel[],
  start: Named,
): ReadonlySet<string> {
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    next.set(a, (next.get(a) ?? new Set()).add(b));
    next.set(b, (next.get(b) ?? new Set()).add(a));
  };
  for (const { application, edges } of models) {
    for (const edge of edges) {
      join(keyOf({ application, service: edge.from }), keyOf(namedBy(application, edge)));
    }
  }
  const found = new Set([keyOf(start)]);
  for (const each of found) for (const other of next.get(each) ?? []) found.add(other);
  return found;
}
