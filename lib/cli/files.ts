import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, reasonOf } from '../foundation';
import { UsageError } from './exit-code';

/** The text of a file that the command line names. @throws UsageError when it cannot be read */
export function textOf(file: string): string {
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${describe(file)}.`);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${describe(file)} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Whoever reads it meanwhile, or a crash, sees the old file or the new one. */
export function writeWhole(file: string, text: string): void {
  try {
    const target = fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file);
    const fresh = `${target}.${process.pid}.tmp`;
    try {
      fs.writeFileSync(fresh, text);
      fs.renameSync(fresh, target);
    } finally {
      fs.rmSync(fresh, { force: true });
    }
  } catch (error) {
    throw new UsageError(`${describe(file)} cannot be written: ${reasonOf(error)}.`);
  }
}
