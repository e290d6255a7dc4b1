import * as fs from 'node:fs';
import { describe, reasonOf, type ApplicationModel, type EnvironmentModel } from '../foundation';
import { PrometheusClient, PrometheusError } from '../prometheus';
import {
  environmentOf,
  rewriteLock,
  rightsize,
  sizesPage,
  tamperedIn,
  windowBefore,
  type SizedApplication,
} from '../rightsize';
import { emptyLock, readLock, renderLock, type SizingLock } from '../sizing';
import { pastDayOf } from './day';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { checkWritable, writeWhole } from './files';
import { checkSeen, lockNotes } from './lock-notes';
import { checkKnown, modelsOf } from './models';
import { prometheusOf, serverText, type PrometheusArguments } from './prometheus-options';
import { askedOf, type AskedArguments } from './rightsize-options';
import { isContent, sizesJson, sizesSummary, sizesText } from './sizes-report';
import { unclaimedIn } from './unclaimed';
import { packageVersion } from './version';

export interface RightsizeArguments extends PrometheusArguments, AskedArguments {
  readonly output?: string;
  readonly application?: readonly string[];
  readonly environment?: string;
  readonly lock: string;
  readonly asOf?: string;
  readonly check?: boolean;
  readonly html?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Asked {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
}

/** Sizes what the models hold by its use, and writes the lock, or says by `--check` whether sizes are still right. */
export async function rightsizeCommand(options: RightsizeArguments): Promise<ExitCode> {
  const day = pastDayOf(options.asOf);
  const { days, matchers, incidents } = askedOf(options);
  const all = modelsOf(options.output);
  const asked = askedModels(all, options);
  const old = readOld(options.lock);
  warn(unclaimedIn(old.lock, all, options.lock));
  for (const file of toWrite(options)) checkWritable(file);
  const sized: SizedApplication[] = [];
  const client = clientOf(options);
  for (const { model, environment } of asked) {
    const progress = progressOf(`${model.application} in ${environment.name}`, options);
    const window = windowBefore(day, days);
    const given = { window, matchers, incidents, lock: old.lock, progress };
    sized.push(await answered(rightsize(client, model, environment, given), options.lock));
  }
  const by = { server: client.address, day };
  checkSeen(sized, client.address, options.lock);
  const models = asked.map(({ model }) => model);
  const { lock, changes } = rewriteLock(old.lock, models, sized, by);
  const { html } = options;
  if (html !== undefined) writeWhole(html, sizesPage(sized, { ...by, version: packageVersion() }));
  const isWritten = options.check !== true && changes.length > 0;
  if (isWritten) writeWhole(options.lock, renderLock(lock));
  const written = { file: options.lock, written: isWritten, changes };
  const result = { ...written, tampered: tamperedIn(old.lock, models) };
  process.stdout.write(options.json ? sizesJson(sized, result) : sizesText(sized));
  if (!options.quiet) {
    process.stderr.write(sizesSummary(sized, result));
    if (isWritten && !old.isThere) process.stderr.write(`Commit ${options.lock}.\n`);
  }
  warn(lockNotes(models, lock, result));
  return options.check && !isContent(sized, result) ? exitCodes.findings : exitCodes.ok;
}

/** Said whatever is quiet: it does not mend itself. */
const warn = (lines: readonly string[]): void => {
  for (const line of lines) process.stderr.write(`warning: ${line}\n`);
};

const toWrite = ({ html, check, lock }: RightsizeArguments): readonly string[] => [
  ...(html === undefined ? [] : [html]),
  ...(check ? [] : [lock]),
];

/** Says each step once, however many questions it takes. */
function progressOf(whose: string, { quiet }: RightsizeArguments): (what: string) => void {
  let last = '';
  return (what) => {
    if (!quiet && what !== last) process.stderr.write(`${whose}: ${what}…\n`);
    last = what;
  };
}

function askedModels(
  models: readonly ApplicationModel[],
  { application = [], environment }: RightsizeArguments,
): readonly Asked[] {
  const names = models.map((model) => model.application);
  checkKnown('application', application, names);
  const places = models.flatMap(({ environments }) => environments.map(({ name }) => name));
  if (environment !== undefined) checkKnown('environment', [environment], places);
  return models
    .filter((model) => application.length === 0 || application.includes(model.application))
    .flatMap((model): readonly Asked[] => {
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

function clientOf(options: RightsizeArguments): PrometheusClient {
  try {
    return new PrometheusClient(prometheusOf(options));
  } catch (error) {
    if (error instanceof PrometheusError) throw new UsageError(serverText(error));
    throw error;
  }
}

/** A server that does not answer is no bug: whoever calls is told, and nothing was changed. */
async function answered<T>(answer: Promise<T>, lock: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof PrometheusError)) throw error;
    throw new UsageError(`${serverText(error)}\n${lock} is as it was.`);
  }
}

interface OldLock {
  readonly lock: SizingLock;
  readonly isThere: boolean;
}

function readOld(file: string): OldLock {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { lock: emptyLock, isThere: false };
    }
    throw new UsageError(`${describe(file)} cannot be read: ${reasonOf(error)}.`);
  }
  const reading = readLock(text);
  if ('lock' in reading) return { lock: reading.lock, isThere: true };
  const faults = reading.faults.map(({ found, fix }) => `${file} ${found}. ${fix}.`);
  throw new UsageError(faults.join('\n'));
}
