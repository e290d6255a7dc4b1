import { isSameMatcher, LOOKBACK_SECONDS, type Matcher } from '../prometheus';
import { tokensOf, tryPieces, tryPromSeconds, tryUnquoted, type SelectorPiece } from '../replay';

/** Series that a question reads, and from when on, in seconds. */
export interface Need {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  readonly from: number;
  /** Whether the last sample counts: then it matters how often there is one. */
  readonly isInstant: boolean;
}

/** What a question reads when it is asked from a moment on; undefined where that cannot be told from its text. */
export function tryNeeds(query: string, from: number): readonly Need[] | undefined {
  const moved = tryMovedSeconds(query);
  const pieces = tryPieces(query)?.filter((piece) => typeof piece !== 'string');
  if (moved === undefined || pieces === undefined) return undefined;
  const needs: Need[] = [];
  for (const { metric, matchers, range } of pieces) {
    const back = range === undefined ? LOOKBACK_SECONDS : tryPromSeconds(range);
    if (metric === undefined || back === undefined) return undefined;
    needs.push({ metric, matchers, from: from - back - moved, isInstant: range === undefined });
  }
  return needs;
}

/** How far subqueries and offsets move what is read into the past, as if each were within all others; undefined for a fixed moment. */
function tryMovedSeconds(query: string): number | undefined {
  const tokens = tokensOf(query).filter(({ kind }) => kind !== 'space');
  let seconds = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (text === '@') return undefined;
    const isOffset = kind === 'name' && text.toLowerCase() === 'offset';
    const isSubquery = kind === 'brackets' && text.includes(':');
    if (!isOffset && !isSubquery) continue;
    const length = isOffset ? tokens[at + 1]?.text : text.slice(1).split(':')[0]?.trim();
    const moved = tryPromSeconds(length);
    if (moved === undefined) return undefined;
    seconds += moved;
  }
  return seconds;
}

/** All words of a question that may be labels: names, and texts, as in `label_replace`. */
export const wordsIn = (query: string): readonly string[] =>
  tokensOf(query).flatMap(({ kind, text }) => {
    if (kind === 'name') return [text];
    return kind === 'text' ? (tryUnquoted(text) ?? []) : [];
  });

/** `group(metric{…})`: whether there is anything of it, which is asked of whole metrics too. */
export function tryPresence(query: string): SelectorPiece | undefined {
  if (!query.startsWith('group(')) return undefined;
  const [piece, ...more] = (tryPieces(query) ?? []).filter((each) => typeof each !== 'string');
  const isWhole = piece !== undefined && query === `group(${piece.text})`;
  return isWhole && more.length === 0 ? piece : undefined;
}

type Selector = Pick<Need, 'metric' | 'matchers'>;

/** Whether a selector finds all series that another one finds. */
export const covers = (wide: Selector, narrow: Selector): boolean =>
  wide.metric === narrow.metric &&
  wide.matchers.every((each) => narrow.matchers.some((other) => isSameMatcher(each, other)));

/** As few as have all of them. */
export function merged(needs: readonly Need[]): readonly Need[] {
  const kept: Need[] = [];
  const byWidth = [...needs].sort(
    (a, b) => a.matchers.length - b.matchers.length || a.from - b.from,
  );
  for (const need of byWidth) {
    const at = kept.findIndex((each) => covers(each, need) && each.from <= need.from);
    const before = kept[at];
    if (before) kept[at] = { ...before, isInstant: before.isInstant || need.isInstant };
    else kept.push(need);
  }
  return kept;
}
