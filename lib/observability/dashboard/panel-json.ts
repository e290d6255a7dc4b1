import type { Placed } from './grid';
import { frameName, type Column, type Panel, type Step, type Values } from './panel';

/** Which Prometheus is asked: whoever looks chooses. */
export const SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** A part of a dashboard as Grafana reads it. */
export type Json = Readonly<Record<string, unknown>>;

const stepsJson = (steps: readonly Step[]): readonly Json[] =>
  steps.map(({ color, from }) => ({ color, value: from ?? null }));

/** What Grafana calls standard options. */
const valuesJson = ({ unit, decimals, steps, meanings }: Values): Json => ({
  ...(unit !== undefined && { unit }),
  ...(decimals !== undefined && { decimals }),
  ...(steps && { color: { mode: 'thresholds' } }),
  ...(steps && { thresholds: { mode: 'absolute', steps: stepsJson(steps) } }),
  ...(meanings && {
    mappings: [
      {
        type: 'value',
        options: Object.fromEntries(
          meanings.map(({ value, text, color }, index) => [String(value), { text, color, index }]),
        ),
      },
    ],
  }),
});

function targets(panel: Panel): readonly Json[] {
  const isTable = panel.kind === 'table' || panel.kind === 'nodeGraph';
  return panel.queries.map((query, index) => {
    const isInstant = isTable || query.isInstant === true;
    return {
      refId: frameName(query, index),
      expr: query.expr,
      ...(query.legend !== undefined && { legendFormat: query.legend }),
      ...(isTable && { format: 'table' }),
      ...(isInstant ? { instant: true, range: false } : { instant: false, range: true }),
    };
  });
}

/** A heading or a panel as Grafana reads it. */
export function panelJson(placed: Placed): Json {
  const { id, at } = placed;
  if ('row' in placed) {
    return {
      ...{ id, type: 'row', title: placed.row, collapsed: false },
      ...{ gridPos: at, panels: [] },
    };
  }
  const { panel } = placed;
  const { kind: type, title, description } = panel;
  return {
    ...{ id, type, title, description, gridPos: at, datasource: SOURCE },
    targets: targets(panel),
    ...look(panel),
  };
}

function look(panel: Panel): Json {
  const defaults = {
    ...valuesJson(panel),
    ...(panel.none !== undefined && { noValue: panel.none }),
  };
  switch (panel.kind) {
    case 'stat':
      return {
        fieldConfig: { defaults, overrides: [] },
        options: {
          reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
          graphMode: panel.hasTrend ? 'area' : 'none',
        },
      };
    case 'timeseries':
      return timeSeries(panel, defaults);
    case 'table':
      return table(panel, defaults);
    case 'nodeGraph':
      return {
        fieldConfig: { defaults: {}, overrides: [linkOf('id', panel.link)] },
        options: {},
      };
  }
}

function timeSeries(
  { min, lines = [] }: Extract<Panel, { kind: 'timeseries' }>,
  defaults: Json,
): Json {
  const [first] = lines;
  const steps: readonly Step[] = [
    { color: 'green' },
    ...lines.map((from) => ({ color: 'red', from }) as const),
  ];
  return {
    fieldConfig: {
      defaults: {
        ...defaults,
        ...(min !== undefined && { min }),
        color: { mode: 'palette-classic' },
        ...(first !== undefined && {
          thresholds: { mode: 'absolute', steps: stepsJson(steps) },
        }),
        custom: {
          fillOpacity: 10,
          showPoints: 'never',
          ...(first !== undefined && { thresholdsStyle: { mode: 'dashed' } }),
        },
      },
      overrides: [],
    },
    options: { tooltip: { mode: 'multi', sort: 'desc' } },
  };
}

const linkOf = (field: string, url: string): Json => ({
  matcher: { id: 'byName', options: field },
  properties: [{ id: 'links', value: [{ title: 'Dashboard', url }] }],
});

function table(panel: Extract<Panel, { kind: 'table' }>, defaults: Json): Json {
  const { columns, queries } = panel;
  const fieldOf = ({ of }: Column): string => {
    const query = typeof of === 'number' ? queries[of] : undefined;
    if (!query) return String(of);
    return queries.length > 1 ? `Value #${frameName(query, Number(of))}` : 'Value';
  };
  const names = columns.map(fieldOf);
  const overrides = columns.map(override).filter(({ properties }) => properties.length > 0);
  return {
    fieldConfig: { defaults, overrides },
    options: { showHeader: true, cellHeight: 'sm' },
    transformations: [
      ...(queries.length > 1 ? [{ id: 'merge', options: {} }] : []),
      { id: 'filterFieldsByName', options: { include: { names } } },
      {
        id: 'organize',
        options: {
          indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
          renameByName: Object.fromEntries(columns.map((each) => [fieldOf(each), each.title])),
        },
      },
    ],
  };
}

/** How one column differs from the others. */
function override(column: Column) {
  const { title, link, width, steps, meanings } = column;
  const options = Object.entries(valuesJson(column)).map(([id, value]) => ({ id, value }));
  const isColored = steps !== undefined || meanings !== undefined;
  const properties: readonly Json[] = [
    ...options,
    ...(isColored ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }] : []),
    ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [{ title: 'Dashboard', url: link }] }]),
  ];
  return { matcher: { id: 'byName', options: title }, properties };
}
