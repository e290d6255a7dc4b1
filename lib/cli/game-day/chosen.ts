import type { ApplicationModel } from '../../foundation';
import { experimentsOf, type Experiment } from '../../game-day';
import { askedModels, type AskedModel } from '../asked-models';
import { UsageError } from '../exit-code';
import { checkKnown } from '../models';

/** An application in an environment, with all of its experiments there. */
export interface Chosen extends AskedModel {
  readonly experiments: readonly Experiment[];
}

/** What the command line names; without an environment the one of stage prod. @throws UsageError */
export function chosenOf(
  models: readonly ApplicationModel[],
  application: string,
  environment?: string,
): Chosen {
  const names = models.map((each) => each.application);
  checkKnown('application', [application], names);
  const own = models.filter((each) => each.application === application);
  const [asked] = askedModels(own, [], environment);
  if (!asked) throw new UsageError(`${application} is in no environment.`);
  return { ...asked, experiments: experimentsOf(asked.model, asked.environment) };
}

/** The experiments of these ids. @throws UsageError that names the nearest one */
export function experimentsNamed(
  ids: readonly string[],
  { model, environment, experiments }: Chosen,
): readonly Experiment[] {
  const here = experiments.map(({ id }) => id);
  const elsewhere = experimentsOf(model).map(({ id }) => id);
  const lacking = ids.find((id) => !here.includes(id) && elsewhere.includes(id));
  if (lacking !== undefined) {
    throw new UsageError(
      `${lacking} cannot be held in ${environment.name}: what it needs, such as a second pod, is not there. Choose another environment.`,
    );
  }
  checkKnown('experiment', ids, here);
  return ids.flatMap((id) => experiments.find((each) => each.id === id) ?? []);
}
