import type { Links } from '../links';
import { interval, type RuleGroup } from '../rule';
import { roleAlerts } from './role-alerts';
import { serviceState, type ServiceState } from './service-state';

/** Whose rules they are. */
export interface StateOwner {
  /** The team. */
  readonly owner: string;
  readonly links: Links;
  readonly evaluationSeconds: number;
}

/** What is recorded of the place of one service in the graph, and who is told. */
export function serviceGroup(
  state: ServiceState,
  { owner, links, evaluationSeconds }: StateOwner,
): RuleGroup {
  const { application, service } = state.neighbours;
  const labels = { application, service, team: owner };
  return {
    name: `${application}.${service}`,
    interval: interval(evaluationSeconds),
    rules: [...serviceState(state, labels), ...roleAlerts(state, labels, links)],
  };
}
