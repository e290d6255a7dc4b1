import { DASHBOARD_COLUMN, firingCount, firingTable } from './alarm-panels';
import { BURN_STEPS, BURN_UNIT, exhaustion, LEFT_STEPS } from './budget-row';
import { dashboardJson } from './dashboard-json';
import { recorded } from './expressions';
import type { ApplicationDashboardFacts } from './facts';
import { withDashboard } from './graph-expressions';
import { graphPanel } from './graph-panel';
import type { StatPanel, TablePanel } from './panel';
import type { Json } from './panel-json';
import { dashboardUid } from './uid';

/** The dashboard of a whole application: what fires, where it comes from, and how each objective does. */
export function applicationDashboard(facts: ApplicationDashboardFacts): Json {
  const { application, owner, objectives } = facts;
  const service = { of: 'service', title: 'Service' };
  const fires = firingTable({ application }, [service], 18);
  return dashboardJson({
    uid: dashboardUid(application),
    title: application,
    description: `The application ${application}, for which ${owner} answers.`,
    application,
    annotations: [],
    links: [],
    listsOthers: true,
    isExplored: false,
    rows: [
      {
        title: 'Alerts',
        panels: [
          ...(['page', 'ticket'] as const).map((severity): StatPanel => ({
            ...firingCount(severity, { application }),
            height: 6,
          })),
          fires,
        ],
      },
      { title: 'Graph', panels: [graphPanel(facts)] },
      { title: 'Objectives', panels: objectives.length > 0 ? [table(facts)] : [] },
    ],
  });
}

/** All objectives, the one with the least budget first. */
function table(facts: ApplicationDashboardFacts): TablePanel {
  const { application, objectives } = facts;
  const of = (metric: string): string =>
    `max by (application, service, slo) (${recorded(metric, { application })})`;
  const left = of('slo:period_error_budget_remaining:ratio');
  const burn = of('slo:current_burn_rate:ratio');
  const query = (expression: string) => ({ expr: withDashboard(`(${expression})`, facts) });
  return {
    kind: 'table',
    title: 'Objectives',
    description:
      'Of 30 days. Burns now: how many times as fast as allowed. Gone in: when nothing is left at this rate.',
    width: 24,
    height: Math.min(16, objectives.length + 3),
    queries: [
      query(of('slo:objective:ratio')),
      query(left),
      query(burn),
      query(exhaustion(left, burn)),
    ],
    columns: [
      { of: 'service', title: 'Service' },
      { of: 'slo', title: 'Objective' },
      { of: 0, title: 'Promised', unit: 'percentunit', decimals: 3 },
      { of: 1, title: 'Budget left', unit: 'percentunit', decimals: 1, steps: LEFT_STEPS },
      { of: 2, title: 'Burns now', unit: BURN_UNIT, decimals: 1, steps: BURN_STEPS },
      { of: 3, title: 'Gone in', unit: 's' },
      DASHBOARD_COLUMN,
    ],
    none: 'Nothing is measured yet',
  };
}
