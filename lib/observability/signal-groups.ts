import { linkAnnotations, type Links } from './links';
import type { WorkloadModel } from '../foundation';
import { budgetRecordings } from './budget-recordings';
import { BURN_ALERTS, burnAlert } from './burn-alerts';
import { SLOW_SECONDS } from './detection';
import type { Objective } from './objective';
import type { Labels } from './promql';
import { interval, type RuleGroup } from './rule';
import {
  INSTRUMENTATION_BROKEN,
  SIGNAL_MISSING,
  tryInstrumentationBroken,
  trySignalMissing,
} from './signal-alerts';
import { workloadAlerts } from './workload-alerts';
import { FAST_WINDOWS, inputs, ratios, SLOW_WINDOWS } from './sli-recordings';

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
  readonly links: Links;
}

/** All rules of one workload, group by group. What it says here is all that Prometheus evaluates for it. */
export const signalGroups = (facts: SignalFacts): readonly RuleGroup[] => [
  ...facts.objectives.flatMap((objective) => objectiveGroups(objective, facts)),
  ...facts.workloads.map((workload) => workloadAlerts(workload, facts)),
];

/**
 * The rules of one objective. In the first group is what wakes somebody, evaluated in one go so that an alert sees what was recorded just
 * before; the second is for what can wait.
 */
export function objectiveGroups(objective: Objective, facts: SignalFacts): readonly RuleGroup[] {
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
        burnAlert('page', objective, labels, links(BURN_ALERTS.page)),
      ],
    },
    {
      name: `${name}.slow`,
      interval: interval(SLOW_SECONDS),
      rules: [
        ...ratios(objective, SLOW_WINDOWS, labels),
        ...budgetRecordings(objective, labels),
        burnAlert('ticket', objective, labels, links(BURN_ALERTS.ticket)),
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
