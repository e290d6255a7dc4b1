import { describe } from '../../foundation';
import { coverageOf, experimentsOf, type Coverage, type Exercise } from '../../game-day';
import { aligned } from '../aligned';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { checkKnown, modelsOf } from '../models';
import { warn } from '../progress';
import { readRecords } from './records';

export interface CoverageArguments {
  readonly maxAge: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** Tells how much of what the models claim was exercised, by the recorded verdicts. */
export function coverageCommand(
  applications: readonly string[],
  options: CoverageArguments,
): ExitCode {
  const maxAgeDays = Number(/^(\d{1,4})d?$/.exec(options.maxAge)?.[1] ?? NaN);
  if (!(maxAgeDays >= 1)) {
    throw new UsageError(`--max-age is ${describe(options.maxAge)}. Give whole days, such as 90.`);
  }
  const models = modelsOf(options.output);
  const names = models.map(({ application }) => application);
  checkKnown('application', applications, names);
  const { verdicts, broken } = readRecords();
  const coverages = models
    .filter(({ application }) => applications.length === 0 || applications.includes(application))
    .map((model) =>
      coverageOf(model, experimentsOf(model), verdicts, { now: Date.now(), maxAgeDays }),
    );
  warn(broken);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ version: 1, maxAgeDays, coverages, broken }, null, 2)}\n`,
    );
  } else {
    process.stdout.write(coverages.map(coverageText).join('\n'));
  }
  const isLacking = coverages.some(({ experiments }) =>
    experiments.some(({ finding }) => finding !== undefined),
  );
  return isLacking || broken.length > 0 ? exitCodes.findings : exitCodes.ok;
}

const HEADS = ['claim', 'experiment', 'rehearsed', 'in an environment', 'finding'];

function coverageText({ application, experiments, claims, edges, gone }: Coverage): string {
  const rows = experiments.map(({ experiment, claim, rehearsed, inEnvironment, finding }) => [
    ...[claim, experiment, exerciseText(rehearsed), exerciseText(inEnvironment), finding ?? '-'],
  ]);
  const table = rows.length === 0 ? [] : [aligned([HEADS, ...rows])];
  return [
    ...table,
    `${application}: ${claims.exercised} of ${claims.all} claims and ${edges.exercised} of ${edges.all} edges were exercised lately.`,
    ...(gone.length === 0 ? [] : [`Verdicts about what is claimed no more: ${gone.join(', ')}.`]),
    '',
  ].join('\n');
}

const exerciseText = (exercise: Exercise | undefined): string =>
  exercise === undefined
    ? '-'
    : `${exercise.outcome} ${exercise.at.slice(0, 'YYYY-MM-DD'.length)} ${exercise.environment}`;
