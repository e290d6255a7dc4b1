import type { WorkloadKind, WorkloadModel } from '../../foundation';
import { containerAlerts } from './container-alerts';
import { deploymentAlerts } from './deployment-alerts';
import { migrationAlerts, scheduledJobAlerts } from './job-alerts';
import type { RuleGroup } from '../rule';
import { inApplication } from '../promql';
import { ticket, type AlertOwner, type Ticket } from './ticket';

/** Tickets need no haste, and each evaluation costs the server. */
export const TICKET_INTERVAL = '1m';

/** What may go wrong with each kind of workload. */
const ALERTS: Readonly<Record<WorkloadKind, (workload: WorkloadModel) => readonly Ticket[]>> = {
  'web-service': deploymentAlerts,
  worker: deploymentAlerts,
  'scheduled-job': scheduledJobAlerts,
  migration: migrationAlerts,
};

/** Whose alerts they are: whoever is asked about a migration answers for the workload that it is for. */
export const serviceOf = ({ name, migration }: WorkloadModel): string => migration?.of ?? name;

/**
 * The tickets of one workload: what somebody must mend, and nobody must be woken for. A page lists them as evidence. The same in every
 * environment: they are joined with the series that says which namespace is which.
 */
export function workloadAlerts(workload: WorkloadModel, by: AlertOwner): RuleGroup {
  const service = serviceOf(workload);
  const tickets = [...ALERTS[workload.kind](workload), ...containerAlerts(workload)];
  return {
    name: [by.application, workload.name, 'workload'].join('.'),
    interval: TICKET_INTERVAL,
    rules: tickets.map((facts) =>
      ticket(by, service, {}, { ...facts, expr: inApplication(by.application, facts.expr) }),
    ),
  };
}
