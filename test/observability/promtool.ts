import { execFile, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RuleGroup } from '../../lib/observability';
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

/** Runs promtool once. It lives for a second: collecting garbage less often saves a fifth of that. */
export const promtool = (args: readonly string[], cwd: string): Promise<Answer> =>
  new Promise((resolve) => {
    const options = { cwd, maxBuffer: 2 ** 26, env: { ...process.env, GOGC: '400' } };
    execFile(findPromtool(), args, options, (error, stdout, stderr) => {
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
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
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

/** One test of promtool. */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test?: readonly AlertTest[];
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

/** All alerts of one name that fire at a time. */
export interface AlertTest {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly {
    readonly exp_labels: Readonly<Record<string, string>>;
    readonly exp_annotations: Readonly<Record<string, string>>;
  }[];
}

/** What promtool has against rules; empty when nothing. */
export const checkRules = (groups: readonly RuleGroup[]): string =>
  run({ 'rules.json': { groups } }, ['check', 'rules', 'rules.json']);

/** Those of some expressions that promtool takes. */
export function takenByPromtool(expressions: readonly string[]): readonly string[] {
  const nameOf = (index: number): string => `${index}.json`;
  const files = expressions.map((expr, index): readonly [string, unknown] => [
    nameOf(index),
    { groups: [{ name: 'one', rules: [{ record: 'one', expr }] }] },
  ]);
  const said = run(Object.fromEntries(files), ['check', 'rules', ...files.map(([name]) => name)]);
  return expressions.filter((_, index) => !said.includes(`${nameOf(index)}: `));
}

/** What promtool says of failed tests; empty when all pass. */
export const testRules = (groups: readonly RuleGroup[], tests: readonly RuleTest[]): string =>
  run(
    {
      'rules.json': { groups },
      'tests.json': {
        rule_files: ['rules.json'],
        evaluation_interval: '1m',
        // Else it takes them in any order, and joins come a minute later now and then.
        group_eval_order: groups.map(({ name }) => name),
        tests,
      },
    },
    ['test', 'rules', 'tests.json'],
  );

/** JSON is YAML, so promtool reads it. */
function run(files: Readonly<Record<string, unknown>>, args: readonly string[]): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-rules-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), JSON.stringify(content));
    }
    const { status, stdout, stderr } = spawnSync(findPromtool(), args, {
      cwd: folder,
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
