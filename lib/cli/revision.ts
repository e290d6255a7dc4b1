import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, oneLine } from '../foundation';
import { UsageError } from './exit-code';
import type { OutputFiles } from './output-files';

/** The output folder as a commit has it. */
export interface Revision extends OutputFiles {
  /** As the command line names it, with its short hash: `HEAD~1 (1a2b3c4)`. */
  readonly title: string;
}

const MOST_BYTES = 256 * 2 ** 20;

/** The output folder at a revision, by git. Nothing is checked out. @throws UsageError when git does not know the revision, or it has no such folder */
export function revisionOf(folder: string, revision: string): Revision {
  const root = rootOf(folder);
  const commit = commitOf(root, revision);
  const below = path.relative(root, realOf(folder)).split(path.sep).join('/');
  const prefix = below === '' ? '' : `${below}/`;
  const title = `${revision} (${commit.slice(0, 7)})`;
  const listed = git(root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]);
  const files = listed.text.split('\0').filter((file) => file.startsWith(prefix));
  if (!files.some((file) => file.startsWith(`${prefix}model/`))) {
    throw new UsageError(
      `${title} has no ${prefix}model. Give a revision in which the output folder is committed.`,
    );
  }
  return {
    title,
    nameOf: (file) => `${revision}:${prefix}${file}`,
    list: (below) => {
      const start = `${prefix}${below}/`;
      return files
        .filter((file) => file.startsWith(start) && !file.slice(start.length).includes('/'))
        .map((file) => file.slice(prefix.length))
        .sort();
    },
    read: (file) => {
      const { text, fault } = git(root, ['cat-file', 'blob', `${commit}:${prefix}${file}`]);
      if (fault === undefined) return text;
      throw new UsageError(`git does not give ${revision}:${prefix}${file}: ${fault}.`);
    },
  };
}

function rootOf(folder: string): string {
  const { text, fault } = git(nearestFolder(folder), ['rev-parse', '--show-toplevel']);
  if (fault === undefined) return fs.realpathSync(text.trimEnd());
  throw new UsageError(
    `git knows no repository around ${describe(folder)} (${fault}). --against compares with a commit: run it in a clone.`,
  );
}

function commitOf(root: string, revision: string): string {
  // What begins with a dash would be an option.
  const isName = revision !== '' && !revision.startsWith('-');
  const asked = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`];
  const { text, fault } = isName ? git(root, asked) : { text: '', fault: 'no name' };
  if (fault === undefined) return text.trim();
  throw new UsageError(
    `git knows no revision ${describe(revision)}. Give a commit, branch or tag, such as HEAD~1 or origin/main; a shallow clone may lack it.`,
  );
}

/** The folder itself, or the nearest one above it that there is. */
function nearestFolder(folder: string): string {
  let nearest = folder;
  while (!fs.existsSync(nearest) && nearest !== path.dirname(nearest)) {
    nearest = path.dirname(nearest);
  }
  return nearest;
}

/** Where links lead, of a folder that may not be there. */
function realOf(folder: string): string {
  const nearest = nearestFolder(folder);
  return path.join(fs.realpathSync(nearest), path.relative(nearest, folder));
}

function git(
  folder: string,
  args: readonly string[],
): { readonly text: string; readonly fault?: string } {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') {
    throw new UsageError('--against asks git, which is not installed.');
  }
  if (status === 0) return { text: stdout };
  return { text: '', fault: oneLine(error?.message ?? stderr.trim(), 200) };
}
