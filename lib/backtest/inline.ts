import { selector, type Matcher } from '../prometheus';
import { filtered, labelled, openMatchers } from './matching';
import { tryPromSeconds, type RenderedRule } from './rules';
import { tryPieces, type SelectorPiece } from './selectors';

/** A selector of what is scraped, or of what rules record that are not known here. */
export interface RawSelector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** An expression that needs no recording of ours. */
export interface Inlined {
  readonly expression: string;
  /** What it asks the server for, each once. */
  readonly raw: readonly RawSelector[];
}

/** Why a rule cannot be replayed, as a clause without a full stop. */
export interface InlineFault {
  readonly fault: string;
}

/** Further conditions on whatever is asked for. */
export interface InlineOptions {
  readonly matchers?: readonly Matcher[];
}

/** More than this no server takes in one question; an expression that grows so has recordings that multiply. */
const MOST_CHARACTERS = 4_000_000;

/** Puts the expressions of recordings in the places where rules read them, to any depth. */
export class Inliner {
  readonly #recordings = new Map<string, RenderedRule[]>();
  readonly #done = new Map<RenderedRule, Inlined | InlineFault>();
  readonly #open: RenderedRule[] = [];
  readonly #matchers: readonly Matcher[];

  public constructor(rules: readonly RenderedRule[], { matchers = [] }: InlineOptions = {}) {
    this.#matchers = matchers;
    for (const rule of rules) {
      if (rule.kind !== 'recording') continue;
      const same = this.#recordings.get(rule.name);
      if (same) same.push(rule);
      else this.#recordings.set(rule.name, [rule]);
    }
  }

  /** The expression of a rule, without its own labels. */
  public inline(rule: RenderedRule): Inlined | InlineFault {
    const known = this.#done.get(rule);
    if (known) return known;
    const at = this.#open.indexOf(rule);
    if (at >= 0) {
      const circle = [...this.#open.slice(at), rule].map(({ name }) => name);
      return { fault: `is recorded from itself: ${circle.join(' from ')}` };
    }
    this.#open.push(rule);
    const result = this.#expression(rule.expression);
    this.#open.pop();
    // Within a circle the fault depends on where one entered it.
    if (!('fault' in result) || this.#open.length === 0) this.#done.set(rule, result);
    return result;
  }

  /** The recordings of a name, of which some may be meant. */
  public recordings(name: string): readonly RenderedRule[] {
    return this.#recordings.get(name) ?? [];
  }

  #expression(expression: string): Inlined | InlineFault {
    const pieces = tryPieces(expression);
    if (!pieces) return { fault: 'has a selector that cannot be read' };
    const raw = new Map<string, RawSelector>();
    let text = '';
    for (const piece of pieces) {
      const part = typeof piece === 'string' ? { expression: piece, raw: [] } : this.#piece(piece);
      if ('fault' in part) return part;
      text += part.expression;
      for (const each of part.raw) raw.set(selector(each.metric, each.matchers), each);
      if (text.length > MOST_CHARACTERS) return { fault: 'grows too long for a question' };
    }
    return { expression: text, raw: [...raw.values()] };
  }

  #piece(piece: SelectorPiece): Inlined | InlineFault {
    const { metric, matchers } = piece;
    if (metric === undefined) return { fault: `selects series without a name: ${piece.text}` };
    if (metric.startsWith('ALERTS')) {
      return { fault: `reads ${metric}, which tells of the alerts that were there, not of these` };
    }
    const meant = this.recordings(metric).flatMap((rule) => {
      const open = openMatchers(matchers, rule.labels);
      return open ? [{ rule, open }] : [];
    });
    if (meant.length === 0) return this.#asked(piece, metric);
    const parts: string[] = [];
    const raw: RawSelector[] = [];
    for (const { rule, open } of meant) {
      const inner = this.inline(rule);
      if ('fault' in inner) return inner;
      parts.push(filtered(labelled(inner.expression, rule.labels), open));
      raw.push(...inner.raw);
    }
    const all = parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('\nor\n')})`;
    const step = Math.min(...meant.map(({ rule }) => rule.intervalSeconds));
    return { expression: over(piece, all, step), raw };
  }

  /** What the server itself has. */
  #asked(piece: SelectorPiece, metric: string): Inlined {
    const { text, range, moved } = piece;
    const matchers = [...piece.matchers, ...this.#matchers];
    const selected = this.#matchers.length === 0 ? text : selector(metric, matchers);
    const window = range === undefined ? '' : `[${range}]`;
    const expression = `${selected}${window}${moved === undefined ? '' : ` ${moved}`}`;
    return { expression, raw: [{ metric, matchers }] };
  }
}

/** The expression in the place of its selector: at once, at another time, or over a range, in which it is evaluated as often as its group. */
function over({ range, moved, of }: SelectorPiece, inner: string, step: number): string {
  if (range !== undefined) {
    const { every, times } = evaluations(tryPromSeconds(range) ?? 0, step, of);
    const scaled = times === 1 ? inner : `${times} * ${inner}`;
    return `(${scaled})[${range}:${seconds(every)}]`;
  }
  if (moved === undefined) return `(${inner})`;
  return `last_over_time((${inner})[${seconds(step)}:${seconds(step)}] ${moved})`;
}

const seconds = (amount: number): string =>
  Number.isInteger(amount) ? `${amount}s` : `${Math.round(amount * 1000)}ms`;

/** A range of more evaluations is looked at less often: of 3 days at 30 s, there are 8640 for each point of the answer. */
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
