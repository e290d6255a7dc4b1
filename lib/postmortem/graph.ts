import { hardDependents, hardReach, type Reach } from '../dependency';
import type { ApplicationModel, EdgeModel } from '../foundation';

/** The graph around one application. Services of others are called as `warehouse/stock`, as its edges call them. */
export interface Graph {
  readonly model: ApplicationModel;
  readonly edges: readonly EdgeModel[];
  readonly reach: Reach;
  readonly dependents: ReadonlyMap<string, readonly string[]>;
}

/** The graph of an application, with what others call of it and what it calls of others. */
export function graphOf(model: ApplicationModel, others: readonly ApplicationModel[]): Graph {
  const { application } = model;
  const foreign = others
    .filter((other) => other.application !== application)
    .flatMap((other) =>
      other.edges
        .filter(({ to, kind }) => kind === 'published' && to.startsWith(`${application}/`))
        .map((edge) => ({
          ...edge,
          from: `${other.application}/${edge.from}`,
          to: edge.to.slice(application.length + 1),
        })),
    );
  const edges = [...model.edges, ...foreign];
  const reach = hardReach(edges);
  return { model, edges, reach, dependents: hardDependents(reach) };
}

/** How the graph calls a service of an application. */
export const nameIn = (
  { model }: Graph,
  { application, service }: { readonly application: string; readonly service: string },
): string => (application === model.application ? service : `${application}/${service}`);

/** Whom a service cannot work without, and who cannot work without it, directly or not. */
export const around = ({ reach, dependents }: Graph, name: string): readonly string[] => [
  name,
  ...(reach.get(name) ?? []).map((each) => each.name),
  ...(dependents.get(name) ?? []),
];

/** The other applications whose edges lead to or from one. */
export const neighbours = (
  model: ApplicationModel,
  others: readonly ApplicationModel[],
): readonly ApplicationModel[] =>
  others.filter(
    ({ application, edges }) =>
      application !== model.application &&
      (edges.some(({ kind, to }) => kind === 'published' && isOf(model.application, to)) ||
        model.edges.some(({ kind, to }) => kind === 'published' && isOf(application, to))),
  );

const isOf = (application: string, to: string): boolean => to.startsWith(`${application}/`);
