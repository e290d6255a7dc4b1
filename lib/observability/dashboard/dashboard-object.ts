import type { GrafanaDashboardSpec } from '../../../imports/grafana.integreatly.org';
import type { Manifest, Metadata, Plain } from '../../foundation';
import { folderOf, type DashboardDelivery } from './delivery';
import type { Json } from './panel-json';
import { printJson } from './print';

/** What carries a dashboard to Grafana. */
export type Carried = Exclude<DashboardDelivery, { readonly kind: 'none' }>;

/** What the object of a dashboard is computed from. */
export interface DashboardObjectFacts {
  readonly name: string;
  readonly application: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly dashboard: Json;
  readonly by: Carried;
}

/** The API of the object that carries a dashboard. */
export const dashboardApi = ({ kind }: Carried): Pick<Manifest, 'apiVersion' | 'kind'> =>
  kind === 'config-maps'
    ? { apiVersion: 'v1', kind: 'ConfigMap' }
    : { apiVersion: 'grafana.integreatly.org/v1beta1', kind: 'GrafanaDashboard' };

/** The object that carries a dashboard. */
export function dashboardObject(facts: DashboardObjectFacts): Manifest {
  const { name, application, labels, dashboard, by } = facts;
  const text = `${printJson(dashboard)}\n`;
  const uid = String(dashboard.uid);
  if (by.kind === 'config-maps') {
    const folder = Object.entries(by.folder).map(
      ([key, value]) => [key, folderOf(value, application)] as const,
    );
    const annotations: Partial<Metadata> =
      folder.length > 0 ? { annotations: Object.fromEntries(folder) } : {};
    return {
      ...dashboardApi(by),
      metadata: { name, labels: { ...labels, ...by.label }, ...annotations },
      // The sidecar names files by their keys, those of all applications in one folder.
      data: { [`${uid}.json`]: text },
    };
  }
  const spec: Plain<GrafanaDashboardSpec> = {
    allowCrossNamespaceImport: true,
    folder: folderOf(by.folder, application),
    instanceSelector: { matchLabels: { ...by.instanceSelector } },
    json: text,
    uid,
  };
  return { ...dashboardApi(by), metadata: { name, labels }, spec };
}
