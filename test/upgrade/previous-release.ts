import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The manifests that were released before those at hand, or why there are none. */
export type PreviousRelease =
  { readonly revision: string; readonly dist: string } | { readonly missing: string };

/**
 * Writes `dist/` of the release before this one into a folder: that of the last tag, or without tags that of the commit before `dist/` was
 * changed last. A release is not the one before itself: when nothing has changed since, it is the one before that.
 */
export function previousRelease(repository: string, folder: string): PreviousRelease {
  const git = (...args: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync('git', args, optionsFor(repository));
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = (name: string): string | undefined =>
    git('rev-parse', '--quiet', '--verify', '--short', `${name}^{commit}`);
  if (commit('HEAD') === undefined) return { missing: 'This is no clone: it has no history.' };
  const isChanged = git('status', '--porcelain', '--', 'dist') !== '';
  const changed = git('log', '--max-count=1', '--format=%H', '--', 'dist') ?? '';
  const since = isChanged ? 'HEAD' : `${changed === '' ? 'HEAD' : changed}^`;
  const tag = git('describe', '--tags', '--abbrev=0', since);
  const revision = tag ?? commit(since);
  const isThere = revision !== undefined && git('ls-tree', revision, 'dist') !== '';
  if (!isThere) return { missing: reason(git('rev-parse', '--is-shallow-repository') === 'true') };
  return { revision, dist: extract(repository, revision, folder) };
}

const reason = (isShallow: boolean): string =>
  isShallow
    ? 'This clone is shallow and lacks the previous release: git fetch --unshallow --tags.'
    : 'No release came before this one.';

/** Git as it is outside of a hook, whose variables would name another repository. */
function optionsFor(repository: string): SpawnSyncOptionsWithStringEncoding {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { cwd: repository, encoding: 'utf8', env: Object.fromEntries(kept) };
}

function extract(repository: string, revision: string, folder: string): string {
  const archive = path.join(folder, 'release.tar');
  for (const [program, ...args] of [
    ['git', 'archive', `--output=${archive}`, revision, 'dist'],
    ['tar', '-xf', archive, '-C', folder],
  ] as const) {
    const { status, stderr, error } = spawnSync(program, args, optionsFor(repository));
    if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  }
  fs.rmSync(archive);
  return path.join(folder, 'dist');
}
