import { parseAllDocuments } from 'yaml';
import type { Manifest, Rendering } from '../../../lib';

/** A panel as Grafana has it, as far as the tests look. */
export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly instant: boolean;
  }[];
  readonly fieldConfig?: {
    readonly defaults: { readonly thresholds?: { readonly steps: readonly object[] } };
    readonly overrides: readonly object[];
  };
}

/** A dashboard as Grafana has it, as far as the tests look. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelJson[];
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly expr: string }[];
  };
  readonly links: readonly { readonly title: string; readonly url?: string }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly definition?: string }[];
  };
}

/** All objects of some files, each once. */
export function manifestsIn(files: ReadonlyMap<string, string>): readonly Manifest[] {
  const texts = [...files].filter(([name]) => name.endsWith('.k8s.yaml')).map(([, text]) => text);
  return [...new Set(texts)].flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as Manifest),
  );
}

/** The text of each dashboard by its uid. */
export function dashboardTexts({ files }: Pick<Rendering, 'files'>): ReadonlyMap<string, string> {
  const found = manifestsIn(files)
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.grafana_dashboard)
    .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>));
  return new Map(found.map(([key, text]) => [key.replace(/\.json$/, ''), text]));
}

/** All dashboards by their uid. */
export const dashboardsOf = (rendering: Rendering): ReadonlyMap<string, DashboardJson> =>
  new Map(
    [...dashboardTexts(rendering)].map(([uid, text]) => [uid, JSON.parse(text) as DashboardJson]),
  );

/** What somebody chooses, and Grafana fills in. */
export const filledIn = (expression: string): string =>
  expression
    .replaceAll('$environment', 'prod')
    .replaceAll('$__rate_interval', '2m')
    .replaceAll('$__range', '6h');

/** Every expression of a dashboard, with variables filled in. */
export const expressionsOf = ({ panels, annotations }: DashboardJson): readonly string[] =>
  [
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...annotations.list.map(({ expr }) => expr),
  ].map(filledIn);

/** The panels of one title. */
export const panelsOf = (dashboard: DashboardJson | undefined): readonly string[] =>
  (dashboard?.panels ?? []).map(({ type, title }) => (type === 'row' ? `# ${title}` : title));
