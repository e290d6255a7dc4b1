import { DASHBOARD_COLUMN } from './alarm-panels';
import { BURN_STEPS, BURN_UNIT, LEFT_STEPS } from './budget-row';
import { dependencies, hasCallers, type ServiceDashboardFacts } from './facts';
import { called, callers, stateOf, STATES, withDashboard, worstOf } from './graph-expressions';
import type { Column, Row, TablePanel } from './panel';

/** Whom it calls, and who calls it: a cause, and those who are hurt. */
export function neighbourRow(facts: ServiceDashboardFacts): Row {
  const { application, workload } = facts;
  const hasBoth = dependencies(facts).length > 0 && hasCallers(facts);
  const width = hasBoth ? 12 : 24;
  const outgoing: TablePanel = {
    ...neighbours(withDashboard(called(application, workload.name), facts), [
      { of: 'service', title: 'Calls' },
      { of: 'kind', title: 'Kind' },
    ]),
    title: 'Dependencies',
    description:
      'What it calls, and how that does. Hard ones it cannot work without. Burn and budget are those of its worst objective.',
    width,
  };
  const incoming: TablePanel = {
    ...neighbours(withDashboard(callers(application, workload.name), facts), [
      { of: 'service', title: 'Called by' },
      { of: 'application', title: 'Application' },
    ]),
    title: 'Callers',
    description: 'Who calls it: they are hurt when it fails, unless the edge is soft.',
    width,
  };
  return {
    title: 'Dependencies and callers',
    panels: [
      ...(dependencies(facts).length > 0 ? [outgoing] : []),
      ...(hasCallers(facts) ? [incoming] : []),
    ],
  };
}

const neighbours = (services: string, columns: readonly Column[]) => ({
  kind: 'table' as const,
  height: 8,
  queries: [
    { expr: stateOf(services) },
    { expr: worstOf(services, 'slo:current_burn_rate:ratio', 'max') },
    { expr: worstOf(services, 'slo:period_error_budget_remaining:ratio', 'min') },
  ],
  columns: [
    ...columns,
    { of: 'edge', title: 'Edge' },
    {
      of: 0,
      title: 'State',
      meanings: STATES.map(({ text, color }, value) => ({ value, text, color })),
    },
    { of: 1, title: 'Burns now', unit: BURN_UNIT, decimals: 1, steps: BURN_STEPS },
    { of: 2, title: 'Budget left', unit: 'percentunit', decimals: 1, steps: LEFT_STEPS },
    DASHBOARD_COLUMN,
  ],
  none: 'Nothing is known of the graph',
});
