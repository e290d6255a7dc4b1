import { selector, type Matcher } from '../prometheus';
import type { RangeAsker } from './ask';
import type { Inliner, RawSelector } from './inline';
import type { RenderedRule } from './rules';

/** Whether an alert had anything to go by. */
export interface Measured {
  /** The first moment at which its objective was measured, in seconds since 1970. */
  readonly from?: number;
  /** Selectors that have no sample in all the time; where there are some, that it never fired says nothing. */
  readonly missing: readonly string[];
}

const SLI = 'slo:sli_error:ratio_rate5m';
/** Whether there are samples at all is asked this often: a metric of a whole server has many series. */
const SELDOM = 6 * 3600;
/** kube-state-metrics has these only for what happened: it is well where there are none. */
const ONLY_IF_HAPPENED = /_reason$/;

/** What an alert had to go by: its objective's indicator, or all that its expression reads. @throws {PrometheusError} */
export async function measuredOf(
  rule: RenderedRule,
  raw: readonly RawSelector[],
  inliner: Inliner,
  asker: RangeAsker,
): Promise<Measured> {
  const { slo_id: id } = rule.labels;
  const sli = inliner
    .recordings(SLI)
    .find(({ labels }) => id !== undefined && labels.slo_id === id);
  if (!sli) return { missing: await missing(metrics(raw), asker) };
  const inlined = inliner.inline(sli);
  if ('fault' in inlined) return { missing: [] };
  const series = await asker.ask(inlined.expression);
  const first = Math.min(...series.flatMap(({ points }) => points[0]?.at ?? []));
  if (Number.isFinite(first)) return { from: first, missing: [] };
  const absent = await missing(common(inlined.raw), asker);
  return { missing: absent.length > 0 ? absent : common(inlined.raw).map(textOf) };
}

async function missing(
  selectors: readonly RawSelector[],
  asker: RangeAsker,
): Promise<readonly string[]> {
  const absent: string[] = [];
  for (const each of selectors) {
    const series = await asker.ask(`group(${textOf(each)})`, Math.max(SELDOM, asker.range.step));
    if (series.length === 0) absent.push(textOf(each));
  }
  return absent;
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
    shared.set(metric, before.filter((each) => matchers.some((other) => isSame(each, other))));
  }
  return [...shared].map(([metric, matchers]) => ({ metric, matchers }));
}

const isSame = (a: Matcher, b: Matcher): boolean =>
  a.label === b.label && a.is === b.is && a.value === b.value;
