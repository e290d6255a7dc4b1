import { PrometheusError, type Matcher, type Series } from '../prometheus';
import type { RangeAsker } from './ask';
import { Evaluator } from './evaluator';
import { Gauge, type Measured } from './measured';
import { Recordings } from './recordings';
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

export interface ReplayOptions {
  /** Further conditions on all that is asked of the server. */
  readonly matchers?: readonly Matcher[];
  /** Whether what was kept answers, and not all that a server has. @default false */
  readonly isKept?: boolean;
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
  { progress, matchers = [], isKept = false }: ReplayOptions = {},
): Promise<readonly ReplayedAlert[]> {
  const recordings = new Recordings(rules);
  const evaluator = new Evaluator(recordings, asker, matchers);
  const gauge = new Gauge(recordings, evaluator, asker, matchers);
  const replayed: ReplayedAlert[] = [];
  for (const rule of alerts) {
    progress?.(rule);
    const base = { alert: rule.name, labels: rule.labels, firings: [], measured: { missing: [] } };
    try {
      const fault = await tryFault(rule, recordings, gauge);
      if (fault !== undefined) {
        replayed.push({ ...base, fault });
        continue;
      }
      const firings = firingsOf(rule, await evaluator.evaluate(rule), asker.range.step);
      const measured = await gauge.measured(rule, firings.length > 0);
      replayed.push({ ...base, firings, measured });
    } catch (error) {
      if (!isVerdict(error)) {
        asker.stop();
        throw error;
      }
      // Whether it was too much for the server, or the server is gone.
      if (error.fault === 'timeout') await asker.greet();
      replayed.push({ ...base, fault: refusal(error, isKept) });
    }
  }
  return replayed;
}

/** Why a rule cannot be replayed, before it is tried. */
async function tryFault(
  rule: RenderedRule,
  recordings: Recordings,
  gauge: Gauge,
): Promise<string | undefined> {
  const sources = recordings.sourcesOf(rule);
  if ('fault' in sources) return sources.fault;
  const [absent] = await gauge.missing(recordings.foreignTo(sources));
  return absent === undefined
    ? undefined
    : `reads ${absent}, which no rule here records and the server does not have`;
}

const refusal = ({ found }: PrometheusError, isKept: boolean): string =>
  isKept
    ? `cannot be judged by what was kept: it ${found}`
    : `is refused by the server, which ${found}`;

/** What is wrong with one question, not with the server. */
const isVerdict = (error: unknown): error is PrometheusError =>
  error instanceof PrometheusError && ['rejected', 'timeout', 'too-large'].includes(error.fault);

const firingsOf = (
  { forSeconds }: RenderedRule,
  series: readonly Series[],
  step: number,
): readonly Firing[] =>
  series
    .flatMap(({ labels, points }) =>
      runsOf(points, step, forSeconds).map((run) => ({ ...run, labels })),
    )
    .sort((a, b) => a.from - b.from);
