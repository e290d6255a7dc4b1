import type { ApplicationModel } from '../../foundation';
import { exitCodes, type ExitCode } from '../exit-code';
import { checkKnown, modelsOf } from '../models';
import { modelsIn } from '../output-files';
import { readOutput } from '../project';
import { revisionOf } from '../revision';
import { changesJson, changesTable, objectiveChanges } from './change';
import { objectivesOf, withoutObjectives } from './objectives';
import { columnsText, objectivesJson, objectivesTable } from './table';

export interface SloOptions {
  readonly output?: string;
  readonly against?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Lists the objectives of the models, with their budgets and predicted times to detect, or what changed since another commit. */
export function slo(applications: readonly string[], options: SloOptions): ExitCode {
  const models = modelsOf(options.output);
  return options.against === undefined
    ? list(applications, models, options)
    : compare(applications, models, options.against, options);
}

function list(
  applications: readonly string[],
  models: readonly ApplicationModel[],
  { json, quiet }: SloOptions,
): ExitCode {
  checkKnown('application', applications, idsOf(models));
  const chosen = among(models, applications);
  const [objectives, without] = [objectivesOf(chosen), withoutObjectives(chosen)];
  const show = json ? objectivesJson : objectivesTable;
  process.stdout.write(show(objectives, without));
  if (!json && !quiet && objectives.length > 0) process.stderr.write(columnsText(objectives));
  return exitCodes.ok;
}

function compare(
  applications: readonly string[],
  models: readonly ApplicationModel[],
  against: string,
  { output, json, quiet }: SloOptions,
): ExitCode {
  const revision = revisionOf(readOutput(process.cwd(), output), against);
  const old = modelsIn(revision);
  checkKnown('application', applications, [...idsOf(models), ...idsOf(old)]);
  const [before, after] = [old, models].map((all) => objectivesOf(among(all, applications)));
  const changes = objectiveChanges(before ?? [], after ?? []);
  if (json) process.stdout.write(changesJson(changes, revision.title));
  else if (changes.length > 0) process.stdout.write(changesTable(changes));
  if (json || quiet) return exitCodes.ok;
  const since = `since ${revision.title}`;
  process.stderr.write(
    changes.length === 0 ? `no objective changed ${since}.\n` : columnsText(after ?? []),
  );
  return exitCodes.ok;
}

const idsOf = (models: readonly ApplicationModel[]): readonly string[] =>
  models.map(({ application }) => application);

const among = (
  models: readonly ApplicationModel[],
  applications: readonly string[],
): readonly ApplicationModel[] =>
  models.filter(
    ({ application }) => applications.length === 0 || applications.includes(application),
  );
