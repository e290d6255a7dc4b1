import type { AlertNow } from '../alerts';
import type { ActFacts } from './facts';

/** The alerts for which the action is allowed and that fire in Prometheus: an Alertmanager may hold another cluster's. */
export const firingOf = ({ allowed, incident }: ActFacts): readonly AlertNow[] => {
  if (!incident.areAlertsKnown) return [];
  const own = incident.alerts.filter(
    ({ alertname, service, application, isOnlyHeld }) =>
      !isOnlyHeld &&
      service === incident.service &&
      application === incident.application &&
      allowed?.when.includes(alertname),
  );
  return [...new Map(own.map((alert) => [alert.alertname, alert])).values()];
};

/** Whether Git has the last word, and who sees to it. */
export const gitOpsOf = ({ standing, cluster }: ActFacts): string | undefined =>
  cluster?.appliedBy ?? (standing.model.appliedBy === 'kubectl' ? undefined : 'Argo CD or Flux');
