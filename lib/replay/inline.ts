import { selector, type Matcher } from '../prometheus';
import { filtered, labelled } from './matching';
import type { Recordings } from './recordings';
import { tryPromSeconds, type RenderedRule } from './rules';
import { tryPieces, type SelectorPiece } from './selectors';

/**
 * An expression with the expressions of recordings in the places where it reads them, to any depth. What a recording reads of its own past
 * is its expression once more, and what that one reads of its past is what the server has recorded itself, if anything.
 * @param matchers - further conditions on all that is asked of the server
 * @param within - the rules whose expression it is, from the outermost on
 */
export function inlined(
  expression: string,
  recordings: Recordings,
  matchers: readonly Matcher[] = [],
  within: readonly RenderedRule[] = [],
): string {
  const pieces = tryPieces(expression) ?? [expression];
  return pieces
    .map((piece) =>
      typeof piece === 'string' ? piece : inPlace(piece, recordings, matchers, within),
    )
    .join('');
}

function inPlace(
  piece: SelectorPiece,
  recordings: Recordings,
  matchers: readonly Matcher[],
  within: readonly RenderedRule[],
): string {
  const meant = recordings.meant(piece);
  const isOfServer = meant.length === 0 || meant.some(({ rule }) => timesIn(within, rule) > 1);
  if (isOfServer) return asIs(piece, matchers);
  const parts = meant.map(({ rule, open }) => {
    const inner = inlined(rule.expression, recordings, matchers, [...within, rule]);
    return filtered(labelled(inner, rule.labels), open);
  });
  const step = Math.min(...meant.map(({ rule }) => rule.intervalSeconds));
  return over(piece, parts.join('\nor\n'), step);
}

const timesIn = (rules: readonly RenderedRule[], rule: RenderedRule): number =>
  rules.filter((each) => each === rule).length;

/** What the server itself has. */
function asIs(
  { text, metric, range, moved, ...piece }: SelectorPiece,
  matchers: readonly Matcher[],
) {
  const selected =
    matchers.length === 0 || metric === undefined
      ? text
      : selector(metric, [...piece.matchers, ...matchers]);
  const window = range === undefined ? '' : `[${range}]`;
  return `${selected}${window}${moved === undefined ? '' : ` ${moved}`}`;
}

/** An expression in the place of a selector: at once, at another time, or over a range, in which it is evaluated as often as its group. */
function over({ range, moved, of }: SelectorPiece, inner: string, step: number): string {
  if (range !== undefined) {
    const { every, times } = evaluations(tryPromSeconds(range) ?? 0, step, of);
    const scaled = times === 1 ? inner : `${times} * (${inner})`;
    return `(${scaled})[${range}:${seconds(every)}]`;
  }
  if (moved === undefined) return `(${inner})`;
  return `last_over_time((${inner})[${seconds(step)}:${seconds(step)}] ${moved})`;
}

const seconds = (amount: number): string =>
  Number.isInteger(amount) ? `${amount}s` : `${Math.round(amount * 1000)}ms`;

/** A range of more evaluations is looked at less often: of 3 days at 30 s there are 8640 for each point of the answer. */
const MOST_EVALUATIONS = 1440;
/** What stays the same when fewer evaluations are looked at, and what shrinks with their number. */
const EVEN = new Set(['avg_over_time', 'max_over_time', 'min_over_time', 'quantile_over_time']);
const SUM = 'sum_over_time';

/** How often a range is evaluated, and for how many evaluations each one stands. */
function evaluations(
  range: number,
  step: number,
  of: string | undefined,
): { readonly every: number; readonly times: number } {
  const fewer = Math.ceil(range / step / MOST_EVALUATIONS);
  const isSum = of === SUM;
  if (fewer <= 1 || !(isSum || EVEN.has(of ?? ''))) return { every: step, times: 1 };
  return { every: fewer * step, times: isSum ? fewer : 1 };
}
