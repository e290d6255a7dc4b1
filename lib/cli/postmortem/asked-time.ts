import { describe, type ApplicationModel, type EnvironmentModel } from '../../foundation';
import type { Span } from '../../evidence';
import { isDay } from '../../guardrail';
import { environmentOf } from '../../rightsize';
import { UsageError } from '../exit-code';
import { checkKnown } from '../models';
import { subjectNamed } from '../subjects';

const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;
/** Longer is no incident, and a server cannot tell it closely. */
const MOST_DAYS = 7;

/** Reads a time that is over. @throws UsageError */
export function spanOf(from: string, to: string, now: number): Span {
  const [start, end] = [momentIn('--from', from), momentIn('--to', to)];
  if (end <= start) {
    throw new UsageError(`--to is ${describe(to)}, which is not after --from. Give the later one.`);
  }
  if (end > now) {
    throw new UsageError(
      `--to is ${describe(to)}, which is still to come. Give a time that is over: golden-path incident tells of what goes on.`,
    );
  }
  if (end - start > MOST_DAYS * 86_400) {
    throw new UsageError(
      `from --from to --to are more than ${MOST_DAYS} days apart. Give the hours of the incident.`,
    );
  }
  return { start, end };
}

function momentIn(option: string, text: string): number {
  const isTime = TIME.test(text) && isDay(text.slice(0, 'YYYY-MM-DD'.length));
  const at = isTime ? Date.parse(text) / 1000 : NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `${option} is ${describe(text)}. Give a time in UTC, such as 2026-11-20T14:30Z.`,
  );
}

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
