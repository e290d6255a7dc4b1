import type { Matcher, Series } from '../prometheus';
import type { RangeAsker } from './ask';
import { inlined } from './inline';
import { holds } from './matching';
import type { MeantRecording, Recordings } from './recordings';
import type { RenderedRule } from './rules';
import { tryPieces } from './selectors';
import { treeOf, type Tree } from './tree';
import { aggregated, combined, relabelled } from './vector';

/**
 * Evaluates expressions over a range. Set operators, and recordings that are read as they are, are evaluated here, since rules of a graph
 * read the same recordings hundreds of times; all else the server evaluates, with the expressions of recordings in it.
 */
export class Evaluator {
  readonly #recorded = new Map<RenderedRule, Promise<readonly Series[]>>();

  public constructor(
    private readonly recordings: Recordings,
    private readonly asker: RangeAsker,
    private readonly matchers: readonly Matcher[],
  ) {}

  /** The series of a rule, with its labels. @throws {PrometheusError} */
  public async evaluate(rule: RenderedRule): Promise<readonly Series[]> {
    return relabelled(await this.#tree(treeOf(rule.expression), rule), rule.labels);
  }

  /** @param rule - whose expression it is a part of */
  async #tree(tree: Tree, rule: RenderedRule): Promise<readonly Series[]> {
    switch (tree.kind) {
      case 'set': {
        const sides = [this.#tree(tree.left, rule), this.#tree(tree.right, rule)] as const;
        const [left, right] = await Promise.all(sides);
        return combined(tree.operator, tree.on, left, right);
      }
      case 'aggregation':
        return this.#reads(tree.inner)
          ? aggregated(tree.aggregation, tree.to, await this.#tree(tree.inner, rule))
          : this.#asked(tree.text, rule);
      case 'expression': {
        const meant = this.#tryMeant(tree.text);
        return meant ? this.#all(meant) : this.#asked(tree.text, rule);
      }
    }
  }

  /** Whether recordings are read as they are: else nothing is won by evaluating it here. */
  #reads(tree: Tree): boolean {
    if (tree.kind === 'set') return this.#reads(tree.left) || this.#reads(tree.right);
    if (tree.kind === 'aggregation') return this.#reads(tree.inner);
    return this.#tryMeant(tree.text) !== undefined;
  }

  #tryMeant(text: string): readonly MeantRecording[] | undefined {
    const [piece, ...more] = (tryPieces(text) ?? []).filter(
      (each) => typeof each !== 'string' || each.trim() !== '',
    );
    if (piece === undefined || typeof piece === 'string' || more.length > 0) return undefined;
    if (piece.range !== undefined || piece.moved !== undefined) return undefined;
    const meant = this.recordings.meant(piece);
    return meant.length === 0 ? undefined : meant;
  }

  async #all(meant: readonly MeantRecording[]): Promise<readonly Series[]> {
    const series = await Promise.all(
      meant.map(async ({ rule, open }) => {
        const recorded = await this.#record(rule);
        return recorded.filter(({ labels }) =>
          open.every((each) => holds(each, labels[each.label] ?? '')),
        );
      }),
    );
    return series.flat();
  }

  #record(rule: RenderedRule): Promise<readonly Series[]> {
    const known = this.#recorded.get(rule);
    if (known) return known;
    const series = this.evaluate(rule);
    this.#recorded.set(rule, series);
    return series;
  }

  #asked(text: string, rule: RenderedRule): Promise<readonly Series[]> {
    return this.asker.ask(inlined(text, this.recordings, this.matchers, [rule]));
  }
}
