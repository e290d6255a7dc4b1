import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, isText, ProblemLog, type Captured, type Problem } from '../foundation';
import { emptyLock, entriesOf, own, readLock, type LockEntry, type SizingLock } from '../sizing';

/** The sizing lock of an application as it was read. */
export interface LockedSizes {
  /** The lock file by its name alone; where it lies must reach no output. */
  readonly file: string;
  readonly lock?: SizingLock;
  readonly problems: readonly Problem[];
}

/** The entries of one workload, by container. */
export interface LockedWorkload {
  /** The lock file by its name alone. */
  readonly file: string;
  readonly application: string;
  readonly entries: Readonly<Record<string, LockEntry>>;
}

const GIVE = "Write path.join(__dirname, 'sizing.lock.json')";
const EMPTY = '{"version":1,"applications":{}}';

/** Reads the lock file that an application names; undefined where it names none. */
export function readSizes(given: unknown, at: string, source: Captured): LockedSizes | undefined {
  if (given === undefined) return undefined;
  const log = new ProblemLog(at, source);
  if (!isText(given) || given === '') {
    log.error('PropInvalid', `sizingLock is ${describe(given)}`, GIVE);
    return { file: '', problems: log.problems };
  }
  const file = path.basename(given);
  if (!path.isAbsolute(given)) {
    const found = `sizingLock is ${describe(given)}, which depends on the working directory`;
    log.error('PathInvalid', found, GIVE);
    return { file, problems: log.problems };
  }
  const lock = tryRead(given, file, log);
  return { file, ...(lock && { lock }), problems: log.problems };
}

function tryRead(full: string, file: string, log: ProblemLog): SizingLock | undefined {
  let text: string;
  try {
    text = fs.readFileSync(full, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      const fix = `Commit one; without any evidence yet it is ${EMPTY}`;
      log.error('SizingLockMissing', `there is no ${file} where sizingLock leads`, fix);
    } else {
      const fix = 'Make it a file that can be read';
      log.error(
        'SizingLockInvalid',
        `what sizingLock leads to cannot be read: ${String(code)}`,
        fix,
      );
    }
    return undefined;
  }
  const reading = readLock(text);
  if ('lock' in reading) return reading.lock;
  for (const { found, fix } of reading.faults) {
    log.error('SizingLockInvalid', `${file} ${found}`, fix);
  }
  return undefined;
}

/** The entries of a workload; none where there is no lock, or none of it. */
export function lockedWorkload(
  sizes: LockedSizes | undefined,
  application: string,
  workload: string,
): LockedWorkload {
  const workloads = entriesOf(sizes?.lock ?? emptyLock, application);
  return { file: sizes?.file ?? '', application, entries: own(workloads, workload) ?? {} };
}

/** Reports entries of workloads that an application does not have. */
export function checkLocked(
  sizes: LockedSizes | undefined,
  application: string,
  workloads: readonly string[],
  log: ProblemLog,
): void {
  const entries = entriesOf(sizes?.lock ?? emptyLock, application);
  for (const workload of Object.keys(entries).filter((name) => !workloads.includes(name))) {
    const found = `${sizes?.file ?? ''} has entries of ${describe(workload)}, which the application does not have`;
    log.error('SizingLockUnknown', found, goneText(application, workload));
  }
}

/** What to delete, as a path in the file. */
export const deleteText = (...names: readonly string[]): string =>
  `Delete applications.${names.join('.')} from it`;

/** The same where its name is known no more, which may be a new name. */
export const goneText = (...names: readonly string[]): string =>
  `${deleteText(...names)}; under another name it begins at its start size`;

/** The entries that can be judged: of a container whose props were refused nobody knows whether its size is measured. */
export function soundEntries(
  locked: LockedWorkload,
  workload: string,
  refused: readonly string[],
): LockedWorkload {
  const isMainRefused = refused.includes('size');
  const areOthersRefused = refused.includes('init') || refused.includes('sidecars');
  const entries = Object.entries(locked.entries).filter(([container]) =>
    container === workload ? !isMainRefused : !areOthersRefused,
  );
  return { ...locked, entries: Object.fromEntries(entries) };
}
