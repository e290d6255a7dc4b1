import type { ApplicationModel, EnvironmentModel } from '../foundation';
import { environmentOf } from '../rightsize';
import { UsageError } from './exit-code';
import { checkKnown } from './models';

/** An application in the environment about which a server is asked. */
export interface AskedModel {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
}

/** What the command line names, each in the environment that it names or else in production. @throws UsageError */
export function askedModels(
  models: readonly ApplicationModel[],
  application: readonly string[],
  environment: string | undefined,
): readonly AskedModel[] {
  const names = models.map((model) => model.application);
  checkKnown('application', application, names);
  const places = models.flatMap(({ environments }) => environments.map(({ name }) => name));
  if (environment !== undefined) checkKnown('environment', [environment], places);
  return models
    .filter((model) => application.length === 0 || application.includes(model.application))
    .flatMap((model): readonly AskedModel[] => {
      const found = environmentOf(model, environment);
      if (found) return [{ model, environment: found }];
      if (environment !== undefined) return [];
      const prods = model.environments.filter(({ stage }) => stage === 'prod');
      const list = prods.map(({ name }) => name).join(', ');
      throw new UsageError(
        `${model.application} runs in several environments of stage prod. Give --environment, one of ${list}.`,
      );
    });
}
