import type { Construct } from 'constructs';
import {
  conforms,
  describe,
  isBag,
  ProblemLog,
  recommendedLabels,
  selectorLabels,
  versionLabel,
  soundFields,
  type ScaleModel,
  type Captured,
  type Fields,
  type WorkloadKind,
  type WorkloadModel,
} from '../foundation';
import { resolveRunbook, type ResolvedRunbook, type Runbook } from '../incident';
import type { Exposure } from '../network';
import {
  collectorPort,
  isNoSlo,
  objectiveModel,
  stockMetricsLimits,
  telemetryAnnotations,
  type Objective,
} from '../observability';
import {
  imageTag,
  spread,
  type MigrationFacts,
  type PodFacts,
  type ResolvedPort,
  type ScheduleFacts,
  type Workload,
} from '../workload';
import { defaultsOf, type ApplicationDefaults } from './defaults';
import { mainContainer } from './main-container';
import { probeModels } from './probe-models';
import {
  containerModel,
  resolveContainers,
  type MainContainer,
  type ResolvedContainers,
} from './resolve-containers';
import { checkPublication, publicationModel, type Publication } from './publication';
import { tryResolveExposure, type ResolvedExposure } from './resolve-exposure';
import { atItsScalePoint } from './resolve-size';
import { soundEntries, type LockedWorkload } from './sizing-lock';
import { resolveMetrics, type ResolvedMetrics } from './resolve-metrics';
import { resolveObjectives, type AnySlo } from './resolve-objectives';
import { scaleModel, triggerTargets } from './resolve-scale';
import { scheduleModel } from './schedule-model';
import type { Resolution } from './resolved-workload';
import { usedEndpoints } from './wiring';
import type { WorkerScale, WorkloadProps } from './workload-props';
import type { WorkloadTarget } from './workload-target';

/** Where a workload stands. */
export interface WorkloadPlace {
  readonly construct: Construct;
  readonly application: string;
  readonly source: Captured;
  /** What the sizing lock holds of it. */
  readonly locked: LockedWorkload;
}

/** What one kind of workload adds to what all have. */
export interface KindFacts {
  readonly port?: ResolvedPort;
  readonly health?: MainContainer['health'];
  readonly preStopSeconds?: number;
  readonly graceSeconds: number;
  readonly schedule?: ScheduleFacts;
  readonly migration?: MigrationFacts;
  readonly scale?: WorkerScale;
  readonly exposure?: Exposure;
  readonly publication?: Publication;
  readonly slo?: AnySlo;
  readonly runbook?: Runbook;
}

/** Checks the props of a workload, fills in every default and computes all that its manifests need. */
export function resolveWorkload<P extends WorkloadProps>(
  kind: WorkloadKind,
  place: WorkloadPlace,
  shape: Fields,
  given: P,
  facts: (props: P, log: ProblemLog) => KindFacts,
): Resolution {
  const log = new ProblemLog(place.construct.node.path, place.source);
  if (!isBag(given)) {
    log.error('PropMissing', `the props are ${describe(given)}`, `Give ${shape.give}`);
    return { problems: log.problems };
  }
  const isSound = conforms(shape, given, '', log);
  const props = isSound ? given : { ...STAND_IN, ...soundFields(shape, given) };
  if (!isSound && !isBuildable(shape, given, props)) return { problems: log.problems };
  const refused = Object.keys(given).filter((key) => !Object.hasOwn(props, key));
  const locked = soundEntries(place.locked, place.construct.node.id, refused);
  const resolved = build(kind, { ...place, locked }, props, facts(props, log), log);
  return { problems: log.problems, resolved };
}

/** An image decides about nothing else: a wrong one must not hide what else is wrong. */
const STAND_IN = { image: 'stand-in:0' };

type Bag = Readonly<Record<string, unknown>>;

/**
 * Whether enough is right to look at the rest: what is wrong is left out then, to find everything else that is. Without a required prop, or
 * one that decides about others, more would be found than there is.
 */
function isBuildable({ shapes }: Fields, given: Bag, sound: Bag): boolean {
  return Object.entries(shapes).every(([key, { optional }]) => {
    if (sound[key] !== undefined || (optional && given[key] === undefined)) return true;
    return optional && key !== 'health' && key !== 'presence';
  });
}

function build(
  kind: WorkloadKind,
  place: WorkloadPlace,
  props: WorkloadProps,
  own: KindFacts,
  log: ProblemLog,
): NonNullable<Resolution['resolved']> {
  const name = place.construct.node.id;
  const defaults = defaultsOf(place.construct);
  const limits = { ...stockMetricsLimits, ...defaults.metricsLimits };
  const metrics = resolveMetrics(props.metrics, own.port, limits, log);
  const main = mainContainer(own, metrics, { ...place, name, image: props.image, defaults });
  const containers = resolveContainers(main, props, { ...place, defaults }, log);
  const { labels, selector } = labelsOf(kind, place, defaults);
  const workload: Workload = {
    kind,
    application: place.application,
    ...{ name, labels, selector },
    pod: podFacts({ ...place, name, kind, labels, selector, defaults, own, containers }, props),
    ...(own.port && { port: own.port }),
    ...(own.schedule && { schedule: own.schedule }),
    ...(own.migration && { migration: own.migration }),
  };
  checkPublication(own.publication, place.application, name, own.port, log);
  const exposed = tryResolveExposure(name, own, log);
  const scale = resolveScale(kind, own, containers, place, log);
  const objectives = resolveObjectives({ workload, own, defaults, scale, metrics }, props, log);
  const runbook = own.runbook && resolveRunbook(own.runbook, log);
  const computed = { metrics, scale, objectives, runbook };
  return {
    workload,
    objectives,
    targets: targetsOf(props, own, containers, log),
    backends: exposed?.backends ?? [],
    model: model(place, props, { ...own, exposed }, workload, containers, computed),
    ...(metrics && { monitor: { name, labels, selector, ...metrics } }),
    ...runbook?.text,
  };
}

function labelsOf(
  component: WorkloadKind,
  { application, construct }: WorkloadPlace,
  defaults: ApplicationDefaults,
) {
  const facts = { application, name: construct.node.id, component };
  return { labels: recommendedLabels(facts), selector: selectorLabels(facts, defaults.selector) };
}

function resolveScale(
  kind: WorkloadKind,
  own: KindFacts,
  { main }: ResolvedContainers,
  { construct, locked }: WorkloadPlace,
  log: ProblemLog,
): ScaleModel | undefined {
  const declared = runsToEnd(kind) ? undefined : scaleModel(own.scale, main.env, log);
  return declared && atItsScalePoint(declared, construct.node.id, locked, log);
}

/** All that a workload leans on: by its variables and files, by `uses`, and by what it scales on. */
const targetsOf = (
  { uses = [] }: WorkloadProps,
  own: KindFacts,
  { wirings }: ResolvedContainers,
  log: ProblemLog,
): readonly WorkloadTarget[] => [
  ...wirings.flatMap(({ targets }) => targets),
  ...usedEndpoints(uses, log),
  ...triggerTargets(own.scale),
];

interface PodInputs {
  readonly application: string;
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly defaults: ApplicationDefaults;
  readonly own: KindFacts;
  readonly containers: ResolvedContainers;
}

function podFacts(inputs: PodInputs, props: WorkloadProps): PodFacts {
  const { kind, labels, selector, own, containers } = inputs;
  const isJob = runsToEnd(kind);
  const version = imageTag(props.image);
  return {
    serviceAccount: containers.main.name,
    labels: { ...inputs.defaults.podLabels, ...labels, ...versionLabel(version) },
    annotations: {
      ...(inputs.defaults.telemetry && telemetryAnnotations({ ...inputs, version })),
      ...props.annotations,
    },
    user: props.user ?? inputs.defaults.user,
    main: containers.main,
    before: containers.before,
    graceSeconds: own.graceSeconds,
    restartPolicy: isJob ? 'Never' : 'Always',
    ...(!isJob && { spread: spread(selector) }),
  };
}

const runsToEnd = (kind: WorkloadKind): boolean => kind === 'scheduled-job' || kind === 'migration';

/** What was computed from props and containers. */
interface Computed {
  readonly metrics: ResolvedMetrics | undefined;
  readonly scale: ScaleModel | undefined;
  readonly objectives: readonly Objective[];
  readonly runbook: ResolvedRunbook | undefined;
}

function model(
  place: WorkloadPlace,
  props: WorkloadProps,
  own: KindFacts & { readonly exposed: ResolvedExposure | undefined },
  workload: Workload,
  { main, before, wirings }: ResolvedContainers,
  { metrics, scale, objectives, runbook }: Computed,
): WorkloadModel {
  const { port, exposed, schedule, migration } = own;
  const { mesh, telemetry } = defaultsOf(place.construct);
  return {
    name: workload.name,
    kind: workload.kind,
    path: place.construct.node.path,
    selector: workload.selector,
    containers: [main, ...before].map(containerModel),
    ...(scale && { scale }),
    ...(schedule && { schedule: scheduleModel(schedule) }),
    ...(migration && {
      migration: { of: migration.of, deadlineSeconds: migration.activeDeadlineSeconds },
    }),
    ...(props.presence && {
      presence: { stages: [...props.presence.stages].sort(), reason: props.presence.reason },
    }),
    ...(port && {
      service: { port: port.servicePort, containerPort: port.number, protocol: port.name },
    }),
    ...(exposed && { exposure: exposed.model }),
    ...(metrics && { metrics: { port: metrics.port, path: metrics.path } }),
    ...(telemetry && { telemetry: { port: collectorPort(telemetry) } }),
    ...(own.publication && { publication: publicationModel(own.publication) }),
    ...(objectives.length > 0 && { objectives: objectives.map(objectiveModel) }),
    ...(own.slo && isNoSlo(own.slo) && { noObjectives: own.slo.none }),
    ...(runbook && { runbook: runbook.model }),
    ...(mesh && { probes: probeModels([main, ...before]) }),
    settings: wirings.flatMap(({ settings }) => settings),
    secrets: wirings.flatMap(({ secrets }) => secrets),
  };
}
