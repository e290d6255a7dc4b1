import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ApplicationModel } from '../foundation';
import { textOf } from './files';
import { parsedModel } from './models';

/** What a synthesis wrote: in a folder, or in a commit. Paths have `/` between their parts. */
export interface OutputFiles {
  /** What messages call a file of it. */
  readonly nameOf: (file: string) => string;
  /** The files right in a folder of it, sorted; none where there is no such folder. */
  readonly list: (folder: string) => readonly string[];
  readonly read: (file: string) => string;
}

/** What stands in the output folder. */
export const filesOf = (folder: string): OutputFiles => ({
  nameOf: (file) => path.relative(process.cwd(), path.join(folder, file)),
  list: (below) => {
    const full = path.join(folder, below);
    if (!fs.existsSync(full)) return [];
    const entries = fs.readdirSync(full, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${below}/${name}`)
      .sort();
  },
  read: (file) => textOf(path.join(folder, file)),
});

/** The models, sorted by application. @throws UsageError when one cannot be read */
export const modelsIn = ({ list, read, nameOf }: OutputFiles): readonly ApplicationModel[] =>
  list('model')
    .filter((file) => file.endsWith('.json'))
    .map((file) => parsedModel(read(file), nameOf(file), 'Give a revision in which it is sound'));
