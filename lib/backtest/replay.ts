import { PrometheusError, type Series } from '../prometheus';
import type { RangeAsker } from './ask';
import { Inliner, type InlineOptions } from './inline';
import { measuredOf, type Measured } from './measured';
import type { RenderedRule } from './rules';
import { runsOf, type Run } from './runs';

/** One time in which an alert fired, for one of its series. */
export interface Firing extends Run {
  /** The labels of its series, with those that the rule gives. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What became of an alerting rule. */
export interface ReplayedAlert {
  readonly alert: string;
  /** Those that the rule gives. */
  readonly labels: Readonly<Record<string, string>>;
  /** In the order of their begin. */
  readonly firings: readonly Firing[];
  readonly measured: Measured;
  /** Why it could not be replayed, as a clause without a full stop. */
  readonly fault?: string;
}

export interface ReplayOptions extends InlineOptions {
  /** Called with each alert before it is asked about. */
  readonly progress?: (alert: RenderedRule) => void;
}

/**
 * Replays alerting rules on what a server has measured, as if all the rules had been there.
 * @param rules - those that record, and those that alert
 * @param alerts - the ones of them that are replayed
 * @throws {PrometheusError} when the server does not answer; what it says of one rule is told of that rule
 */
export async function replay(
  rules: readonly RenderedRule[],
  alerts: readonly RenderedRule[],
  asker: RangeAsker,
  { progress, ...options }: ReplayOptions = {},
): Promise<readonly ReplayedAlert[]> {
  const inliner = new Inliner(rules, options);
  const replayed: ReplayedAlert[] = [];
  for (const rule of alerts) {
    progress?.(rule);
    replayed.push(await replayedOne(rule, inliner, asker));
  }
  return replayed;
}

async function replayedOne(
  rule: RenderedRule,
  inliner: Inliner,
  asker: RangeAsker,
): Promise<ReplayedAlert> {
  const base = { alert: rule.name, labels: rule.labels, firings: [], measured: { missing: [] } };
  const inlined = inliner.inline(rule);
  if ('fault' in inlined) return { ...base, fault: inlined.fault };
  try {
    const series = await asker.ask(inlined.expression);
    const firings = firingsOf(rule, series, asker.range.step);
    const measured = await measuredOf(rule, inlined.raw, inliner, asker);
    return { ...base, firings, measured };
  } catch (error) {
    if (!isVerdict(error)) throw error;
    return { ...base, fault: `is refused by the server, which ${error.found}` };
  }
}

const isVerdict = (error: unknown): error is PrometheusError =>
  error instanceof PrometheusError && ['rejected', 'timeout', 'too-large'].includes(error.fault);

function firingsOf(
  { labels, forSeconds }: RenderedRule,
  series: readonly Series[],
  step: number,
): readonly Firing[] {
  return series
    .flatMap((each) =>
      runsOf(each.points, step, forSeconds).map((run) => ({
        ...run,
        labels: { ...each.labels, ...labels },
      })),
    )
    .sort((a, b) => a.from - b.from);
}
