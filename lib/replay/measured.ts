import { isSameMatcher, selector, type Matcher } from '../prometheus';
import type { RangeAsker } from './ask';
import type { Evaluator } from './evaluator';
import type { RawSelector, Recordings } from './recordings';
import type { RenderedRule } from './rules';

/** Whether an alert had anything to go by. */
export interface Measured {
  /** The first moment at which its objective was measured, in seconds since 1970. */
  readonly from?: number;
  /** Selectors that have no sample in all the time; where there are some, that it never fired says nothing. */
  readonly missing: readonly string[];
}

export const ERROR_RATIO = 'slo:sli_error:ratio_rate5m';
/** Whether there are samples at all is asked this often: a metric of a whole server has many series. */
const SELDOM = 6 * 3600;
/** kube-state-metrics has these only for what happened: all is well where there are none. */
const ONLY_IF_HAPPENED = /_reason$/;

/** Looks for what alerts go by. */
export class Gauge {
  public constructor(
    private readonly recordings: Recordings,
    private readonly evaluator: Evaluator,
    private readonly asker: RangeAsker,
    private readonly matchers: readonly Matcher[],
  ) {}

  /** What an alert had to go by: its objective's indicator, or all that its expression reads. @throws {PrometheusError} */
  public async measured(rule: RenderedRule, hasFired: boolean): Promise<Measured> {
    const { slo_id: id } = rule.labels;
    const ofObjective = this.recordings
      .named(ERROR_RATIO)
      .find(({ labels }) => id !== undefined && labels.slo_id === id);
    if (!ofObjective) return { missing: hasFired ? [] : await this.#missingOf(rule) };
    const read = this.recordings.sourcesOf(ofObjective);
    if ('fault' in read) return { missing: [] };
    const series = await this.evaluator.evaluate(ofObjective);
    const first = Math.min(...series.flatMap(({ points }) => points[0]?.at ?? []));
    if (Number.isFinite(first)) return { from: first, missing: [] };
    const asked = common(read);
    const absent = await this.missing(asked);
    return { missing: absent.length > 0 ? absent : asked.map(textOf) };
  }

  /** What an alert without objective reads itself; of one that reads recordings alone all that they read, where nothing of it is there. */
  async #missingOf(rule: RenderedRule): Promise<readonly string[]> {
    const direct = this.recordings.directOf(rule);
    if (direct.length > 0) return this.missing(metrics(direct));
    const read = this.recordings.sourcesOf(rule);
    if ('fault' in read) return [];
    const asked = metrics(read);
    const absent = await this.missing(asked);
    return absent.length === asked.length ? absent : [];
  }

  /** Those of which the server has no sample. @throws {PrometheusError} */
  public async missing(selectors: readonly RawSelector[]): Promise<readonly string[]> {
    const step = Math.max(SELDOM, this.asker.range.step);
    const found = await Promise.all(
      selectors.map(async (each) => {
        const matchers = [...each.matchers, ...this.matchers];
        const series = await this.asker.ask(`group(${textOf({ ...each, matchers })})`, step);
        return series.length === 0 ? [textOf(each)] : [];
      }),
    );
    return found.flat();
  }
}

const textOf = ({ metric, matchers }: RawSelector): string =>
  matchers.length === 0 ? metric : selector(metric, matchers);

/** All series of each metric. */
const metrics = (raw: readonly RawSelector[]): readonly RawSelector[] =>
  [...new Set(raw.map(({ metric }) => metric))]
    .filter((metric) => !ONLY_IF_HAPPENED.test(metric))
    .map((metric) => ({ metric, matchers: [] }));

/** Each metric once, with the conditions that all its selectors have: of failed requests there may be none. */
function common(raw: readonly RawSelector[]): readonly RawSelector[] {
  const shared = new Map<string, readonly Matcher[]>();
  for (const { metric, matchers } of raw) {
    const before = shared.get(metric) ?? matchers;
    shared.set(
      metric,
      before.filter((each) => matchers.some((other) => isSameMatcher(each, other))),
    );
  }
  return [...shared].map(([metric, matchers]) => ({ metric, matchers }));
}
