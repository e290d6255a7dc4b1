import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { Application, Environment, Platform, Signals, WebService, type Rendering } from '../../lib';
import type { RuleGroup, RuleTest, RuleTestFile } from '../../lib/observability';
import { testPlatform } from '../../lib/testing';
import { failuresOf } from './promtool';

/** Two applications with a service of the same name, in two environments that one Prometheus watches. */
function render(): Rendering {
  const [{ props }] = testPlatform().environments as readonly [Environment];
  const watched = (name: string): Environment =>
    new Environment(name, { ...props, domain: `${name}.test`, signals: 'one' });
  const platform = new Platform({
    environments: [watched('dev'), watched('prod')],
    defaults: { signals: Signals.openTelemetry() },
  });
  for (const application of ['shop', 'other']) {
    const app = new Application(platform, application, { owner: `team-${application}` });
    new WebService(app, 'orders', {
      ...{ image: 'x/y:1', port: 8080, health: '/ready', metrics: {} },
      scale: { min: 2, max: 10 },
      expose: { host: application },
      slo: { availability: 99.9 },
    });
  }
  return platform.render();
}

const rendering = render();
/** All that this Prometheus evaluates: what stands in any environment of any application. */
const groups = [...rendering.manifests.values()]
  .flat()
  .filter(({ kind }) => kind === 'PrometheusRule')
  .flatMap(({ spec }) => (spec as { readonly groups: readonly RuleGroup[] }).groups);

/** The namespaces of the generated tests, and where these faults are to be here: each in one environment of its application. */
const NAMESPACES: Readonly<Record<string, string>> = {
  'shop-one': 'shop-dev',
  'shop-two': 'shop-prod',
  'another-application': 'other-prod',
};
const namespaceOf = (series: string): string => /namespace="([^"]*)"/.exec(series)?.[1] ?? '';

/** A generated test of a fault, asked of all rules of this Prometheus. */
function moved(test: RuleTest): readonly RuleTest[] {
  const [last] = test.promql_expr_test
    .filter(({ exp_samples }) => exp_samples.length > 0)
    .slice(-1);
  const alert = /alertname="([^"]*)"/.exec(last?.expr ?? '')?.[1];
  if (!last || alert === undefined) return [];
  const input_series = test.input_series
    .filter(({ series }) => !series.startsWith('golden_path:namespace:info'))
    .flatMap(({ series, values }) => {
      const namespace = NAMESPACES[namespaceOf(series)];
      return namespace === undefined
        ? []
        : [{ series: series.replace(/namespace="[^"]*"/, `namespace="${namespace}"`), values }];
    });
  const isElsewhere = input_series.some(({ series }) => series.includes('other-prod'));
  const sample = (application: string, environment: string) => ({
    labels: `{application="${application}",environment="${environment}",service="orders",team="team-${application}"}`,
    value: 1,
  });
  const expected = {
    expr: `group by (application, environment, service, team) (ALERTS{alertname="${alert}",alertstate="firing"})`,
    eval_time: last.eval_time,
    exp_samples: [...(isElsewhere ? [sample('other', 'prod')] : []), sample('shop', 'dev')],
  };
  return [{ ...test, input_series, promql_expr_test: [expected] }];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-one-prometheus-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('one Prometheus that watches two environments of two applications', () => {
  it('evaluates the rules of each application once, and knows all namespaces', () => {
    expect(rendering.problems).toEqual([]);
    const names = groups.map(({ name }) => name);
    expect([...new Set(names)]).toEqual(names);
    const places = groups
      .flatMap(({ rules }) => rules)
      .filter(({ record }) => record === 'golden_path:namespace:info')
      .map(({ labels }) => labels?.namespace);
    expect(places.sort()).toEqual(['other-dev', 'other-prod', 'shop-dev', 'shop-prod']);
    expect(names.filter((name) => name.endsWith('.workload')).sort()).toEqual([
      'other.orders.workload',
      'shop.orders.workload',
    ]);
  });

  it('tells of every fault the team whose it is, in the environment where it is', async () => {
    fs.writeFileSync(path.join(folder, 'all.rules'), stringify({ groups }));
    const files = [...rendering.files].filter(([name]) => /^tests\/shop\/.*\.test$/.test(name));
    const alerts = new Set<string>();
    const names = files.flatMap(([name, text]) => {
      const file = parse(text) as RuleTestFile;
      const tests = file.tests.flatMap(moved);
      if (tests.length === 0) return [];
      for (const { promql_expr_test } of tests) {
        alerts.add(/alertname="([^"]*)"/.exec(promql_expr_test[0]?.expr ?? '')?.[1] ?? '');
      }
      const whole = {
        ...file,
        rule_files: ['all.rules'],
        // What says whose namespaces are whose comes first, or all others are a step late.
        group_eval_order: groups
          .map((group) => group.name)
          .sort((a, b) => Number(b.endsWith('.namespace')) - Number(a.endsWith('.namespace'))),
        tests,
      };
      fs.writeFileSync(path.join(folder, path.basename(name)), stringify(whole));
      return [path.basename(name)];
    });
    expect(await failuresOf(names, folder)).toEqual([]);
    expect([...alerts].sort()).toEqual([
      'SLOErrorBudgetBurnPage',
      'SLOErrorBudgetBurnTicket',
      'SLOSignalMissing',
      'WorkloadAtMaximumScale',
      'WorkloadContainerWaiting',
      'WorkloadCpuThrottled',
      'WorkloadCrashLooping',
      'WorkloadMemoryNearLimit',
      'WorkloadOutOfMemory',
      'WorkloadReplicasMissing',
      'WorkloadRolloutStuck',
    ]);
  });
});
