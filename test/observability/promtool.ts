import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RuleGroup } from '../../lib/observability';
import { cacheFolder } from '../prometheus-server/assets';

/** Where promtool stands: `PROMTOOL_BIN`, beside `PROMETHEUS_BIN`, or in the cache. @throws with what to do when it is not there */
export function findPromtool(): string {
  const { PROMTOOL_BIN, PROMETHEUS_BIN } = process.env;
  const file = PROMTOOL_BIN ?? path.join(folderOf(PROMETHEUS_BIN), 'promtool');
  if (fs.existsSync(file)) return file;
  throw new Error(
    `There is no promtool at ${file}: run npm run prometheus:assets, which needs apt-get, or let PROMTOOL_BIN name it.`,
  );
}

function folderOf(given: string | undefined): string {
  if (given === undefined) return path.join(cacheFolder(), 'usr', 'bin');
  return fs.existsSync(given) && fs.statSync(given).isDirectory() ? given : path.dirname(given);
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
