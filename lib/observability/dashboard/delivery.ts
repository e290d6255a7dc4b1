import {
  custom,
  fields,
  isBag,
  isLabelKey,
  isLabelValue,
  isText,
  type Shape,
} from '../../foundation';

/** By which ConfigMaps Grafana's sidecar finds dashboards. */
export interface ConfigMapsOptions {
  /** What it looks for: its `label` and `labelValue`. @default { grafana_dashboard: '1' } - what kube-prometheus-stack has */
  readonly label?: Readonly<Record<string, string>>;
  /**
   * The annotation by which it chooses a folder: its `folderAnnotation`. `{application}` stands for the id of the application.
   * @default { grafana_folder: '{application}' }
   */
  readonly folder?: Readonly<Record<string, string>>;
}

/** Which instances of the Grafana operator have the dashboards. */
export interface GrafanaOperatorOptions {
  /** Labels of the Grafana. It may be in any namespace. Grafana's operator never lets it change. */
  readonly instanceSelector: Readonly<Record<string, string>>;
  /** `{application}` stands for the id of the application. @default '{application}' */
  readonly folder?: string;
}

/** How dashboards come to Grafana. */
export type DashboardDelivery =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'config-maps';
      readonly label: Readonly<Record<string, string>>;
      readonly folder: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'grafana-operator';
      readonly instanceSelector: Readonly<Record<string, string>>;
      readonly folder: string;
    };

/** The ways in which dashboards come to Grafana. */
export interface DashboardDeliveries {
  /** ConfigMaps, which a sidecar of Grafana collects: its `searchNamespace` must be `ALL`. */
  readonly configMaps: (options?: ConfigMapsOptions) => DashboardDelivery;
  /** Custom resources of the Grafana operator. */
  readonly grafanaOperator: (options: GrafanaOperatorOptions) => DashboardDelivery;
  /** There are none. */
  readonly none: DashboardDelivery;
}

const FOLDER = '{application}';

/** The ways in which dashboards come to Grafana, from which a platform chooses. */
export const Dashboards: DashboardDeliveries = Object.freeze({
  configMaps: (options: ConfigMapsOptions = {}): DashboardDelivery => {
    const label = options.label ?? { grafana_dashboard: '1' };
    const folder = options.folder ?? { grafana_folder: FOLDER };
    return Object.freeze({ ...options, kind: 'config-maps', label, folder });
  },
  grafanaOperator: (given: GrafanaOperatorOptions): DashboardDelivery => {
    // Without types there may be none; then the check of the platform says what is missing.
    const options: Partial<GrafanaOperatorOptions> = isBag(given) ? given : {};
    const folder = options.folder ?? FOLDER;
    return Object.freeze({ ...options, kind: 'grafana-operator', folder }) as DashboardDelivery;
  },
  none: Object.freeze({ kind: 'none' }),
});

/** The folder of an application. */
export const folderOf = (template: string, application: string): string =>
  template.replaceAll(FOLDER, application);

const labels = (give: string): Shape =>
  custom(
    (value) =>
      isBag(value) &&
      Object.keys(value).length > 0 &&
      Object.entries(value).every(([key, each]) => isLabelKey(key) && isLabelValue(each)),
    give,
    'LabelInvalid',
  );
const sidecar = labels("labels such as { grafana_dashboard: '1' }");
const instances = labels("the labels of the Grafana, such as { dashboards: 'grafana' }");
const annotations: Shape = custom(
  (value) =>
    isBag(value) && Object.entries(value).every(([key, each]) => isLabelKey(key) && isText(each)),
  "annotations such as { grafana_folder: '{application}' }",
  'LabelInvalid',
);
const kind = custom(() => true, '');
const folder = custom(
  (value) => isText(value) && value !== '',
  "the name of a folder such as '{application}'",
);

const CHOICE = 'Dashboards.configMaps(), Dashboards.grafanaOperator({ instanceSelector }) or false';
const SHAPES: Readonly<Record<DashboardDelivery['kind'], Shape>> = {
  none: fields({ kind }, CHOICE),
  'config-maps': fields({ kind, label: sidecar, folder: annotations }, CHOICE),
  'grafana-operator': fields({ kind, instanceSelector: instances, folder }, CHOICE),
};

/** What the platform's choice must be. */
export const dashboardsShape: Shape = {
  give: CHOICE,
  check: (value, path, log) => {
    if (value === false) return;
    const chosen = isBag(value) ? String(value.kind) : '';
    const shape = Object.hasOwn(SHAPES, chosen)
      ? SHAPES[chosen as DashboardDelivery['kind']]
      : custom(() => false, CHOICE);
    shape.check(value, path, log);
  },
};
