import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { availableParallelism } from 'node:os';
import { cacheFolder } from '../prometheus-server/assets';

/** What promtool said, and whether all was well. */
export interface Answer {
  readonly isOk: boolean;
  readonly text: string;
}

/**
 * Where promtool is: `PROMTOOL_BIN`, beside `PROMETHEUS_BIN`, or in the cache.
 * @throws what to run, when it is nowhere: alerts that nobody tested are no alerts
 */
export function findPromtool(): string {
  const { PROMTOOL_BIN: given, PROMETHEUS_BIN: server } = process.env;
  const beside = (file: string): string =>
    path.join(
      fs.existsSync(file) && fs.statSync(file).isDirectory() ? file : path.dirname(file),
      'promtool',
    );
  const places = [
    ...(given === undefined ? [] : [path.resolve(given)]),
    ...(server === undefined ? [] : [beside(path.resolve(server))]),
    path.join(cacheFolder(), 'usr', 'bin', 'promtool'),
  ];
  const found = (given === undefined ? places : places.slice(0, 1)).find((file) =>
    fs.existsSync(file),
  );
  if (found !== undefined) return found;
  throw new Error(
    `There is no promtool at ${places.join(' or ')}, and without it nobody knows whether the alerts fire. Run npm run prometheus:assets, which needs apt-get, or let PROMTOOL_BIN name one.`,
  );
}

/** Runs promtool once. */
export const promtool = (args: readonly string[], cwd: string): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(findPromtool(), args, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ isOk: error === null, text: stdout + stderr });
    });
  });

/** Runs the tests of some files, as many at a time as there are cores. Returns what failed. */
export async function failuresOf(
  files: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const left = [...files];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      const { isOk, text } = await promtool(['test', 'rules', file], cwd);
      if (!isOk) failures.push(text);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failures;
}

/** Writes the files of rules and tests among those of a rendering. Returns their names. */
export function writeTests(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  const own = [...files].filter(([name]) => name.startsWith('tests/'));
  for (const [name, text] of own) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return own.map(([name]) => name);
}
