import * as fs from 'node:fs';
import * as path from 'node:path';

/** How an output folder changed. */
export interface Swapped {
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** The files below a folder, with `/` between the parts, sorted. */
export function filesBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

/**
 * Puts a finished folder in the place of an older one. Files that did not change keep their identity and time, so that watchers and
 * caches see only what changed. Between the two renames the output is absent for a moment; {@link recover} mends a crash right there.
 */
export function swap(fresh: string, output: string): Swapped {
  const files = filesBelow(fresh);
  const before = new Set(filesBelow(output));
  let unchanged = 0;
  for (const name of files) {
    const [file, old] = [path.join(fresh, name), path.join(output, name)];
    if (!before.has(name) || !fs.readFileSync(file).equals(fs.readFileSync(old))) continue;
    fs.rmSync(file);
    fs.linkSync(old, file);
    unchanged++;
  }
  const previous = previousOf(output);
  fs.rmSync(previous, { recursive: true, force: true });
  if (fs.existsSync(output)) fs.renameSync(output, previous);
  fs.renameSync(fresh, output);
  fs.rmSync(previous, { recursive: true, force: true });
  const kept = new Set(files);
  return {
    written: files.length - unchanged,
    removed: [...before].filter((name) => !kept.has(name)).length,
    unchanged,
  };
}

/** Brings back an output folder that a crash in the middle of a swap left aside. */
export function recover(output: string): void {
  const previous = previousOf(output);
  if (!fs.existsSync(output) && fs.existsSync(previous)) fs.renameSync(previous, output);
}

const previousOf = (output: string): string =>
  path.join(path.dirname(output), `.${path.basename(output)}-previous`);
