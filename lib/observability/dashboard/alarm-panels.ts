import type { Labels } from '../promql';
import { count, DASHBOARD_LINK, firing } from './expressions';
import type { Column, StatPanel, TablePanel } from './panel';

/** How many alerts of one severity fire. */
export const firingCount = (severity: 'page' | 'ticket', is: Labels): StatPanel => ({
  kind: 'stat',
  title: severity === 'page' ? 'Pages' : 'Tickets',
  description:
    severity === 'page'
      ? 'Alerts that wake somebody: a budget burns.'
      : 'Alerts for working hours. They are evidence of what a page is about.',
  width: 3,
  height: 4,
  queries: [{ expr: count(firing({ ...is, severity })), isInstant: true }],
  steps: [{ color: 'green' }, { color: severity === 'page' ? 'red' : 'orange', from: 1 }],
});

/** Which alerts fire. */
export const firingTable = (is: Labels, more: readonly Column[], width: number): TablePanel => {
  const labels = ['alertname', 'severity', 'slo', 'container', ...more.map(({ of }) => String(of))];
  return {
    kind: 'table',
    title: 'Firing alerts',
    description: 'The text of each says what to look at first.',
    width,
    height: 6,
    queries: [{ expr: `count by (${labels.join(', ')}) (${firing(is)})` }],
    columns: [
      ...more,
      { of: 'alertname', title: 'Alert' },
      { of: 'severity', title: 'Severity' },
      { of: 'slo', title: 'Objective' },
      { of: 'container', title: 'Container' },
    ],
    none: 'None fires',
  };
};

/** The column that leads to another dashboard. */
export const DASHBOARD_COLUMN: Column = {
  of: 'dashboard',
  title: 'Dashboard',
  link: DASHBOARD_LINK,
};
