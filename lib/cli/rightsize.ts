import * as fs from 'node:fs';
import { describe, reasonOf } from '../foundation';
import { PrometheusError } from '../prometheus';
import {
  rewriteLock,
  rightsize,
  sizesPage,
  tamperedIn,
  windowBefore,
  type SizedApplication,
} from '../rightsize';
import { emptyLock, readLock, renderLock, type SizingLock } from '../sizing';
import { askedModels } from './asked-models';
import { clientOf } from './client';
import { pastDayOf } from './day';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { checkWritable, writeWhole } from './files';
import { checkSeen, lockNotes } from './lock-notes';
import { modelsOf } from './models';
import { progressOf, warn } from './progress';
import { serverText, type PrometheusArguments } from './prometheus-options';
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

/** Sizes what the models hold by its use, and writes the lock, or says by `--check` whether sizes are still right. */
export async function rightsizeCommand(options: RightsizeArguments): Promise<ExitCode> {
  const day = pastDayOf(options.asOf);
  const { days, matchers, incidents } = askedOf(options);
  const all = modelsOf(options.output);
  const asked = askedModels(all, options.application ?? [], options.environment);
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

const toWrite = ({ html, check, lock }: RightsizeArguments): readonly string[] => [
  ...(html === undefined ? [] : [html]),
  ...(check ? [] : [lock]),
];

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
