import { info } from './expressions';
import { grid } from './grid';
import type { Row } from './panel';
import { panelJson, SOURCE, type Json } from './panel-json';

/** A mark on all panels. */
export interface Annotation {
  readonly name: string;
  readonly expr: string;
  readonly color: string;
  readonly title: string;
  /** Whether its values are times in milliseconds. @default false - it lasts as long as there are values */
  readonly isTime?: true;
}

/** A link above the panels. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** A dashboard, before it is Grafana's. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly application: string;
  readonly annotations: readonly Annotation[];
  readonly links: readonly Link[];
  /** Whether all dashboards of the application are linked as a list. */
  readonly listsOthers: boolean;
  /** Whether there are links to logs and traces, for which somebody chooses the source. */
  readonly isExplored: boolean;
  readonly rows: readonly Row[];
}

/** Grafana 12 writes it; 10 and 11 read it. */
const SCHEMA_VERSION = 41;

const tagOf = (application: string): string => `application:${application}`;

/** The classic JSON of a dashboard. */
export function dashboardJson(dashboard: Dashboard): Json {
  const { uid, title, description, application } = dashboard;
  return {
    ...{ uid, title, description, tags: ['golden-path', tagOf(application)] },
    ...{ schemaVersion: SCHEMA_VERSION, editable: false, graphTooltip: 1 },
    ...{ time: { from: 'now-6h', to: 'now' }, refresh: '1m', timezone: 'browser' },
    annotations: { list: dashboard.annotations.map(annotationJson) },
    links: linksJson(dashboard),
    templating: { list: variables(dashboard) },
    panels: grid(dashboard.rows).map(panelJson),
  };
}

const annotationJson = ({ name, expr, color, title, isTime }: Annotation): Json => ({
  ...{ name, enable: true, hide: false, iconColor: color, datasource: SOURCE, expr },
  ...(isTime && { useValueForTime: true }),
  ...{ step: '60s', titleFormat: title },
});

function linksJson({ application, links, listsOthers }: Dashboard): readonly Json[] {
  const kept = { keepTime: true, includeVars: true, targetBlank: false };
  const list = {
    ...{ type: 'dashboards', title: 'Services', icon: 'external link', tooltip: '' },
    ...{ tags: [tagOf(application)], asDropdown: true, ...kept },
  };
  return [
    ...links.map(({ title, url }) => ({
      ...{ type: 'link', title, icon: 'external link', tooltip: '', url },
      ...{ tags: [], asDropdown: false },
      ...(url.startsWith('/d/')
        ? kept
        : { keepTime: false, includeVars: false, targetBlank: true }),
    })),
    ...(listsOthers ? [list] : []),
  ];
}

const sourceVariable = (name: string, label: string, query: string): Json => ({
  ...{ name, label, type: 'datasource', query, regex: '', refresh: 1, hide: 0 },
  ...{ multi: false, includeAll: false, current: {}, options: [] },
});

function queryVariable(name: string, label: string, query: string, isHidden: boolean): Json {
  return {
    ...{ name, label, type: 'query', datasource: SOURCE, definition: query },
    query: { qryType: 1, query, refId: 'StandardVariableQuery' },
    ...{ regex: '', refresh: 2, sort: 1, hide: isHidden ? 2 : 0 },
    ...{ multi: false, includeAll: false, current: {}, options: [] },
  };
}

/** What somebody chooses who looks: no value of an environment stands in the dashboard. */
function variables({ application, isExplored }: Dashboard): readonly Json[] {
  const environments = `label_values(${info(application, {})}, environment)`;
  return [
    sourceVariable('datasource', 'Metrics', 'prometheus'),
    queryVariable('environment', 'Environment', environments, false),
    ...(isExplored
      ? [
          queryVariable(
            'namespace',
            'Namespace',
            `label_values(${info(application)}, namespace)`,
            true,
          ),
          sourceVariable('logs', 'Logs', 'loki'),
          sourceVariable('traces', 'Traces', 'tempo'),
        ]
      : []),
  ];
}
