import type { Labels } from '../promql';
import { input, type InputSeries, type Timeline } from './input';
import type { SampleValue } from './values';

/** A sample by how many seconds ago the fault began, which may be less than none. */
export type Value = (since: number) => SampleValue;

/** A series with a value at each step. */
export const sample = (
  metric: string,
  labels: Labels,
  timeline: Timeline,
  value: Value,
): InputSeries => input(metric, labels, timeline, (at) => value(at - timeline.fault));

export const always =
  (value: number): Value =>
  () =>
    value;

export const from =
  (before: SampleValue, after: number): Value =>
  (since) =>
    since >= 0 ? after : before;

/** 1 until the fault. */
export const down = from(1, 0);

/** There since the fault. */
export const whileFaulty = from(undefined, 1);

/** The series ends with the fault, as its target says. */
export const gone: Value = (since) => (since === 0 ? 'stale' : since < 0 ? 1 : undefined);
