import type { IConstruct } from 'constructs';
import {
  conforms,
  custom,
  either,
  fields,
  isBag,
  isLabelKey,
  isLabelValue,
  isList,
  list,
  meshKinds,
  optional,
  soundFields,
  type MeshKind,
  type ProblemLog,
  type SelectorLabel,
  table,
  type Shape,
} from '../foundation';
import { runbooksShape, type Runbooks } from '../incident';
import {
  dashboardsShape,
  linksShape,
  platformSloShape,
  signalSourceShape,
  type DashboardDelivery,
  type Links,
  type RequestSlo,
  type SignalSource,
} from '../observability';
import {
  cpuQuantity,
  memoryQuantity,
  sizeNames,
  stockCpuLimit,
  stockLadder,
  tiers,
  type CpuLimit,
  type Ladder,
  type Tier,
} from '../sizing';
import {
  metricsLimitsShape,
  stockMetricsLimits,
  telemetryShape,
  type MetricsLimits,
  type OpenTelemetry,
} from '../observability';
import { stockUser, userShape, type User } from '../workload';

/** What a platform decides for every application. It holds no environment. */
export interface ApplicationDefaults {
  /** @default stockLadder */
  readonly ladder: Ladder;
  /** @default the larger of one core and 4 x the request */
  readonly cpuLimit: CpuLimit;
  /** @default 10001 */
  readonly user: User;
  /**
   * The labels by which pods are selected. Kubernetes never lets a selector change: choose before the first release.
   * @default name and part-of - a chart of somebody else may use the same name, hardly the same application too
   */
  readonly selector: readonly SelectorLabel[];
  /**
   * Labels of every pod, where a webhook of some environment looks for its own: `{ 'azure.workload.identity/use': 'true' }`. The bytes are
   * the same everywhere, so it is the platform that decides them.
   * @default none
   */
  readonly podLabels: Readonly<Record<string, string>>;
  /**
   * The service mesh whose authorization is written, from the edges, into the facet `mesh`. It is one for all environments, because the
   * facet has the same bytes in each.
   * @default none - nothing is written
   */
  readonly mesh?: MeshKind;
  /** How much one scrape of a workload may bring; what is not said is as in `stockMetricsLimits`. @default stockMetricsLimits */
  readonly metricsLimits: Partial<MetricsLimits>;
  /** Where workloads send their telemetry: `openTelemetry()`. @default none - no variables are given */
  readonly telemetry?: OpenTelemetry;
  /**
   * Where the requests of web services are counted: `Signals.openTelemetry()`. With it come the rules of declared objectives, and those
   * of scheduled jobs, which follow from their schedules.
   * @default none - no rules are written, and an objective is a problem
   */
  readonly signals?: SignalSource;
  /**
   * What web services promise that say nothing, by their tier: `{ critical: { availability: 99.9 } }`. The tier is that of the measured size;
   * others are `standard`. Services that the source does not see are passed over.
   * @default none - an objective that nobody agreed to wakes people for what nobody misses
   */
  readonly slo?: Readonly<Partial<Record<Tier, RequestSlo>>>;
  /** Where alerts lead to. @default they lead nowhere */
  readonly links?: Links;
  /**
   * How the dashboards come to Grafana, which are made where there are `signals`: `Dashboards.grafanaOperator({ instanceSelector })`, or
   * `false` for none.
   * @default Dashboards.configMaps() - for the sidecar of kube-prometheus-stack
   */
  readonly dashboards?: DashboardDelivery | false;
  /** What all runbooks say, which are made where there are `signals`. @default { appliedBy: 'gitops' } */
  readonly runbooks?: Runbooks;
}

export const stockDefaults: ApplicationDefaults = Object.freeze({
  ladder: stockLadder,
  cpuLimit: stockCpuLimit,
  user: stockUser,
  selector: Object.freeze(['app.kubernetes.io/name', 'app.kubernetes.io/part-of'] as const),
  podLabels: Object.freeze({}),
  metricsLimits: stockMetricsLimits,
});

const CONTEXT = 'cdk8s-golden-path/defaults';

/** Makes a platform's decisions known to the applications below it. Must come before the first child. */
export function provideDefaults(root: IConstruct, given: Partial<ApplicationDefaults>): void {
  const entries = Object.entries<unknown>(given).filter(([, value]) => value !== undefined);
  const defaults = { ...stockDefaults, ...Object.fromEntries(entries) };
  root.node.setContext(CONTEXT, Object.freeze(defaults));
}

/** The decisions that hold for a construct: its platform's, or the stock ones when the application stands alone. */
export function defaultsOf(construct: IConstruct): ApplicationDefaults {
  const given = construct.node.tryGetContext(CONTEXT) as ApplicationDefaults | undefined;
  return given ?? stockDefaults;
}

/** Whether the construct stands under a platform, which then does all the checking. */
export const hasPlatform = (construct: IConstruct): boolean =>
  construct.node.tryGetContext(CONTEXT) !== undefined;

const selectorLabels: readonly string[] = [
  'app',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/part-of',
];
const rung = fields(
  {
    cpu: cpuQuantity('CPU as a quantity such as 250m'),
    memory: memoryQuantity('memory as a quantity such as 512Mi'),
  },
  "{ cpu: '250m', memory: '512Mi' }",
);
const cpuRule = fields(
  {
    atLeast: cpuQuantity("CPU as a quantity such as '1'"),
    times: custom(
      (value) => typeof value === 'number' && value >= 1 && value <= 1000,
      'a factor from 1',
    ),
  },
  "{ atLeast: '1', times: 4 } or 'none'",
);

const cpuLimitShape: Shape = either(
  (value) => (value === 'none' ? custom(() => true, '') : cpuRule),
  cpuRule.give,
);
const selectorShape: Shape = {
  give: `labels among ${selectorLabels.join(', ')}`,
  check: (value, path, log) => {
    const known = custom(
      (label) => (selectorLabels as readonly unknown[]).includes(label),
      selectorShape.give,
    );
    list(known, selectorShape.give).check(value, path, log);
    const distinguishes =
      isList(value) && value.some((label) => label !== 'app.kubernetes.io/part-of');
    if (!distinguishes) {
      log.error('PropInvalid', `${path} tells no workloads apart`, 'Add app.kubernetes.io/name');
    }
  },
};

/** Those that the library gives: a second value would take pods away from what selects them. */
const isOwnLabel = (key: string): boolean =>
  key === 'app' || /^(app\.kubernetes\.io|golden-path)\//.test(key);
const podLabelsShape: Shape = {
  give: "labels such as { 'azure.workload.identity/use': 'true' }",
  check: (value, path, log) => {
    table(custom(isLabelValue, 'the value of a label', 'LabelInvalid'), podLabelsShape.give).check(
      value,
      path,
      log,
    );
    for (const key of isBag(value) ? Object.keys(value) : []) {
      if (isLabelKey(key) && !isOwnLabel(key)) continue;
      const fix = "Give 'name' or 'example.com/name', and none that the library gives";
      log.error('LabelInvalid', `${path} has the key '${key}'`, fix);
    }
  },
};

const defaultsShape = fields(
  {
    ladder: optional(
      fields(Object.fromEntries(sizeNames.map((name) => [name, rung])), 'all five sizes'),
    ),
    cpuLimit: optional(cpuLimitShape),
    user: optional(userShape),
    selector: optional(selectorShape),
    podLabels: optional(podLabelsShape),
    mesh: optional(
      custom((value) => meshKinds.some((kind) => kind === value), meshKinds.join(' or ')),
    ),
    metricsLimits: optional(metricsLimitsShape),
    telemetry: optional(telemetryShape),
    signals: optional(signalSourceShape),
    slo: optional(
      fields(
        Object.fromEntries(tiers.map((tier) => [tier, optional(platformSloShape)])),
        '{ critical: { availability: 99.9 } }',
      ),
    ),
    links: optional(linksShape),
    dashboards: optional(dashboardsShape),
    runbooks: optional(runbooksShape),
  },
  'the defaults of the platform',
);

/** Reports what is wrong with a platform's defaults. */
export function checkDefaults(given: unknown, log: ProblemLog): void {
  if (given !== undefined && isBag(given)) conforms(defaultsShape, given, 'defaults', log);
  else if (given !== undefined) log.error('PropInvalid', 'defaults is no object', 'Give an object');
}

/** Those of a platform's defaults that are sound: a mistake in one must not look like many that others lack. */
export const soundDefaults = (given: unknown): Partial<ApplicationDefaults> =>
  isBag(given) ? soundFields(defaultsShape, given) : {};
