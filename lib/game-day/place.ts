import { compareText, type ApplicationModel, type EnvironmentModel } from '../foundation';

/** An application in the environment of a game day. */
export interface Connected {
  readonly application: string;
  readonly namespace: string;
}

/** Where a game day is held, and who could be hurt there. */
export interface Place {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
  /** The application itself and those that it is connected with by what they publish, however far; by name. */
  readonly connected: readonly Connected[];
}

/**
 * Where an application's game day would be held: with all applications that calls lead to or come from.
 * @param models - of all applications that are known
 */
export function placeOf(
  model: ApplicationModel,
  environment: EnvironmentModel,
  models: readonly ApplicationModel[],
): Place {
  const reached = new Set([model.application]);
  const pairs = models.flatMap(({ application, edges }) =>
    edges.flatMap(({ kind, to }) =>
      kind === 'published' ? [[application, to.split('/')[0] ?? ''] as const] : [],
    ),
  );
  for (const name of reached) {
    for (const [from, to] of pairs) {
      if (from === name) reached.add(to);
      if (to === name) reached.add(from);
    }
  }
  const others = models
    .filter(({ application }) => application !== model.application && reached.has(application))
    .flatMap(({ application, environments }): readonly Connected[] => {
      const here = environments.find(({ name }) => name === environment.name);
      return here ? [{ application, namespace: here.namespace }] : [];
    });
  const own = { application: model.application, namespace: environment.namespace };
  const connected = [own, ...others];
  return {
    ...{ model, environment },
    connected: connected.sort((a, b) => compareText(a.application, b.application)),
  };
}

/** Whether game days may be held in an environment. */
export const allowsGameDays = ({ gameDays }: EnvironmentModel): boolean => gameDays !== undefined;
