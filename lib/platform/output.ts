import * as fs from 'node:fs';
import * as path from 'node:path';

/** How many files were written, and how many were right already. */
export interface Written {
  readonly written: number;
  readonly unchanged: number;
}

/** Writes files below a folder. A file that holds its text already is not touched. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): Written {
  const made = new Set<string>();
  let written = 0;
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    if (tryRead(file) === text) continue;
    const parent = path.dirname(file);
    if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
    made.add(parent);
    fs.writeFileSync(file, text);
    written++;
  }
  return { written, unchanged: files.size - written };
}

function tryRead(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
