import * as fs from 'node:fs';
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
