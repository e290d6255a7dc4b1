import { describe, expect, it } from '@jest/globals';
import type { WorkloadModel } from '../../lib/foundation';
import {
  isAlert,
  workloadAlerts,
  type AlertingRule,
  type RuleGroup,
} from '../../lib/observability';
import { quiet, scenarios, workloads, type Samples, type Scenario } from './alert-scenarios';
import { promqlFaults } from './promql';
import { checkRules, testRules, type AlertTest, type RuleTest } from './promtool';

/** Two applications with workloads of the same names. */
const OWNERS = { shop: 'team-checkout', other: 'team-other' } as const;
type Name = keyof typeof OWNERS;

const ofApplication = (application: Name): readonly RuleGroup[] =>
  workloads.map((workload) => {
    const group = workloadAlerts(workload, { application, owner: OWNERS[application], links: {} });
    return { ...group, name: `${application}-${group.name}` };
  });

/** What the binding records: whose namespaces are whose. */
const PLACES = [
  { application: 'shop', environment: 'dev', namespace: 'shop-dev' },
  { application: 'shop', environment: 'prod', namespace: 'shop-prod' },
  { application: 'other', environment: 'prod', namespace: 'other-prod' },
] as const;
const places: RuleGroup = {
  name: 'places',
  interval: '1m',
  rules: PLACES.map((labels) => ({
    record: 'golden_path:namespace:info',
    expr: 'vector(1)',
    labels,
  })),
};
const shop = ofApplication('shop');
const groups: readonly RuleGroup[] = [places, ...shop, ...ofApplication('other')];

const alertsOf = (all: readonly RuleGroup[]): readonly AlertingRule[] =>
  all.flatMap(({ rules }) => rules).filter(isAlert);

/** The annotations of an alert, where the templates are run. */
function annotationsOf({ alert, service, value, container = '' }: Scenario, place: Place) {
  const rule = alertsOf(ofApplication(place.application)).find(
    (each) => each.alert === alert && each.labels.service === service,
  );
  const filled = (text: string): string =>
    text
      .replaceAll('{{ $labels.environment }}', place.environment)
      .replaceAll('{{ $labels.namespace }}', place.namespace)
      .replaceAll('{{ $labels.container }}', container)
      .replaceAll(/\{\{ \$value[^}]*\}\}/g, value);
  return Object.fromEntries(
    Object.entries(rule?.annotations ?? {}).map(([key, text]) => [key, filled(text)]),
  );
}

type Place = (typeof PLACES)[number];

function firing(scenario: Scenario, among: readonly Place[]): AlertTest['exp_alerts'] {
  return among.map((place) => ({
    exp_labels: {
      ...place,
      ...(scenario.container !== undefined && { container: scenario.container }),
      service: scenario.service,
      team: OWNERS[place.application],
      severity: 'ticket',
    },
    exp_annotations: annotationsOf(scenario, place),
  }));
}

const seriesOf = (...samples: readonly Samples[]): RuleTest['input_series'] =>
  samples.flatMap((each) => Object.entries(each).map(([series, values]) => ({ series, values })));

const minutes = (count: number): string => `${count}m`;
const [dev, prod, other] = PLACES;

/** Faults in one environment, in all, and in namespaces of somebody else. */
function testsOf(scenario: Scenario, index: number): readonly RuleTest[] {
  const { alert, fault, healthy, firesAt } = scenario;
  const at = (minute: number, among: readonly Place[]): AlertTest => ({
    eval_time: minutes(minute),
    alertname: alert,
    exp_alerts: firing(scenario, among),
  });
  const name = (what: string): string => `${index} ${alert} ${what}`;
  const before = firesAt === 0 ? [] : [at(firesAt - 1, [])];
  return [
    {
      name: name('in prod alone, and beside it in another application'),
      interval: '1m',
      input_series: seriesOf(
        ...[fault(prod.namespace), healthy(dev.namespace), fault(other.namespace)],
      ),
      alert_rule_test: [...before, at(firesAt, [prod, other])],
    },
    {
      name: name('in every environment of one application'),
      interval: '1m',
      input_series: seriesOf(
        ...[fault(prod.namespace), fault(dev.namespace), healthy(other.namespace)],
      ),
      alert_rule_test: [...before, at(firesAt, [dev, prod])],
    },
    {
      name: name('in a namespace of nobody'),
      interval: '1m',
      input_series: seriesOf(fault('shop'), fault('shop-prod-2')),
      alert_rule_test: [at(firesAt, [])],
    },
  ];
}

describe('the alerts of workloads', () => {
  it('pass promtool', () => {
    expect(checkRules(groups)).toBe('');
  });

  it('have sound types', () => {
    const faults = alertsOf(shop).flatMap(({ alert, expr }) =>
      promqlFaults(expr).map((fault) => `${alert}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('are all tested', () => {
    const tested = new Set(scenarios.map(({ alert }) => alert));
    const emitted = new Set(alertsOf(shop).map(({ alert }) => alert));
    expect([...emitted].sort()).toEqual([...tested].sort());
  });

  it('fire at their time, where the fault is and nowhere else, with the labels of its owner', () => {
    expect(testRules(groups, scenarios.flatMap(testsOf))).toBe('');
  });

  it('are silent about what only looks like a fault', () => {
    const tests = quiet.map(({ alert, fault }): RuleTest => ({
      name: alert,
      interval: '1m',
      input_series: seriesOf(fault(prod.namespace)),
      alert_rule_test: [1, 5, 10, 15, 20].map((minute) => ({
        eval_time: minutes(minute),
        alertname: alert,
        exp_alerts: [],
      })),
    }));
    expect(testRules(groups, tests)).toBe('');
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

const by = { application: 'shop', owner: OWNERS.shop, links: {} };
