import { factor, PERIOD_DAYS, WINDOW_PAIRS } from '../objective/burn';
import { series } from '../promql';
import { DASHBOARD_COLUMN, firingCount, firingTable } from './alarm-panels';
import { HERE, recorded } from './expressions';
import { dependencies, ownObjectives, type ServiceDashboardFacts } from './facts';
import { needed, thatAre, withDashboard } from './graph-expressions';
import { SERVICE_SUSPECT } from '../cause';
import type { Row, StatPanel, Step, TablePanel } from './panel';

/** How much of a budget is left. */
export const LEFT_STEPS: readonly Step[] = [
  { color: 'red' },
  { color: 'yellow', from: 0 },
  { color: 'green', from: 0.25 },
];

/** How fast a budget burns: as fast as allowed, as fast as opens a ticket, as fast as pages. */
export const BURN_STEPS: readonly Step[] = [
  { color: 'green' },
  { color: 'yellow', from: 1 },
  ...(['ticket', 'page'] as const).map((severity): Step => {
    const all = WINDOW_PAIRS.filter((pair) => pair.severity === severity).map(factor);
    return { color: severity === 'page' ? 'red' : 'orange', from: Math.max(...all) };
  }),
];

export const BURN_UNIT = 'suffix: x';

/** Until nothing is left, in seconds; nothing where it burns no faster than it comes back. */
export const exhaustion = (left: string, burn: string): string =>
  `${PERIOD_DAYS * 86_400} * (${left} > 0) / (${burn} > 1)`;

/** Whether anybody is hurt, how fast, and where to look: what is asked first. */
export function budgetRow(facts: ServiceDashboardFacts): Row {
  const { application, workload } = facts;
  const is = { application, service: workload.name };
  const hasSuspects = dependencies(facts).some(({ soft }) => !soft);
  return {
    title: 'Budget, alerts and suspects',
    panels: [
      ...(ownObjectives(facts).length > 0 ? budgets(facts) : []),
      firingCount('page', is),
      firingCount('ticket', is),
      firingTable(is, [], hasSuspects ? 12 : 24),
      ...(hasSuspects ? [suspects(facts)] : []),
    ],
  };
}

function budgets({ application, workload }: ServiceDashboardFacts): readonly StatPanel[] {
  const of = (metric: string): string => recorded(metric, { application, service: workload.name });
  const left = `min by (slo) (${of('slo:period_error_budget_remaining:ratio')})`;
  const burn = `max by (slo) (${of('slo:current_burn_rate:ratio')})`;
  const place = { kind: 'stat', width: 6, height: 4 } as const;
  return [
    {
      ...place,
      title: 'Budget left',
      description: `The share of the error budget of ${PERIOD_DAYS} days that is left. Below zero the objective is broken.`,
      queries: [{ expr: left, legend: '{{slo}}' }],
      ...{ unit: 'percentunit', decimals: 1, steps: LEFT_STEPS, hasTrend: true },
    },
    {
      ...place,
      title: 'Burns now',
      description: `How many times as fast as allowed the budget burns, by the last five minutes. At 1 it lasts for ${PERIOD_DAYS} days.`,
      queries: [{ expr: burn, legend: '{{slo}}' }],
      ...{ unit: BURN_UNIT, decimals: 1, steps: BURN_STEPS, hasTrend: true },
    },
    {
      ...place,
      title: 'Gone in',
      description:
        'When nothing of the budget is left at this rate. Empty where it burns no faster than allowed, or nothing is left already.',
      queries: [{ expr: exhaustion(left, burn), legend: '{{slo}}', isInstant: true }],
      unit: 's',
      steps: [
        { color: 'red' },
        { color: 'orange', from: 86_400 },
        { color: 'text', from: 604_800 },
      ],
      none: '-',
    },
  ];
}

function suspects(facts: ServiceDashboardFacts): TablePanel {
  const { application, workload } = facts;
  const own = series({
    metric: SERVICE_SUSPECT,
    is: { application, service: workload.name, ...HERE },
  });
  const itself = `label_replace(label_replace(group by (application, service) (${own}), "kind", "itself", "", ""), "hops", "0", "", "")`;
  const others = thatAre(needed(application, workload.name), SERVICE_SUSPECT);
  return {
    kind: 'table',
    title: 'Suspects',
    description:
      'What it cannot work without, and which hurts others while nothing fails that it depends on itself: where to look first.',
    width: 12,
    height: 6,
    queries: [{ expr: withDashboard(`(${others} or ${itself})`, facts) }],
    columns: [
      { of: 'service', title: 'Service' },
      { of: 'kind', title: 'Kind' },
      { of: 'hops', title: 'Hops away' },
      DASHBOARD_COLUMN,
    ],
    none: 'None is suspected',
  };
}
