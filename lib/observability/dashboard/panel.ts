/** What a panel asks Prometheus. */
export interface Query {
  readonly expr: string;
  /** The name of each series, with labels as `{{slo}}`. @default all its labels */
  readonly legend?: string;
  /** Whether the last moment is enough. @default false - the whole range is asked for */
  readonly isInstant?: true;
  /** What the frame is called. @default a letter by its place */
  readonly id?: string;
}

/** From a value on, a colour. The first step begins at the least value. */
export interface Step {
  readonly color: Color;
  /** @default the least value */
  readonly from?: number;
}

export type Color = 'green' | 'yellow' | 'orange' | 'red' | 'purple' | 'text';

/** What a number stands for. */
export interface Meaning {
  readonly value: number;
  readonly text: string;
  readonly color: Color;
}

/** How values are shown. */
export interface Values {
  /** As Grafana names it, such as `percentunit`, `s`, `reqps`. @default none */
  readonly unit?: string;
  readonly decimals?: number;
  readonly steps?: readonly Step[];
  readonly meanings?: readonly Meaning[];
}

/** What all panels have. Widths are in columns, of which there are 24; a row of heights is about 30 pixels. */
export interface PanelFacts extends Values {
  readonly title: string;
  /** What it shows, and what to make of it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly queries: readonly Query[];
  /** What stands there when there is nothing. @default 'No data' */
  readonly none?: string;
}

/** The last value, large. */
export interface StatPanel extends PanelFacts {
  readonly kind: 'stat';
  /** Whether its past is drawn behind it. @default false */
  readonly hasTrend?: true;
}

/** Values over time. */
export interface TimeSeriesPanel extends PanelFacts {
  readonly kind: 'timeseries';
  readonly min?: number;
  /** Values at which a line is drawn: what is promised, or asked for. @default none */
  readonly lines?: readonly number[];
}

/** One column of a table. */
export interface Column extends Values {
  /** A label, or the value of a query by its place. */
  readonly of: string | number;
  readonly title: string;
  /** Where its cells lead to; `${__value.raw}` is the cell. @default nowhere */
  readonly link?: string;
  readonly width?: number;
}

/** Labels and values as they are now; rows with the same labels become one. */
export interface TablePanel extends PanelFacts {
  readonly kind: 'table';
  readonly columns: readonly Column[];
}

/** Nodes and edges: the frames `nodes` and `edges`, whose labels are the fields that the panel wants. */
export interface NodeGraphPanel extends PanelFacts {
  readonly kind: 'nodeGraph';
  /** Where a node leads to. */
  readonly link: string;
}

export type Panel = StatPanel | TimeSeriesPanel | TablePanel | NodeGraphPanel;

/** Panels below a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Narrower panels than these cannot be read. */
export const COLUMNS = 24;

/** The name of a query's frame. */
export const frameName = ({ id }: Query, index: number): string =>
  id ?? String.fromCharCode('A'.charCodeAt(0) + index);
