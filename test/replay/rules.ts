import type { RenderedRule } from '../../lib/replay';

/** A recording, every 30 seconds. */
export const recording = (
  name: string,
  expression: string,
  labels: Readonly<Record<string, string>> = {},
  intervalSeconds = 30,
): RenderedRule => ({
  kind: 'recording',
  name,
  expression,
  labels,
  forSeconds: 0,
  intervalSeconds,
});

export const alert = (
  name: string,
  expression: string,
  labels: Readonly<Record<string, string>> = {},
  forSeconds = 0,
): RenderedRule => ({
  kind: 'alert',
  name,
  expression,
  labels,
  forSeconds,
  intervalSeconds: 30,
});
