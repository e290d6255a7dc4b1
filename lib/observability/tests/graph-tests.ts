import type { AlertSeverity } from '../../foundation';
import { BURN_ALERTS } from '../objective/burn-alerts';
import { ROLE_ALERTS, SLO_BURNING, SLO_FAILING, type Neighbours } from '../cause';
import type { Objective } from '../objective/objective';
import type { RuleGroup } from '../rule';
import { SERVICE_UP } from '../alert/service-alerts';
import { burning, gone, outsideCaller, type Place } from './graph-input';
import type { InputSeries } from './input';
import type { ExpressionTest, RuleTest, RuleTestFile } from './promtool';

/** A service of the graph, as its tests see it. */
export interface TestedService {
  readonly neighbours: Neighbours;
  readonly objectives: readonly Pick<Objective, 'id'>[];
  /** How it is seen that it fails, where no objective tells. */
  readonly seen: 'pods' | 'service_up';
}

const STEP = '30s';
/** When the fault begins, is looked for in vain, and must have been told: rules of rules need some evaluations. */
const FAULT_MINUTES = 3;
const BEFORE = '2m';
const AFTER = '8m';

/** Those that people outside reach, and some of the others: hundreds would prove no more, and their tests would grow with the square. */
const MOST_DEPENDENTS = 20;

/** What the rules of the graph rest on: the tests give it, since each objective has tests of its own that prove it. */
const GIVEN: readonly string[] = [SLO_BURNING, SLO_FAILING, SERVICE_UP];
const PAGES: readonly string[] = [BURN_ALERTS.page, ROLE_ALERTS.cause, ROLE_ALERTS.symptom];

/** The rules that tell causes from symptoms, among all of an application. */
export const graphRules = (groups: readonly RuleGroup[]): readonly RuleGroup[] =>
  groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter(({ record, alert }) =>
        record === undefined
          ? PAGES.includes(alert)
          : record.startsWith('golden_path:') && !GIVEN.includes(record),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);

/** The tests of the graph of an application: whatever fails, one service is paged for it, beside those that people outside reach. */
export function graphTests(
  services: readonly TestedService[],
  groups: readonly RuleGroup[],
  rules: string,
): RuleTestFile {
  const byName = new Map(services.map((each) => [each.neighbours.service, each]));
  return {
    rule_files: [rules],
    evaluation_interval: STEP,
    group_eval_order: groups.map(({ name }) => name),
    tests: services.flatMap((service) => [
      ...takesAlong(service, byName),
      ...hurtsOthers(service, byName),
      ...softly(service, byName),
      ...hurtsOutside(service),
    ]),
  };
}

type ByName = ReadonlyMap<string, TestedService>;
/** An alert, and the service that has it. */
type Expected = readonly (readonly [alert: string, service: TestedService])[];

const place = ({ neighbours }: TestedService): Place => ({
  application: neighbours.application,
  environment: 'one',
  namespace: `${neighbours.application}-one`,
  faultMinutes: FAULT_MINUTES,
});

const named = ({ neighbours }: TestedService): string => neighbours.service;
const hasObjective = ({ objectives }: TestedService): boolean => objectives.length > 0;

const dependentsOf = ({ neighbours }: TestedService, byName: ByName): readonly TestedService[] =>
  neighbours.dependents
    .flatMap((name) => byName.get(name) ?? [])
    .filter(hasObjective)
    .sort((a, b) => Number(b.neighbours.isEdge) - Number(a.neighbours.isEdge))
    .slice(0, MOST_DEPENDENTS);

/** A service fails, and all that depend on it burn. */
function takesAlong(service: TestedService, byName: ByName): readonly RuleTest[] {
  const dependents = dependentsOf(service, byName);
  if (!hasObjective(service) && dependents.length === 0) return [];
  const alert = hasObjective(service) ? BURN_ALERTS.page : ROLE_ALERTS.cause;
  const name = `${named(service)} fails, and what depends on it burns: it is paged, and nobody else but who is reached from outside`;
  const series = [service, ...dependents].flatMap((each) => failing(each));
  return [test(name, series, [[alert, service], ...symptoms(dependents)])];
}

/** A service fails less than would page, and all that depend on it burn. */
function hurtsOthers(service: TestedService, byName: ByName): readonly RuleTest[] {
  const dependents = dependentsOf(service, byName);
  if (!hasObjective(service) || dependents.length === 0) return [];
  const name = `${named(service)} does not burn, and is paged because what depends on it does`;
  const series = [
    ...failing(service, [SLO_FAILING]),
    ...dependents.flatMap((each) => failing(each)),
  ];
  return [test(name, series, [[ROLE_ALERTS.cause, service], ...symptoms(dependents)])];
}

/** Something that it can do without burns, and so does the service: neither excuses the other. */
function softly(service: TestedService, byName: ByName): readonly RuleTest[] {
  if (!hasObjective(service)) return [];
  const isApart = ({ neighbours }: TestedService, other: TestedService): boolean =>
    !neighbours.dependencies.some((each) => each.service === named(other));
  return service.neighbours.soft
    .flatMap((each) => byName.get(each.service) ?? [])
    .filter((each) => hasObjective(each) && isApart(each, service) && isApart(service, each))
    .map((each) =>
      test(
        `${named(each)} is no excuse for ${named(service)}, which can do without it`,
        [...failing(each), ...failing(service)],
        [
          [BURN_ALERTS.page, each],
          [BURN_ALERTS.page, service],
        ],
      ),
    );
}

/** A caller in another application burns. */
function hurtsOutside(service: TestedService): readonly RuleTest[] {
  const { published } = service.neighbours;
  if (published.length === 0) return [];
  const name = `${named(service)} does not burn, and is paged because a caller in another application does`;
  const callers = published.flatMap((each) => outsideCaller(each, place(service)));
  const series = [...failing(service, [SLO_FAILING]), ...callers];
  return [test(name, series, [[ROLE_ALERTS.cause, service]])];
}

/** How a service is made to fail. */
function failing(service: TestedService, metrics?: readonly string[]): readonly InputSeries[] {
  const [objective] = service.objectives;
  return objective
    ? burning(named(service), objective.id, place(service), metrics)
    : gone(named(service), service.seen, place(service));
}

/** Who depends on what fails: those that are reached from outside page, and the others say that they are symptoms. */
const symptoms = (dependents: readonly TestedService[]): Expected =>
  dependents.map((each) => [ROLE_ALERTS.symptom, each]);

const test = (name: string, series: readonly InputSeries[], expected: Expected): RuleTest => ({
  name,
  interval: '1m',
  input_series: series,
  promql_expr_test: [firing(BEFORE, []), firing(AFTER, expected)],
});

/** All alerts of the graph that fire, by service. */
const firing = (at: string, expected: Expected): ExpressionTest => ({
  expr: `count by (alertname, environment, service, severity) (ALERTS{alertname=~"${PAGES.join('|')}",alertstate="firing"})`,
  eval_time: at,
  exp_samples: expected.map(([alert, service]) => ({
    labels: `{alertname="${alert}",environment="one",service="${named(service)}",severity="${severityOf(alert, service)}"}`,
    value: 1,
  })),
});

/** A symptom of what people outside reach is a page, and all others are tickets. */
const severityOf = (alert: string, { neighbours }: TestedService): AlertSeverity =>
  alert === ROLE_ALERTS.symptom && !neighbours.isEdge ? 'ticket' : 'page';
