import { PrometheusError, type Answering, type Range, type Series } from '../prometheus';
import type { KeptIncident } from './kept';
import { covers, tryNeeds, tryPresence, wordsIn } from './needs';

/** Asks a server that holds what was kept, and refuses what it cannot know: the silence of a series that nobody kept says nothing. */
export class KeptAnswers implements Answering {
  readonly #dropped: ReadonlySet<string>;

  public constructor(
    private readonly kept: KeptIncident,
    private readonly server: Answering,
  ) {
    this.#dropped = new Set(kept.dropped);
  }

  /** @throws {PrometheusError} where what it reads is not kept */
  public query(query: string, at: number): Promise<readonly Series[]> {
    return (
      this.#tryPresent(query, { start: at, end: at, step: 1 }) ??
      this.#checked(query, at, () => this.server.query(query, at))
    );
  }

  /** @throws {PrometheusError} where what it reads is not kept */
  public queryRange(query: string, range: Range): Promise<readonly Series[]> {
    return (
      this.#tryPresent(query, range) ??
      this.#checked(query, range.start, () => this.server.queryRange(query, range))
    );
  }

  /** Of what was there, and is not kept since no rule read it. */
  #tryPresent(query: string, { start, end, step }: Range): Promise<readonly Series[]> | undefined {
    const { metric } = tryPresence(query) ?? {};
    if (metric === undefined) return undefined;
    if (!this.kept.present.includes(metric))
      return this.server.queryRange(query, { start, end, step });
    const count = Math.floor((end - start) / step) + 1;
    const points = Array.from({ length: count }, (_, at) => ({ at: start + at * step, value: 1 }));
    return Promise.resolve([{ labels: {}, points }]);
  }

  async #checked(
    query: string,
    start: number,
    ask: () => Promise<readonly Series[]>,
  ): Promise<readonly Series[]> {
    const found = this.#tryLack(query, start);
    if (found === undefined) return ask();
    throw new PrometheusError('the file', query, { fault: 'rejected', found, fix: FIX });
  }

  /** What of a question is not kept, as a clause. */
  #tryLack(query: string, start: number): string | undefined {
    const needs = tryNeeds(query, start);
    if (needs === undefined) return 'reads what cannot be told from its text';
    const label = wordsIn(query).find((each) => this.#dropped.has(each));
    if (label !== undefined)
      return `reads the label ${label}, which was not kept, as no rule read it`;
    for (const need of needs) {
      const wide = this.kept.selectors.filter((each) => covers(each, need));
      if (wide.length === 0) {
        return `reads ${need.metric} in a way in which no rule read it: not kept`;
      }
      if (wide.every(({ from }) => from > need.from)) {
        return `looks back at ${need.metric} further than was kept`;
      }
    }
    return undefined;
  }
}

const FIX = 'Save the incident again while a server still has its series';
