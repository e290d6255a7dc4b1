import type { WorkloadModel } from '../../foundation';
import { budgetRecordings } from './budget-recordings';
import { BURN_ALERTS, burnAlert } from './burn-alerts';
import { burnStates, paging } from './burn-states';
import { serviceGroup, SLO_FAILING, SLO_PAGING, type Neighbours } from '../cause';
import { SLOW_SECONDS, type Timing } from './detection';
import { linkAnnotations, type Links } from '../links';
import type { Objective } from './objective';
import { inApplication, series, type Labels } from '../promql';
import { interval, type RuleGroup } from '../rule';
import {
  INSTRUMENTATION_BROKEN,
  SIGNAL_MISSING,
  tryInstrumentationBroken,
  trySignalMissing,
} from './signal-alerts';
import { down, FAST_WINDOWS, inputs, ratios, SLOW_WINDOWS } from './sli-recordings';
import { isLasting } from '../alert/pods-of';
import { workloadAlerts } from '../alert/workload-alerts';

/** What the rules of one workload are made of. */
export interface SignalFacts {
  readonly application: string;
  /** The team that answers for it. */
  readonly owner: string;
  /** The workload. */
  readonly service: string;
  readonly objectives: readonly Objective[];
  /** The workload, and what migrates for it. */
  readonly workloads: readonly WorkloadModel[];
  /** What stands around it in the graph. */
  readonly neighbours: Neighbours;
  readonly timing: Timing;
  readonly links: Links;
}

/** All rules of one workload, group by group. What it says here is all that Prometheus evaluates for it. */
export const signalGroups = (facts: SignalFacts): readonly RuleGroup[] => [
  ...facts.objectives.flatMap((objective) => objectiveGroups(objective, facts)),
  ...stateGroups(facts),
  ...facts.workloads.map((workload) => workloadAlerts(workload, facts)),
];

/** Whether a workload fails, and what follows for those around it. */
function stateGroups(facts: SignalFacts): readonly RuleGroup[] {
  // A job without an objective is nowhere that somebody waits for.
  if (facts.objectives.length === 0 && !facts.workloads.some(isLasting)) return [];
  const group = serviceGroup(
    {
      neighbours: facts.neighbours,
      kind: 'workload',
      failing: failing(facts),
      hasObjectives: facts.objectives.length > 0,
    },
    { ...facts, evaluationSeconds: facts.timing.evaluationSeconds },
  );
  return [group];
}

/** An objective fails, or no pod is there where some are wanted, which the objective of availability counts already. */
function failing({ application, service, objectives, workloads }: SignalFacts): string {
  const ofObjectives = series({ metric: SLO_FAILING, is: { application, service } });
  const isDown = `(${inApplication(application, down({ service }))} == 1) / 0`;
  const isCounted = objectives.some(({ countsDown }) => countsDown);
  const parts = [
    ...(objectives.length > 0 ? [ofObjectives] : []),
    ...(isCounted || !workloads.some(isLasting) ? [] : [isDown]),
  ];
  return `max by (namespace, environment, window) (${parts.join('\nor ')})`;
}

/**
 * The rules of one objective. In the first group is what wakes somebody, evaluated in one go so that an alert sees what was recorded just
 * before; the second is for what can wait.
 */
export function objectiveGroups(objective: Objective, facts: SignalFacts): readonly RuleGroup[] {
  const { neighbours } = facts;
  const labels = objectiveLabels(objective, facts);
  const links = (alert: string): Labels =>
    linkAnnotations(facts.links, { ...linkFacts(objective), alert });
  const name = [facts.application, objective.service, objective.slo].join('.');
  const missing = trySignalMissing(objective, labels, links(SIGNAL_MISSING));
  const broken = tryInstrumentationBroken(objective, labels, links(INSTRUMENTATION_BROKEN));
  return [
    {
      name,
      interval: interval(objective.timing.evaluationSeconds),
      rules: [
        ...inputs(objective, labels),
        ...ratios(objective, FAST_WINDOWS, labels),
        ...burnStates(objective, labels),
        { record: SLO_PAGING, expr: paging(objective, neighbours), labels },
        burnAlert('page', { objective, neighbours }, labels, links(BURN_ALERTS.page)),
      ],
    },
    {
      name: `${name}.slow`,
      interval: interval(SLOW_SECONDS),
      rules: [
        ...ratios(objective, SLOW_WINDOWS, labels),
        ...budgetRecordings(objective, labels),
        burnAlert('ticket', { objective, neighbours }, labels, links(BURN_ALERTS.ticket)),
        ...(missing ? [missing] : []),
        ...(broken ? [broken] : []),
      ],
    },
  ];
}

const linkFacts = ({ application, service }: Objective) => ({ application, service });

/** The labels of everything that belongs to one objective. */
export const objectiveLabels = (
  { application, service, slo, id }: Objective,
  { owner }: Pick<SignalFacts, 'owner'>,
): Labels => ({ application, service, team: owner, slo, slo_id: id });
