import { describe, expect, it } from '@jest/globals';
import { ScheduledJob, WebService, Worker } from '../../lib';
import type { WorkloadModel } from '../../lib/foundation';
import {
  isAlert,
  trySeconds,
  tryWorkloadTests,
  workloadAlerts,
  workloadScenarios,
  type AlertingRule,
  type RuleGroup,
  type Scenario,
} from '../../lib/observability';
import { synthesizeIn } from '../../lib/testing';
import { promqlFaults } from './promql';
import { checkRules, testRules, type RuleTest } from './promtool';

const { workloads } = synthesizeIn((app) => {
  new WebService(app, 'orders', {
    ...{ image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' },
    scale: { min: 2, max: 10 },
    sidecars: { proxy: { image: 'x/proxy:1' } },
    init: { wait: { image: 'x/wait:1' } },
    migrate: { command: ['migrate'] },
  });
  new Worker(app, 'mailer', { image: 'x/mailer:1', scale: { min: 2, max: 2 } });
  new ScheduledJob(app, 'sweep', {
    ...{ image: 'x/sweep:1', schedule: '*/5 * * * *' },
    ...{ deadlineSeconds: 240, startingDeadlineSeconds: 60 },
  });
}).model;

const by = { application: 'shop', owner: 'team-checkout', links: {} };
const shop: readonly RuleGroup[] = workloads.map((workload) => workloadAlerts(workload, by));

const alertsOf = (all: readonly RuleGroup[]): readonly AlertingRule[] =>
  all.flatMap(({ rules }) => rules).filter(isAlert);

/** What the annotations say of the value, by the template. */
const VALUES: Readonly<Record<string, string>> = {
  WorkloadCrashLooping: '1',
  WorkloadContainerWaiting: '1',
  WorkloadOutOfMemory: '1',
  WorkloadMemoryNearLimit: '95%',
  WorkloadCpuThrottled: '90%',
  WorkloadReplicasMissing: '2',
  WorkloadAtMaximumScale: '10',
  ScheduledJobFailed: '1970-01-01 00:04:00 +0000 UTC',
  ScheduledJobLate: '11m 0s',
  MigrationFailed: '1970-01-01 00:04:00 +0000 UTC',
};

/** All that Alertmanager is told of a fault. */
function textTest(
  { alert, service, told, series, leadSeconds = 0 }: Scenario,
  group: RuleGroup,
): RuleTest {
  const rule = alertsOf([group]).find((each) => each.alert === alert);
  const fault = 300;
  const end = fault + leadSeconds + (trySeconds(rule?.for ?? '0s') ?? 0);
  const filled = (text: string, labels: Readonly<Record<string, string>>): string =>
    text
      .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, name: string) => labels[name] ?? '')
      .replaceAll(/\{\{ \$value[^}]*\}\}/g, VALUES[alert] ?? '');
  const exp_alerts = told.map((labels) => ({
    exp_labels: {
      ...labels,
      ...{ application: 'shop', service, team: 'team-checkout', severity: 'ticket' },
    },
    exp_annotations: Object.fromEntries(
      Object.entries(rule?.annotations ?? {}).map(([key, text]) => [key, filled(text, labels)]),
    ),
  }));
  return {
    name: `${alert} of ${service}`,
    interval: '1m',
    input_series: series({ step: 60, fault, end }),
    alert_rule_test: [{ eval_time: `${end / 60}m`, alertname: alert, exp_alerts }],
  };
}

describe('the alerts of workloads', () => {
  it('pass promtool', () => {
    expect(checkRules(shop)).toBe('');
  });

  it('have sound types', () => {
    const faults = alertsOf(shop).flatMap(({ alert, expr }) =>
      promqlFaults(expr).map((fault) => `${alert}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('say in words what is wrong, with the labels of their owner', () => {
    const failures = workloads.map((workload) => {
      const group = workloadAlerts(workload, by);
      const names = alertsOf([group]).map(({ alert }) => alert);
      const scenarios = workloadScenarios(workload, 'shop').filter(({ alert }) =>
        names.includes(alert),
      );
      expect([...new Set(scenarios.map(({ alert }) => alert))].sort()).toEqual([...names].sort());
      return testRules(
        [group],
        scenarios.map((scenario) => textTest(scenario, group)),
      );
    });
    expect(failures.join('')).toBe('');
  });

  it('say of each what it is about', () => {
    const names = (name: string): readonly string[] =>
      alertsOf(shop)
        .filter(({ annotations, labels, expr }) => {
          const workload = labels.service === name;
          return workload && !expr.includes('-migrate') && annotations.summary !== undefined;
        })
        .map(({ alert, for: wait = 'at once' }) => `${alert} ${wait}`);
    expect(names('orders')).toEqual([
      'WorkloadReplicasMissing 15m',
      'WorkloadRolloutStuck 1m',
      'WorkloadAtMaximumScale 15m',
      'WorkloadCrashLooping 15m',
      'WorkloadContainerWaiting 5m',
      'WorkloadOutOfMemory at once',
      'WorkloadMemoryNearLimit 15m',
      'WorkloadCpuThrottled 15m',
    ]);
    expect(names('mailer')).not.toContain('WorkloadAtMaximumScale 15m');
    expect(names('sweep')).toEqual([
      'ScheduledJobFailed at once',
      'ScheduledJobLate at once',
      'WorkloadContainerWaiting 5m',
      'WorkloadOutOfMemory at once',
    ]);
  });

  it('have none about CPU where there is no limit of it', () => {
    const [orders] = workloads.filter(({ name }) => name === 'orders') as [WorkloadModel];
    const containers = orders.containers.map((each) => ({
      ...each,
      limits: { memory: each.limits.memory ?? '' },
    }));
    const { rules } = workloadAlerts({ ...orders, containers }, by);
    expect(rules.map(({ alert }) => alert)).not.toContain('WorkloadCpuThrottled');
  });

  it('lead to a runbook where the platform has one', () => {
    const links = { runbook: 'https://runbooks.example.com/{service}#{alert}' };
    const [rule] = workloadAlerts(workloads[0] as WorkloadModel, { ...by, links }).rules;
    expect(rule?.annotations?.runbook_url).toBe(
      'https://runbooks.example.com/orders#WorkloadReplicasMissing',
    );
    const [without] = workloadAlerts(workloads[0] as WorkloadModel, by).rules;
    expect(without?.annotations).not.toHaveProperty('runbook_url');
  });
});

describe('the generated tests of what a team changed', () => {
  const [orders] = workloads as readonly [WorkloadModel];
  const own = workloadAlerts(orders, by);
  const namesOf = (rendered: readonly RuleGroup[]): readonly string[] | undefined =>
    tryWorkloadTests([orders], by, rendered, 'x.rules')?.tests.tests.map(({ name }) =>
      name.replace(/ of .*/, ''),
    );
  const changed = (change: (rule: RuleGroup['rules'][number]) => RuleGroup['rules']) => [
    { ...own, rules: own.rules.flatMap(change) },
  ];
  const all = [
    ...['WorkloadReplicasMissing', 'WorkloadRolloutStuck', 'WorkloadAtMaximumScale'],
    ...['WorkloadCrashLooping', 'WorkloadContainerWaiting', 'WorkloadOutOfMemory'],
    ...['WorkloadMemoryNearLimit', 'WorkloadCpuThrottled'],
  ];
  const isFirst = ({ alert }: { readonly alert?: string | undefined }): boolean =>
    alert === 'WorkloadReplicasMissing';

  it('are one for each alert', () => {
    expect(namesOf([own])).toEqual(all);
  });

  it('are none for what is gone', () => {
    expect(namesOf(changed((rule) => (isFirst(rule) ? [] : [rule])))).toEqual(all.slice(1));
    expect(namesOf([])).toBeUndefined();
  });

  it('have its new name, and its new time', () => {
    const rendered = changed((rule) =>
      isFirst(rule) && rule.alert !== undefined
        ? [{ ...rule, alert: 'OrdersTooFew', for: '20m' }]
        : [rule],
    );
    expect(namesOf(rendered)).toEqual(['OrdersTooFew', ...all.slice(1)]);
    const { tests = [] } = tryWorkloadTests([orders], by, rendered, 'x.rules')?.tests ?? {};
    expect(tests[0]?.promql_expr_test.map(({ eval_time }) => eval_time)).toEqual(['24m', '25m']);
  });

  it('follow what asks another question under the same name', () => {
    const rendered = changed((rule) =>
      isFirst(rule) ? [{ ...rule, expr: `${rule.expr} and hour() > 7` }] : [rule],
    );
    expect(namesOf(rendered)).toEqual(all);
  });
});
