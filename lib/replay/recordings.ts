import { selector, type Matcher } from '../prometheus';
import { openMatchers } from './matching';
import type { RenderedRule } from './rules';
import { tryPieces, type SelectorPiece } from './selectors';

/** A selector of what is scraped, or of what rules record that are not known here. */
export interface RawSelector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** A recording that a selector means, and the conditions on labels that its rule does not give. */
export interface MeantRecording {
  readonly rule: RenderedRule;
  readonly open: readonly Matcher[];
}

/** Why a rule cannot be replayed, as a clause without a full stop. */
export interface RuleFault {
  readonly fault: string;
}

type Sources = readonly RawSelector[] | RuleFault;

/** The recordings of some rules, and what rules read of them. */
export class Recordings {
  readonly #byName = new Map<string, RenderedRule[]>();
  readonly #sources = new Map<RenderedRule, Sources>();

  public constructor(rules: readonly RenderedRule[]) {
    for (const rule of rules) {
      if (rule.kind !== 'recording') continue;
      const same = this.#byName.get(rule.name);
      if (same) same.push(rule);
      else this.#byName.set(rule.name, [rule]);
    }
  }

  /** All of a name. */
  public named(name: string): readonly RenderedRule[] {
    return this.#byName.get(name) ?? [];
  }

  /** Those that a selector means; none where it means what the server has. */
  public meant({ metric, matchers }: SelectorPiece): readonly MeantRecording[] {
    return this.named(metric ?? '').flatMap((rule) => {
      const open = openMatchers(matchers, rule.labels);
      return open ? [{ rule, open }] : [];
    });
  }

  /** What a rule itself asks the server for, not by way of recordings. */
  public directOf({ expression }: RenderedRule): readonly RawSelector[] {
    return (tryPieces(expression) ?? []).flatMap((piece) =>
      typeof piece === 'string' || piece.metric === undefined || this.meant(piece).length > 0
        ? []
        : [{ metric: piece.metric, matchers: piece.matchers }],
    );
  }

  /** Names of recordings that a rule reads, by whatever way, and that nothing here records. */
  public foreignTo(sources: readonly RawSelector[]): readonly RawSelector[] {
    return sources.filter(({ metric }) => metric.includes(':') && !this.#isOurs(metric));
  }

  /** Ours may have no rule here where another repository has it, or nothing. */
  readonly #isOurs = (metric: string): boolean =>
    metric.startsWith('golden_path:') || this.#byName.has(metric);

  /** What a rule asks the server for at last, each once; or why it cannot be replayed. */
  public sourcesOf(rule: RenderedRule): Sources {
    return this.#visit(rule, []);
  }

  #visit(rule: RenderedRule, open: readonly RenderedRule[]): Sources {
    const known = this.#sources.get(rule);
    if (known) return known;
    if (open.includes(rule)) {
      const circle = [...open.slice(open.indexOf(rule)), rule].map(({ name }) => name);
      return { fault: `reads what is recorded from itself: ${circle.join(' from ')}` };
    }
    const pieces = tryPieces(rule.expression);
    if (!pieces) return { fault: 'has a selector that cannot be read' };
    const raw = new Map<string, RawSelector>();
    for (const piece of pieces) {
      const sources = typeof piece === 'string' ? [] : this.#sourcesOf(piece, [...open, rule]);
      if ('fault' in sources) return sources;
      for (const each of sources) raw.set(selector(each.metric, each.matchers), each);
    }
    const sources = [...raw.values()];
    this.#sources.set(rule, sources);
    return sources;
  }

  #sourcesOf(piece: SelectorPiece, open: readonly RenderedRule[]): Sources {
    const { metric, matchers, text } = piece;
    if (metric === undefined) return { fault: `selects series without a name: ${text}` };
    if (metric.startsWith('ALERTS')) {
      return { fault: `reads ${metric}, which tells of the alerts that were there, not of these` };
    }
    const meant = this.meant(piece);
    if (meant.length === 0) return [{ metric, matchers }];
    const all: RawSelector[] = [];
    for (const { rule } of meant) {
      // Its own past: where nobody recorded it, it had none.
      if (piece.range !== undefined && rule === open.at(-1)) continue;
      const sources = this.#visit(rule, open);
      if ('fault' in sources) return sources;
      all.push(...sources);
    }
    return all;
  }
}
