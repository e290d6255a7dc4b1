import type { ExpressionTest, RuleTest, RuleTestFile } from './promtool';
import type { AlertSeverity } from '../../foundation';
import { BURN_ALERTS } from '../objective/burn-alerts';
import { budgetOf } from '../objective/burn';
import { timeToBurn } from '../objective/detection';
import { durationText } from '../duration';
import { sliKind, type Objective } from '../objective/objective';
import { INSTRUMENTATION_BROKEN, SIGNAL_MISSING } from '../objective/signal-alerts';
import type { RuleGroup } from '../rule';
import { faultAt, FAST, HOUR, MARGIN, SLOW } from './pace';
import { namespaceIn, ONE, OTHER } from './places';
import { input, known, replicas, told, type InputSeries, type Story, type Timeline } from './input';

/**
 * The tests of the rules of one objective: those of what pages, and those of what can wait, which look at days in longer steps. Their
 * environments are made up: rules know none.
 * @param groups - all groups of the objective, as they are evaluated
 * @param rules - the file with them
 */
export function ruleTests(
  objective: Objective,
  groups: readonly RuleGroup[],
  rules: string,
): { readonly fast: RuleTestFile; readonly slow: RuleTestFile } {
  const file = (step: number, tests: readonly RuleTest[]): RuleTestFile => ({
    rule_files: [rules],
    evaluation_interval: durationText(step),
    group_eval_order: groups.map(({ name }) => name),
    tests,
  });
  return {
    fast: file(FAST.step, [burns('page', objective, isHeld(groups))]),
    slow: file(SLOW.step, [burns('ticket', objective, false), ...silence(objective)]),
  };
}

/** Whether a page is evaluated once more before it fires, as it is where it may be the symptom of something else. */
const isHeld = (groups: readonly RuleGroup[]): boolean =>
  groups.some(({ rules }) =>
    rules.some((rule) => rule.alert === BURN_ALERTS.page && rule.for !== undefined),
  );

const silence = (objective: Objective): readonly RuleTest[] => [
  ...(sliKind(objective) === 'events' ? [quiet(objective), oneError(objective)] : []),
  ...(objective.slo === 'availability' ? [withoutErrors(objective)] : []),
  ...(objective.isDeployed ? [young(objective), lost(objective)] : []),
  ...(objective.slo === 'latency' ? [withoutBucket(objective)] : []),
];

/** Where all pods are gone, and the series of requests with them. */
const GONE = 'gone';
const place = ({ application }: Objective, environment: string): string =>
  namespaceIn(application, environment);

const firing = (
  alert: string,
  objective: Objective,
  at: number,
  environments: readonly string[],
  where = `environment!="${GONE}"`,
): ExpressionTest => ({
  expr: `count by (environment) (ALERTS{alertname="${alert}",alertstate="firing",slo_id="${objective.id}",${where}})`,
  eval_time: durationText(at),
  exp_samples: environments.map((environment) => ({
    labels: `{environment="${environment}"}`,
    value: 1,
  })),
});

const silent = (objective: Objective, at: number): readonly ExpressionTest[] =>
  Object.values(BURN_ALERTS).map((alert) => firing(alert, objective, at, []));

/** The share of bad events of a test: nine minutes until a page, and five times the budget for a ticket, which never pages. */
const shareOf = (severity: AlertSeverity, objective: Objective): number => {
  if (sliKind(objective) === 'time') return 1;
  const budget = budgetOf(objective.objective);
  return severity === 'page' ? Math.min(1, 96 * budget) : 5 * budget;
};

/** Just before the predicted time nothing fires and just after it does, in the environment with the fault alone. */
function burns(severity: AlertSeverity, objective: Objective, held: boolean): RuleTest {
  const { step, samples } = severity === 'page' ? FAST : SLOW;
  const share = shareOf(severity, objective);
  const time = timeToBurn(severity, objective.objective, share, sliKind(objective)) ?? Infinity;
  const fault = faultAt(severity, objective, share);
  const { before, after } = around(time, fault, step, { objective, held });
  const timeline: Timeline = { step: samples, fault, end: after };
  const isTicket = severity === 'ticket' && share < 1;
  const mayVanish = severity === 'page' && objective.countsDown;
  return {
    name: `${objective.id}: ${percent(share)} bad is a ${severity} after ${durationText(Math.round(time))}, here and nowhere else`,
    interval: durationText(samples),
    input_series: [
      ...threePlaces(objective, share, timeline),
      ...(mayVanish ? vanishing(objective, timeline) : []),
    ],
    promql_expr_test: [
      ...(mayVanish ? vanished(objective, timeline, held) : []),
      firing(BURN_ALERTS[severity], objective, before, []),
      firing(BURN_ALERTS[severity], objective, after, [ONE]),
      ...(isTicket ? [firing(BURN_ALERTS.page, objective, after, [])] : []),
    ],
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;

/** The last step before a time at which nothing may fire, and the first one at which it must. */
function around(
  time: number,
  fault: number,
  step: number,
  { objective, held }: { readonly objective: Objective; readonly held: boolean },
) {
  const last = Math.floor((time * (1 - MARGIN)) / step);
  const late = (sliKind(objective) === 'time' ? 2 * FAST.step : 0) + (held ? FAST.step : 0);
  return {
    before: fault + last * step,
    after: fault + Math.ceil((time * (1 + MARGIN) + late) / step) * step,
  };
}

/** A fault in one environment, another without, and a workload of the same name with the same fault in another application. */
function threePlaces(
  objective: Objective,
  share: number,
  timeline: Timeline,
): readonly InputSeries[] {
  const bad = { before: 0, after: share };
  const stories: readonly Story[] = [
    { namespace: place(objective, ONE), ...bad },
    { namespace: place(objective, 'two'), before: 0, after: 0 },
    { namespace: OTHER, ...bad },
  ];
  return [
    ...['one', 'two'].map((environment) =>
      known(objective.application, environment, place(objective, environment), timeline),
    ),
    known(OTHER, ONE, OTHER, timeline),
    ...stories.flatMap((story) => told(objective, story, timeline)),
  ];
}

/** One environment with a story, for tests of silence. */
function alone(
  objective: Objective,
  timeline: Timeline,
  story: Partial<Story>,
  more: readonly InputSeries[],
): readonly InputSeries[] {
  const namespace = place(objective, ONE);
  return [
    known(objective.application, ONE, namespace, timeline),
    ...told(objective, { namespace, before: 0, after: 0, ...story }, timeline),
    ...more,
  ];
}

/** All series of requests end, since nothing is left to count them. */
function vanishing(objective: Objective, timeline: Timeline): readonly InputSeries[] {
  const available = (at: number): number => (at > timeline.fault ? 0 : 2);
  const namespace = place(objective, GONE);
  return [
    known(objective.application, GONE, namespace, timeline),
    ...told(objective, { namespace, before: 0, after: 0, vanishes: true }, timeline),
    ...replicas(objective, namespace, timeline, available),
  ];
}

/** That is a full outage, and no lost signal. */
function vanished(
  objective: Objective,
  { step, fault }: Timeline,
  held: boolean,
): readonly ExpressionTest[] {
  const time = timeToBurn('page', objective.objective, 1) ?? Infinity;
  const { before, after } = around(time, fault, step, { objective, held });
  const where = `environment="${GONE}"`;
  return [
    firing(BURN_ALERTS.page, objective, before, [], where),
    firing(BURN_ALERTS.page, objective, after, [GONE], where),
    firing(SIGNAL_MISSING, objective, after, [], where),
  ];
}

const shortTimeline = (hours: number): Timeline => ({
  step: SLOW.samples,
  fault: (hours / 2) * HOUR,
  end: hours * HOUR,
});

const running = (objective: Objective, timeline: Timeline): readonly InputSeries[] =>
  replicas(objective, place(objective, ONE), timeline, () => 2);

/** Without traffic there is a gap, no number and no alert. */
function quiet(objective: Objective): RuleTest {
  const timeline = shortTimeline(2);
  return {
    name: `${objective.id}: nothing fires without traffic, and there is no ratio`,
    interval: durationText(timeline.step),
    input_series: alone(objective, timeline, { perMinute: 0 }, running(objective, timeline)),
    promql_expr_test: [
      ...silent(objective, timeline.end),
      firing(SIGNAL_MISSING, objective, timeline.end, []),
      {
        expr: `{__name__=~"slo:sli_error:ratio_rate.+",slo_id="${objective.id}"}`,
        eval_time: durationText(timeline.end),
        exp_samples: [],
      },
    ],
  };
}

/** One bad event among ten, after forty good ones. */
function oneError(objective: Objective): RuleTest {
  const step = SLOW.samples;
  const fault = 2 * HOUR;
  const timeline: Timeline = { step, fault, end: fault + HOUR / 2 };
  const series = alone(objective, timeline, { perMinute: 1 / 3, after: 0.1 }, []);
  return {
    name: `${objective.id}: one bad event of a quiet night alerts nobody`,
    interval: durationText(step),
    input_series: series,
    promql_expr_test: silent(objective, timeline.end),
  };
}

/** A service that never failed has no series of failures. */
function withoutErrors(objective: Objective): RuleTest {
  const timeline = shortTimeline(2);
  const at = durationText(timeline.end);
  return {
    name: `${objective.id}: a service without series of failures has a ratio of 0`,
    interval: durationText(timeline.step),
    input_series: alone(objective, timeline, { withoutErrors: true }, running(objective, timeline)),
    promql_expr_test: [
      ...silent(objective, timeline.end),
      {
        expr: `sum by (environment) (slo:sli_error:ratio_rate1h{slo_id="${objective.id}"})`,
        eval_time: at,
        exp_samples: [{ labels: `{environment="${ONE}"}`, value: 0 }],
      },
    ],
  };
}

/** Half an hour old, and all of it failed: its long windows are short, and its rollout has alerts of its own. */
function young(objective: Objective): RuleTest {
  const within = objective.withinSeconds ?? 0;
  const fault = Math.ceil(within / SLOW.step + 1) * SLOW.step;
  const timeline: Timeline = { step: SLOW.samples, fault, end: fault + HOUR / 2 };
  const labels = { namespace: place(objective, ONE), deployment: objective.service };
  const born = input('kube_deployment_created', labels, timeline, () => fault);
  return {
    name: `${objective.id}: a service of half an hour alerts nobody`,
    interval: durationText(timeline.step),
    input_series: alone(objective, timeline, { after: 1 }, [born]),
    promql_expr_test: silent(objective, timeline.end),
  };
}

/** The pods run, and nothing tells how they do. */
function lost(objective: Objective): RuleTest {
  const timeline = shortTimeline(2);
  const { fault } = timeline;
  return {
    name: `${objective.id}: a signal that is lost is a ticket within an hour`,
    interval: durationText(timeline.step),
    input_series: alone(objective, timeline, { vanishes: true }, running(objective, timeline)),
    promql_expr_test: [
      firing(SIGNAL_MISSING, objective, fault, []),
      firing(SIGNAL_MISSING, objective, fault + HOUR, [ONE]),
      ...silent(objective, timeline.end),
    ],
  };
}

/** Durations are counted, and the bucket of the objective is not. */
function withoutBucket(objective: Objective): RuleTest {
  const timeline = shortTimeline(1);
  const alert = INSTRUMENTATION_BROKEN;
  return {
    name: `${objective.id}: a bucket that is missing is a ticket within an hour`,
    interval: durationText(timeline.step),
    input_series: alone(objective, timeline, { withoutErrors: true }, []),
    promql_expr_test: [
      firing(alert, objective, HOUR / 2, []),
      firing(alert, objective, HOUR, [ONE]),
      ...silent(objective, timeline.end),
    ],
  };
}
