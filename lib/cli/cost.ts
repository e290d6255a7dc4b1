import { describe, type ApplicationModel } from '../foundation';
import { costRows, lockedRequests, type RequestOf } from '../rightsize';
import { costJson, costTable } from './cost-table';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { textOf } from './files';
import { checkKnown, modelsOf } from './models';

export interface CostOptions {
  readonly output?: string;
  readonly application?: readonly string[];
  readonly environment?: readonly string[];
  readonly since?: string;
  readonly json?: boolean;
}

/** Says what a month of everything that is requested costs, by the models of the output folder. */
export function cost(options: CostOptions): ExitCode {
  const models = modelsOf(options.output);
  const environments = models.flatMap((model) => model.environments);
  const { application: applications = [], environment: names = [] } = options;
  checkKnown(
    'application',
    applications,
    models.map(({ application }) => application),
  );
  checkKnown(
    'environment',
    names,
    environments.map(({ name }) => name),
  );
  if (!environments.some(({ prices }) => prices)) throw new UsageError(NO_PRICES);
  const before = options.since === undefined ? undefined : since(options.since, models);
  const rows = costRows(models, { applications, environments: names }, before);
  if (rows.length === 0)
    throw new UsageError('no application is left that has such an environment, with prices.');
  const shown = options.json ? costJson(rows) : costTable(rows);
  process.stdout.write(shown);
  return exitCodes.ok;
}

const NO_PRICES =
  "the platform gives no prices. Give it prices: { currency: 'EUR', cpuCoreHour: 0.031, memoryGiBHour: 0.004 }, and run golden-path synth.";

/** The sizes of a lock that was: `git show HEAD~1:sizing.lock.json > before.json` brings one back. */
function since(
  file: string,
  models: readonly ApplicationModel[],
): (application: string) => RequestOf {
  const locked = lockedRequests(textOf(file), models);
  if ('requestsOf' in locked) return locked.requestsOf;
  const faults = locked.faults.map(({ found, fix }) => `${describe(file)} ${found}. ${fix}.`);
  throw new UsageError(faults.join('\n'));
}
