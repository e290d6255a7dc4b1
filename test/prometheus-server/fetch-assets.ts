import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheFolder, isFetched } from './assets';

/** Debian's packages: the server with promtool, and Alertmanager with amtool. */
const PACKAGES = ['prometheus', 'prometheus-alertmanager'];

/** Fetches Debian's packages and unpacks them. Nothing is installed and nothing started, so nobody needs to be root. */
function fetch(): void {
  const parent = path.dirname(cacheFolder());
  fs.mkdirSync(parent, { recursive: true });
  const fresh = fs.mkdtempSync(path.join(parent, '.prometheus-'));
  try {
    download(fresh);
    for (const file of fs.readdirSync(fresh).filter((name) => name.endsWith('.deb'))) {
      run('dpkg', ['-x', file, 'root'], fresh, 'Remove the file and try again.');
    }
    relocate(path.join(fresh, 'root', 'usr', 'bin', 'prometheus-alertmanager'));
    // Into place by a rename: an interrupted download leaves no half behind.
    fs.rmSync(cacheFolder(), { recursive: true, force: true });
    fs.renameSync(path.join(fresh, 'root'), cacheFolder());
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * Debian's Alertmanager reads its templates below /usr, where an unpacked package has none. As a relative path, which is as long, they are
 * found from the folder into which it was unpacked.
 */
function relocate(binary: string): void {
  const data = fs.readFileSync(binary, 'latin1');
  const at = '/usr/share/prometheus/alertmanager';
  fs.writeFileSync(binary, data.replaceAll(at, `${at.slice(1)}/`), 'latin1');
}

/** By the machine's lists of packages; where they are missing or old, by lists of our own, which nobody else sees. */
function download(folder: string): void {
  const args = ['download', ...PACKAGES];
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
  'install Prometheus and Alertmanager from prometheus.io/download and let PROMETHEUS_BIN and ALERTMANAGER_BIN name them.';

function run(program: string, args: readonly string[], cwd: string, hint: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Error(
    error
      ? `${program} is not there, so this is no Debian: ${ELSEWHERE}`
      : `${program} ${args.join(' ')} failed. ${hint}`,
  );
}

/** Before the tests: those that need it say what to do where it cannot be had. */
const isOptional = process.argv.includes('--if-possible');
const isGiven = process.env.PROMETHEUS_BIN !== undefined || process.env.PROMTOOL_BIN !== undefined;

try {
  if (isOptional && (isGiven || isFetched())) process.exit(0);
  if (!isFetched()) fetch();
  if (!isFetched())
    throw new Error(
      "Debian's packages hold no prometheus, no promtool or no prometheus-alertmanager.",
    );
  console.error(`Prometheus and Alertmanager are in ${cacheFolder()}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = isOptional ? 0 : 2;
}
