import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { repository } from '../../apps/repository';
import { Signals } from '../../lib';
import { isAlert, type RuleGroup } from '../../lib/observability';
import { untested } from './coverage';
import { everyAlert } from './every-alert';
import { everyKind, requestsBy } from './every-kind';
import { failuresOf, findPromtool, promtool, writeTests } from './promtool';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-rules-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const renderings = {
  'the applications of this repository': () => repository().render(),
  'every kind of workload': everyKind,
  'every alert': everyAlert,
  'OpenTelemetry, scraped': () => requestsBy(Signals.openTelemetry(), '250ms'),
  Linkerd: () => requestsBy(Signals.linkerd(), '300ms'),
  'Envoy Gateway': () => requestsBy(Signals.envoyGateway(), '500ms'),
  'ingress-nginx': () => requestsBy(Signals.ingressNginx(), '1s'),
};

/** What was proved, and how long it took. */
const ledger = { files: 0, rules: 0, alerts: 0, tests: 0, seconds: 0 };
afterAll(() => {
  const { files, rules, alerts, tests, seconds } = ledger;
  if (files === 0) return;
  process.stderr.write(
    `promtool: ${rules} rules, ${alerts} of them alerts; ${tests} tests in ${files} files, ${seconds.toFixed(1)} s\n`,
  );
});

/** Counts what stands in the files of rules and tests. */
function count(files: ReadonlyMap<string, string>, names: readonly string[]): void {
  for (const name of names) {
    const text = files.get(name) ?? '';
    if (name.endsWith('.rules')) {
      const { groups } = parse(text) as { readonly groups: readonly RuleGroup[] };
      const rules = groups.flatMap((group) => group.rules);
      ledger.rules += rules.length;
      ledger.alerts += rules.filter(isAlert).length;
    } else {
      ledger.files += 1;
      ledger.tests += (parse(text) as { readonly tests: readonly unknown[] }).tests.length;
    }
  }
}

describe('the rules of', () => {
  it.each(Object.entries(renderings))(
    '%s are sound, and every alert keeps its tests',
    async (_, render) => {
      const { files, problems } = render();
      expect(problems).toEqual([]);
      const names = writeTests(folder, files);
      const rules = names.filter((name) => name.endsWith('.rules'));
      const tests = names.filter((name) => name.endsWith('.test'));
      expect(rules.filter((name) => !tests.includes(name.replace(/rules$/, 'test')))).toEqual([]);
      const began = performance.now();
      const checked = await promtool(['check', 'rules', ...rules], folder);
      expect(checked).toEqual({ isOk: true, text: expect.stringContaining('SUCCESS') });
      expect(await failuresOf(tests, folder)).toEqual([]);
      ledger.seconds += (performance.now() - began) / 1000;
      count(files, names);
    },
  );

  it.each(Object.entries(renderings))(
    '%s have a test in which each alert fires, and one in which it is silent',
    (_, render) => {
      expect(untested(render())).toEqual([]);
    },
  );
});

describe('a page', () => {
  it('says what burns, how fast, by which windows, and where to look', async () => {
    const { files } = requestsBy(Signals.openTelemetry(), '250ms');
    const at = path.join(folder, 'text');
    const [name = ''] = writeTests(at, files).filter((each) => each.endsWith('availability.test'));
    const file = path.join(at, name);
    const whole = parse(fs.readFileSync(file, 'utf8')) as {
      readonly tests: readonly { readonly promql_expr_test: readonly { eval_time: string }[] }[];
    };
    const [first] = whole.tests;
    const labels = (environment: string): object => ({
      ...{ application: 'by-open-telemetry', environment, service: 'orders', severity: 'page' },
      ...{ slo: 'availability', slo_id: 'by-open-telemetry/orders/availability', team: 'team-a' },
      namespace: `by-open-telemetry-${environment}`,
    });
    const alert = (environment: string, bad: string, times: number): object => ({
      exp_labels: labels(environment),
      exp_annotations: {
        summary: `orders in ${environment}: ${bad} of requests fail (objective 99.9 %)`,
        description: `The objective is 99.9 % of requests without a failure over 30 days. The budget burns ${times} times as fast as allowed, in the last 5m and 1h. 0% of the budget is left. Look first at what changed: kubectl -n by-open-telemetry-${environment} rollout history deployment/orders`,
        runbook_url: 'https://runbooks.example.org/orders#SLOErrorBudgetBurnPage',
      },
    });
    const expected = [alert('gone', '100%', 1000), alert('one', '9.6%', 96)];
    const eval_time = first?.promql_expr_test.at(-1)?.eval_time;
    const alert_rule_test = [
      { eval_time, alertname: 'SLOErrorBudgetBurnPage', exp_alerts: expected },
    ];
    fs.writeFileSync(file, stringify({ ...whole, tests: [{ ...first, alert_rule_test }] }));
    expect(await failuresOf([name], at)).toEqual([]);
  });
});

describe('promtool', () => {
  it('is asked for with what to run when it is missing', () => {
    const before = process.env.PROMTOOL_BIN;
    process.env.PROMTOOL_BIN = '/nowhere/promtool';
    try {
      expect(findPromtool).toThrow('Run npm run prometheus:assets');
    } finally {
      if (before === undefined) delete process.env.PROMTOOL_BIN;
      else process.env.PROMTOOL_BIN = before;
    }
  });

  it('finds what is wrong with a rule', async () => {
    const { files } = requestsBy(Signals.openTelemetry(), '250ms');
    const broken = new Map(
      [...files].map(([name, text]) => [name, text.replaceAll('0.0144', '0.5')]),
    );
    const names = writeTests(path.join(folder, 'broken'), broken);
    const tests = names.filter((name) => name.endsWith('availability.test'));
    const failures = await failuresOf(tests, path.join(folder, 'broken'));
    expect(failures.join()).toContain('exp: {environment="one"} 1E+00');
  });
});
