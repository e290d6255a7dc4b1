import { linkAnnotations, type Links } from '../links';
import type { Labels } from '../promql';
import type { AlertingRule } from '../rule';
import { hurtsOthers, ofSelf } from './expressions';
import { SERVICE_BURNING, SERVICE_SUSPECT, SERVICE_SYMPTOM } from './series';
import type { ServiceState } from './service-state';
import { context, suspects } from './words';

/** The names of the alerts by which causes and symptoms are told apart. */
export const ROLE_ALERTS = {
  cause: 'SLODependentsBurnPage',
  symptom: 'SLOErrorBudgetBurnSymptom',
} as const;

/** The alerts of a service that come from its place in the graph. */
export function roleAlerts(
  state: ServiceState,
  labels: Labels,
  links: Links,
): readonly AlertingRule[] {
  const { neighbours, hasObjectives } = state;
  const { application, service, dependencies } = neighbours;
  const hasDashboard = state.kind === 'workload';
  const link = (alert: string): Labels =>
    linkAnnotations(links, { application, service, alert, hasDashboard });
  const isSymptom = hasObjectives && dependencies.length > 0;
  return [
    ...(hurtsOthers(neighbours).length === 0
      ? []
      : [cause(state, labels, link(ROLE_ALERTS.cause))]),
    ...(isSymptom ? [symptom(state, labels, link(ROLE_ALERTS.symptom))] : []),
  ];
}

/**
 * Whoever is the cause is told, though its own budget does not burn yet, or it has none: the budget of who depends on it does. When its own
 * burns, that pages in its place.
 */
function cause({ neighbours, hasObjectives }: ServiceState, labels: Labels, links: Labels) {
  const { service } = neighbours;
  const suspect = ofSelf(SERVICE_SUSPECT, neighbours);
  return {
    alert: ROLE_ALERTS.cause,
    expr: hasObjectives
      ? `${suspect}\nunless on (environment) ${ofSelf(SERVICE_BURNING, neighbours)}`
      : suspect,
    labels: { ...labels, severity: 'page' },
    annotations: {
      summary: `${service} in {{ $labels.environment }} fails, and the error budgets of those that depend on it burn`,
      description: `${service} is where to look first: nothing below it explains what fails.${context(neighbours)}`,
      ...links,
    },
  };
}

/** It burns, and what it depends on fails: somebody else is paged for it. What people outside reach pages all the same: they are hurt. */
function symptom({ neighbours }: ServiceState, labels: Labels, links: Labels) {
  const { service, isEdge } = neighbours;
  return {
    alert: ROLE_ALERTS.symptom,
    expr: ofSelf(SERVICE_SYMPTOM, neighbours),
    labels: { ...labels, severity: isEdge ? 'page' : 'ticket' },
    annotations: {
      summary: `${service} in {{ $labels.environment }} burns its error budget because of ${suspects(neighbours)}`,
      description: `Whoever answers for the cause is paged too; help them, and tell those who are hurt.${context(neighbours)}`,
      ...links,
    },
  };
}
