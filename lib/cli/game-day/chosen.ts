import { experimentsOf, type Experiment } from '../../game-day';
import { askedModels, type AskedModel } from '../asked-models';
import { UsageError } from '../exit-code';
import { checkKnown, modelsOf } from '../models';

/** An application in an environment, with all of its experiments there. */
export interface Chosen extends AskedModel {
  readonly experiments: readonly Experiment[];
}

/** What the command line names. @throws UsageError */
export function chosenOf(
  application: string,
  { environment, output }: { readonly environment?: string; readonly output?: string },
): Chosen {
  const [asked] = askedModels(modelsOf(output), [application], environment);
  if (!asked) {
    throw new UsageError(`${application} is not in the environment ${environment ?? ''}.`);
  }
  return { ...asked, experiments: experimentsOf(asked.model, asked.environment) };
}

/** The experiments of these ids. @throws UsageError that names the nearest one */
export function experimentsNamed(
  ids: readonly string[],
  { experiments }: Chosen,
): readonly Experiment[] {
  checkKnown(
    'experiment',
    ids,
    experiments.map(({ id }) => id),
  );
  return ids.flatMap((id) => experiments.find((each) => each.id === id) ?? []);
}
