import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { AlertingRule, RuleGroup } from '../../lib/observability';
import { everyAlert } from './every-alert';
import { promtool, writeTests } from './promtool';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-generated-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What the tests of one file say of rules that were changed. */
async function saidOf(name: string, change: (rule: AlertingRule) => object): Promise<string> {
  const file = path.join(folder, 'tests', 'every-alert', `${name}.rules`);
  const before = fs.readFileSync(file, 'utf8');
  const { groups } = parse(before) as { readonly groups: readonly RuleGroup[] };
  const changed = groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => (rule.alert === undefined ? rule : change(rule))),
  }));
  fs.writeFileSync(file, stringify({ groups: changed }));
  try {
    return (await promtool(['test', 'rules', `${name}.test`], path.dirname(file))).text;
  } finally {
    fs.writeFileSync(file, before);
  }
}

/** The alerts of a file of rules of which the tests of a rule that was changed say nothing. */
async function unnoticed(
  name: string,
  change: (rule: AlertingRule) => object,
  only: (rule: AlertingRule) => boolean = () => true,
): Promise<readonly string[]> {
  const text = await saidOf(name, change);
  const file = path.join(folder, 'tests', 'every-alert', `${name}.rules`);
  const { groups } = parse(fs.readFileSync(file, 'utf8')) as {
    readonly groups: readonly RuleGroup[];
  };
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => (rule.alert !== undefined && only(rule) ? [rule.alert] : []))
    .filter(
      (alert) =>
        !text.includes(`alertname=\\"${alert}\\"`) && !text.includes(`alertname="${alert}"`),
    );
}

const FILES = ['orders.workload', 'sweep.workload', 'staging.services', 'staging.certificates'];

describe('the generated tests', () => {
  writeTests(folder, everyAlert().files);

  it.each(FILES)('of %s find alerts that never fire', async (name) => {
    const never = (rule: AlertingRule) => ({ ...rule, expr: `(${rule.expr}) and vector(1) < 0` });
    expect(await unnoticed(name, never)).toEqual([]);
  });

  it.each(FILES)('of %s find alerts that always fire', async (name) => {
    const always = (rule: AlertingRule) => ({ ...rule, expr: 'vector(1)' });
    expect(await unnoticed(name, always)).toEqual([]);
  });

  it.each(FILES)('of %s find alerts that come too early or too late', async (name) => {
    const early = (rule: AlertingRule) => ({ ...rule, for: '0s' });
    expect(await unnoticed(name, early, (rule) => rule.for !== undefined)).toEqual([]);
    const late = (rule: AlertingRule) => ({ ...rule, for: '2h' });
    expect(await unnoticed(name, late)).toEqual([]);
  });

  it('find alerts that look at other applications', async () => {
    const anybody = (rule: AlertingRule) => ({
      ...rule,
      expr: rule.expr.replace('application="every-alert"', ''),
    });
    for (const name of ['orders.workload', 'sweep.workload']) {
      expect(await unnoticed(name, anybody)).toEqual([]);
    }
  });
});
