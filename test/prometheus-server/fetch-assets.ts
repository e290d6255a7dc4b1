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
    run(
      'apt-get',
      ['download', 'prometheus'],
      fresh,
      'Its lists of packages may be missing or old: run apt-get update as root, or install Prometheus from prometheus.io/download and let PROMETHEUS_BIN name its folder.',
    );
    const file = fs.readdirSync(fresh).find((name) => name.endsWith('.deb')) ?? '';
    run('dpkg', ['-x', file, 'root'], fresh, 'Remove the file and try again.');
    // Into place by a rename: an interrupted download leaves no half behind.
    fs.rmSync(cacheFolder(), { recursive: true, force: true });
    fs.renameSync(path.join(fresh, 'root'), cacheFolder());
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], cwd: string, hint: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Error(
    error
      ? `${program} is not there, so this is no Debian: install Prometheus from prometheus.io/download and let PROMETHEUS_BIN name its folder.`
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
