import type { ApplicationModel, EnvironmentModel } from '../../foundation';
import type { Span } from '../../evidence';
import { environmentOf } from '../../rightsize';
import { UsageError } from '../exit-code';
import { checkKnown } from '../models';
import { spanIn } from '../moment';
import { subjectNamed } from '../subjects';

/** Longer is no incident, and a server cannot tell it closely. */
const MOST_DAYS = 7;

/** Reads a time that is over. @throws UsageError */
export const spanOf = (from: string, to: string, now: number): Span =>
  spanIn(
    { from, to },
    {
      ...{ now, mostSeconds: MOST_DAYS * 86_400, most: `${MOST_DAYS} days` },
      whenToCome: 'Give a time that is over: golden-path incident tells of what goes on.',
      whenLong: 'Give the hours of the incident.',
    },
  );

/** A service that a postmortem is about, and where it stood. */
export interface Subject {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
  readonly service: string;
}

/** Reads whose postmortem it is, and where that stood. @throws UsageError */
export function subjectOf(
  models: readonly ApplicationModel[],
  text: string,
  { application, environment }: { readonly application?: string; readonly environment?: string },
): Subject {
  const { model, service } = subjectNamed(models, text, application);
  return { model, environment: standingIn(model, environment), service };
}

function standingIn(model: ApplicationModel, name: string | undefined): EnvironmentModel {
  const names = model.environments.map((each) => each.name);
  if (name !== undefined) checkKnown('environment', [name], names);
  const found = environmentOf(model, name);
  if (found) return found;
  throw new UsageError(
    `${model.application} runs in several environments. Give --environment, one of ${names.join(', ')}.`,
  );
}
