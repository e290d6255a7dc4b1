import { COLUMNS, type Panel, type Row } from './panel';

/** Where something stands. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A heading or a panel with its number and its place. */
export type Placed = { readonly id: number; readonly at: Place } & (
  { readonly row: string } | { readonly panel: Panel }
);

/** Rows from top to bottom, the panels of each from left to right, in as many lines as they need. Rows without panels are left out. */
export function grid(rows: readonly Row[]): readonly Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    if (panels.length === 0) continue;
    placed.push({ id: placed.length + 1, at: { x: 0, y, w: COLUMNS, h: 1 }, row: title });
    y += 1;
    let x = 0;
    let tallest = 0;
    for (const panel of panels) {
      const { width: w, height: h } = panel;
      if (x + w > COLUMNS) {
        y += tallest;
        x = 0;
        tallest = 0;
      }
      placed.push({ id: placed.length + 1, at: { x, y, w, h }, panel });
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return placed;
}
