import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, reasonOf } from '../foundation';
import { UsageError } from './exit-code';

/** The text of a file that the command line names. @throws UsageError when it cannot be read */
export function textOf(file: string): string {
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${describe(file)}.`);
  if (fs.statSync(file).isDirectory()) {
    throw new UsageError(`${describe(file)} is a folder. Give a file in it.`);
  }
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${describe(file)} cannot be read: ${reasonOf(error)}.`);
  }
}

/** The only line of a file that holds a secret, of which nothing is shown. @throws UsageError when it has none, or several */
export function secretOf(file: string): string {
  const secret = textOf(file).trim();
  const fix = 'Give a file with the token or the password on one line';
  if (secret === '') throw new UsageError(`${describe(file)} is empty. ${fix}.`);
  if (/[\r\n]/.test(secret)) throw new UsageError(`${describe(file)} has several lines. ${fix}.`);
  return secret;
}

/** Whoever reads it meanwhile, or a crash, sees the old file or the new one. A link stays one, and the rights are those that it had. */
export function writeWhole(file: string, text: string): void {
  replace(file, (fresh, target) => {
    const mode = fs.existsSync(target) ? fs.statSync(target).mode : undefined;
    const handle = fs.openSync(fresh, 'w');
    try {
      if (mode !== undefined) fs.fchmodSync(handle, mode);
      fs.writeFileSync(handle, text);
      // Else a crash might leave the new name on a file without its text.
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(fresh, target);
  });
}

/** Refuses, before any work, a file that could not be written at its end: by making the one that would take its place. @throws UsageError */
export function checkWritable(file: string): void {
  replace(file, (fresh) => {
    fs.writeFileSync(fresh, '');
  });
}

/** Works with a new file beside the old one, and leaves nothing of it. */
function replace(file: string, work: (fresh: string, target: string) => void): void {
  const target = fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file);
  const fresh = `${target}.${process.pid}.tmp`;
  try {
    if (fs.existsSync(target) && fs.statSync(target).isDirectory()) {
      throw new UsageError(`${describe(file)} is a folder. Give a file in it.`);
    }
    try {
      work(fresh, target);
    } finally {
      fs.rmSync(fresh, { force: true });
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const found = `${describe(file)} cannot be written (${code ?? reasonOf(error)})`;
    throw new UsageError(`${found}. ${fixOf(code, target)}.`);
  }
}

function fixOf(code: string | undefined, target: string): string {
  if (code === 'ENOENT' && !fs.existsSync(path.dirname(target))) return 'Make its folder first';
  if (code === 'ENOSPC') return 'Make room on the disk';
  return `Let files be made in ${path.basename(path.dirname(target))}, or give one elsewhere`;
}

/**
 * Makes a folder and those above it, one after the other: where the system says ENOENT of a folder that is there, as below /proc, Node would
 * try for ever to make all at once.
 * @param asked - what the command line names, for which it is made
 * @throws UsageError
 */
export function makeFolder(folder: string, asked = folder): void {
  try {
    makeBelow(path.resolve(folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${describe(asked)} cannot be written (${code ?? reasonOf(error)}). Give a folder where files may be made.`,
    );
  }
}

function makeBelow(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeBelow(path.dirname(folder));
  fs.mkdirSync(folder);
}
