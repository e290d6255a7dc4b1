import { isBag, type ProblemLog, type ScaleModel } from '../foundation';
import {
  groupStaleness,
  isNoSlo,
  objectiveId,
  queueStaleness,
  scheduleStaleness,
  tryLateSeconds,
  trySeconds,
  type NoSlo,
  type Objective,
  type RequestSlo,
  type ScheduleSlo,
  type SignalSource,
  type Staleness,
  type WorkSlo,
} from '../observability';
import { isMeasured, type Size } from '../sizing';
import { type ScheduleFacts, type Workload } from '../workload';
import type { ApplicationDefaults } from './defaults';
import { requestObjectives, type RequestWorkload } from './request-objectives';
import type { ResolvedMetrics } from './resolve-metrics';

/** What any workload may promise. */
export type AnySlo = RequestSlo | WorkSlo | ScheduleSlo | NoSlo;

/** What objectives follow from. */
export interface ObjectiveInputs {
  readonly workload: Workload;
  readonly own: { readonly slo?: AnySlo; readonly exposure?: unknown };
  readonly defaults: ApplicationDefaults;
  readonly scale: ScaleModel | undefined;
  readonly metrics: ResolvedMetrics | undefined;
}

/** What a scheduled job promises that says nothing. */
const STOCK_SCHEDULE_SLO: ScheduleSlo = { freshness: { objective: 99 } };

/** The objectives of a workload: declared, its platform's, or those that follow from a schedule. */
export function resolveObjectives(
  inputs: ObjectiveInputs,
  { size }: { readonly size?: Size },
  log: ProblemLog,
): readonly Objective[] {
  const { own, defaults, workload } = inputs;
  const { slo } = own;
  const { signals } = defaults;
  if (slo && isNoSlo(slo)) return [];
  if (!signals) {
    if (slo) checkSource(log);
    return [];
  }
  switch (workload.kind) {
    case 'web-service': {
      const tier = isMeasured(size) ? size.measured.tier : 'standard';
      const from = slo ? 'declaration' : 'platform';
      const given = (slo ?? defaults.slo?.[tier]) as RequestSlo | undefined;
      return given ? requestObjectives(requestWorkload(inputs), given, from, signals, log) : [];
    }
    case 'worker':
      return slo ? workObjectives(inputs, slo as WorkSlo, signals, log) : [];
    case 'scheduled-job':
      return scheduleObjectives(inputs, slo as ScheduleSlo | undefined, signals);
    case 'migration':
      return [];
  }
}

function checkSource(log: ProblemLog): void {
  const found = 'it has an objective, and the platform has no source of signals';
  const fix = 'Give the platform defaults: { signals: Signals.openTelemetry() } or another source';
  log.error('ObjectiveUnmeasurable', found, fix);
}

const requestWorkload = ({ workload, own, metrics }: ObjectiveInputs): RequestWorkload => {
  const { application, name, port } = workload;
  return {
    application,
    name,
    protocol: port?.name ?? 'tcp',
    isScraped: metrics !== undefined,
    isExposed: isBag(own.exposure),
  };
};

/** The age of the oldest message of what the worker scales on. */
function workObjectives(
  { workload, scale }: ObjectiveInputs,
  { freshness }: WorkSlo,
  signals: SignalSource,
  log: ProblemLog,
): readonly Objective[] {
  const on = scale?.on;
  if (!on) {
    const found = 'it has an objective of freshness, and nothing says which messages wait for it';
    const fix =
      "Give scale.on, as in broker.queue('mails').length(50) or events.lag({ group: 'mailer', perReplica: 1000 })";
    log.error('ObjectiveUnmeasurable', found, fix);
    return [];
  }
  const within = trySeconds(freshness.within) ?? 0;
  const isQueue = on.kind === 'queue-length';
  const staleness = isQueue ? queueStaleness(on.queue, within) : groupStaleness(on.group, within);
  const source = isQueue ? 'rabbitmq' : 'kafka-exporter';
  const from = 'declaration' as const;
  return [fresh({ workload, staleness, signals }, { ...freshness, within, source, from })];
}

/** A job is late when it has not succeeded within its longest pause, the time that it may start late, and the time that it may take. */
function scheduleObjectives(
  { workload }: ObjectiveInputs,
  given: ScheduleSlo | undefined,
  signals: SignalSource,
): readonly Objective[] {
  const schedule = workload.schedule as ScheduleFacts;
  const { freshness } = given ?? STOCK_SCHEDULE_SLO;
  const within = tryLateSeconds({ ...schedule, deadlineSeconds: schedule.activeDeadlineSeconds });
  if (within === undefined) return [];
  const staleness = scheduleStaleness(workload.name, within);
  const facts = { ...freshness, within, source: 'kube-state-metrics', from: 'schedule' } as const;
  return [fresh({ workload, staleness, signals }, facts)];
}

interface FreshFacts {
  readonly objective: number;
  readonly within: number;
  readonly source: string;
  readonly from: Objective['from'];
}

const fresh = (
  {
    workload,
    staleness,
    signals,
  }: {
    readonly workload: Workload;
    readonly staleness: Staleness;
    readonly signals: SignalSource;
  },
  { objective, within, source, from }: FreshFacts,
): Objective => ({
  application: workload.application,
  service: workload.name,
  slo: 'freshness',
  id: objectiveId(workload.application, workload.name, 'freshness'),
  objective,
  source,
  from,
  withinSeconds: within,
  indicator: { kind: 'freshness', staleness },
  timing: signals.timing,
  minimumBadEvents: signals.minimumBadEvents,
  isDeployed: workload.kind === 'worker',
  countsDown: false,
});
