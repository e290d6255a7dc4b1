import { durationText, trySeconds } from '../duration';
import { quoted, series, type Labels } from '../promql';
import { isAlert, type AlertingRule, type RuleGroup } from '../rule';
import type { Timeline } from './input';
import type { ExpressionTest, RuleTest, RuleTestFile } from './promtool';
import type { Scenario } from './scenario';

/** Samples and evaluations are a minute apart, and all is well for five of them. */
const STEP = 60;
const FAULT = 5 * STEP;

/** Rules, and the tests of them. */
export interface TestedRules {
  readonly groups: readonly RuleGroup[];
  readonly tests: RuleTestFile;
}

/** Groups as the library makes them, and what may happen to what they watch. */
export interface Watching {
  readonly scenarios: readonly Scenario[];
  readonly own: readonly RuleGroup[];
}

/**
 * The tests of the alerts of some groups: each fires when its time has come and not a step before, where the fault is and nowhere else.
 * @param rendered - the same as a team's patches left them: what they took away has no test, and what they changed is tested as it is
 * @param rules - the file with them
 * @returns undefined where nothing is left to test
 */
export function tryAlertTests(
  parts: readonly Watching[],
  rendered: readonly RuleGroup[],
  rules: string,
): TestedRules | undefined {
  const all = parts.flatMap(({ scenarios, own }) =>
    scenarios.map((scenario) => ({ scenario, own })),
  );
  const found = all.flatMap(({ scenario, own }) => {
    const at = tryFind(scenario, own, rendered);
    // Whoever gives it a time of their own in words of Prometheus alone, as 1d, has to test it.
    return at && trySeconds(at.rule.for ?? '0s') !== undefined ? [{ scenario, ...at }] : [];
  });
  if (found.length === 0) return undefined;
  const groups = rendered.filter((group) => found.some((each) => each.group === group));
  const tests: RuleTestFile = {
    rule_files: [rules],
    evaluation_interval: durationText(STEP),
    group_eval_order: groups.map(({ name }) => name),
    tests: found.map(({ scenario, rule }) => alertTest(scenario, rule)),
  };
  return { groups, tests };
}

interface Found {
  readonly group: RuleGroup;
  readonly rule: AlertingRule;
}

/** The rule of a scenario among those that were rendered: by what it asks, under whatever name, or else by its name in its group. */
function tryFind(
  { alert, service }: Scenario,
  own: readonly RuleGroup[],
  rendered: readonly RuleGroup[],
): Found | undefined {
  const isNamed = (rule: AlertingRule): boolean =>
    rule.alert === alert && rule.labels.service === service;
  const made = alertsOf(own).find(({ rule }) => isNamed(rule));
  if (!made) return undefined;
  const all = alertsOf(rendered);
  return (
    all.find(({ rule }) => rule.expr === made.rule.expr) ??
    all.find(({ rule, group }) => group.name === made.group.name && isNamed(rule))
  );
}

const alertsOf = (groups: readonly RuleGroup[]): readonly Found[] =>
  groups.flatMap((group) => group.rules.filter(isAlert).map((rule) => ({ group, rule })));

function alertTest(scenario: Scenario, rule: AlertingRule): RuleTest {
  const { leadSeconds = 0, told, what } = scenario;
  const wait = Math.ceil((trySeconds(rule.for ?? '0s') ?? 0) / STEP) * STEP;
  const end = FAULT + Math.ceil(leadSeconds / STEP) * STEP + wait;
  const timeline: Timeline = { step: STEP, fault: FAULT, end };
  const before = told.length === 0 ? [] : [firing(rule, end - STEP, [])];
  return {
    name: `${rule.alert} of ${rule.labels.service ?? 'nobody'}: ${what}`,
    interval: durationText(STEP),
    input_series: scenario.series(timeline),
    promql_expr_test: [...before, firing(rule, end, told)],
  };
}

/** All alerts of a rule that fire at a time, whoever they are told of. */
function firing({ alert, labels }: AlertingRule, at: number, told: readonly Labels[]) {
  const { service } = labels;
  const is = { alertname: alert, alertstate: 'firing', ...(service !== undefined && { service }) };
  const by = Object.keys(told[0] ?? {}).sort();
  const test: ExpressionTest = {
    expr: `group by (${by.join(', ')}) (${series({ metric: 'ALERTS', is })})`,
    eval_time: durationText(at),
    exp_samples: told.map((each) => ({ labels: labelText(each), value: 1 })),
  };
  return test;
}

const labelText = (labels: Labels): string =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}=${quoted(value)}`)
    .join(', ')}}`;
