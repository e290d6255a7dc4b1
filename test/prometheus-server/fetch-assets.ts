import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheFolder, isFetched } from './assets';

/** Fetches Debian's package and unpacks it. Nothing is installed and nothing started, so nobody needs to be root. */
function fetch(): void {
  const parent = path.dirname(cacheFolder());
  fs.mkdirSync(parent, { recursive: true });
  const fresh = fs.mkdtempSync(path.join(parent, '.prometheus-'));
  try {
    download(fresh);
    const file = fs.readdirSync(fresh).find((name) => name.endsWith('.deb')) ?? '';
    run('dpkg', ['-x', file, 'root'], fresh, 'Remove the file and try again.');
    // Into place by a rename: an interrupted download leaves no half behind.
    fs.rmSync(cacheFolder(), { recursive: true, force: true });
    fs.renameSync(path.join(fresh, 'root'), cacheFolder());
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** By the machine's lists of packages; where they are missing or old, by lists of our own, which nobody else sees. */
function download(folder: string): void {
  const args = ['download', 'prometheus'];
  if (spawnSync('apt-get', args, { cwd: folder, stdio: 'ignore' }).status === 0) return;
  const [lists, cache] = ['lists', 'cache'].map((name) => path.join(folder, name));
  fs.mkdirSync(path.join(String(lists), 'partial'), { recursive: true });
  fs.mkdirSync(path.join(String(cache), 'archives', 'partial'), { recursive: true });
  const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
  const hint = `Is the network there? Or ${ELSEWHERE}`;
  run('apt-get', [...own, 'update'], folder, hint);
  run('apt-get', [...own, ...args], folder, hint);
}

const ELSEWHERE =
  'install Prometheus from prometheus.io/download and let PROMETHEUS_BIN name its folder.';

function run(program: string, args: readonly string[], cwd: string, hint: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Error(
    error
      ? `${program} is not there, so this is no Debian: ${ELSEWHERE}`
      : `${program} ${args.join(' ')} failed. ${hint}`,
  );
}

try {
  if (!isFetched()) fetch();
  if (!isFetched()) throw new Error("Debian's package holds no prometheus or no promtool.");
  console.error(`Prometheus is in ${cacheFolder()}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
