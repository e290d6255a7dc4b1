import type { ApplicationModel } from '../foundation';
import type { Matcher } from '../prometheus';
import { ERROR_RATIO, Evaluator, Recordings, type RangeAsker, type RenderedRule } from '../replay';

/** Whose incident it was, and what is known of it. */
export interface BeganSources {
  readonly model: ApplicationModel;
  /** Itself, and what is around it. */
  readonly around: ReadonlySet<string>;
  readonly rules: readonly RenderedRule[];
  readonly asker: RangeAsker;
  readonly matchers: readonly Matcher[];
}

/**
 * The first moment at which one of the objectives around a service was beyond its budget, in seconds since 1970. Undefined where none was, and
 * where one was already when the time began: then nobody knows here.
 * @throws {PrometheusError}
 */
export async function beganOf(sources: BeganSources): Promise<number | undefined> {
  const { model, around, rules, asker, matchers } = sources;
  const recordings = new Recordings(rules);
  const evaluator = new Evaluator(recordings, asker, matchers);
  const budgets = new Map(
    model.workloads
      .filter(({ name }) => around.has(name))
      .flatMap(({ objectives = [] }) => objectives)
      .map(({ id, objective }) => [id, 1 - objective / 100]),
  );
  const begins: number[] = [];
  for (const rule of recordings.named(ERROR_RATIO)) {
    const budget = budgets.get(rule.labels.slo_id ?? '');
    if (budget === undefined || 'fault' in recordings.sourcesOf(rule)) continue;
    const series = await evaluator.evaluate(rule);
    const beyond = series.flatMap(({ points }) => points.filter(({ value }) => value > budget));
    begins.push(...beyond.map(({ at }) => at));
  }
  const first = begins.reduce((a, b) => Math.min(a, b), Infinity);
  return Number.isFinite(first) && first > asker.range.start ? first : undefined;
}
