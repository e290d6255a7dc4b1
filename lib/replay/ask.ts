import { PrometheusError, type Answering, type Range, type Series } from '../prometheus';
import { merged } from './vector';

/** A question over so many seconds at once: beyond that, servers run out of the samples that they allow. */
const LONGEST = 5 * 86_400;
/** What is refused over such a time would be refused over a shorter one. */
const SHORTEST = 3600;
/** What takes too long three times, each time over half of it, takes too long: each try lasts as long as a server is waited for. */
const MOST_HALVINGS_OF_LATE = 2;
/** Servers give 11,000 points at most. */
const MOST_POINTS = 10_000;

/** Asks over long times in parts, each question once. */
export class RangeAsker {
  readonly #asked = new Map<string, Promise<readonly Series[]>>();
  readonly #stopped = new AbortController();
  #longest = LONGEST;

  public constructor(
    private readonly client: Answering,
    public readonly range: Range,
  ) {}

  /** The series of an expression over the whole range. @throws {PrometheusError} */
  public ask(query: string, step = this.range.step): Promise<readonly Series[]> {
    const key = `${step} ${query}`;
    const known = this.#asked.get(key);
    if (known) return known;
    const { start, end } = this.range;
    const answer = this.#parts(query, { start, end, step });
    this.#asked.set(key, answer);
    return answer;
  }

  /** Asks the cheapest question that there is. @throws {PrometheusError} when there is nobody to answer it */
  public async greet(): Promise<void> {
    await this.client.query('vector(1)', this.range.end);
  }

  /** Waits for no more answers. */
  public stop(): void {
    this.#stopped.abort();
  }

  async #parts(query: string, { start, end, step }: Range): Promise<readonly Series[]> {
    const longest = Math.min(this.#longest, MOST_POINTS * step);
    const points = Math.max(1, Math.floor(longest / step));
    const ranges: Range[] = [];
    for (let from = start; from <= end; from += points * step) {
      ranges.push({ start: from, end: Math.min(end, from + (points - 1) * step), step });
    }
    return merged((await Promise.all(ranges.map((range) => this.#part(query, range)))).flat());
  }

  /** One part, or where that is too much for the server, halves of it. What was too much once is not tried again. */
  async #part(query: string, range: Range, late = 0): Promise<readonly Series[]> {
    const { start, end, step } = range;
    try {
      return await this.client.queryRange(query, range, { signal: this.#stopped.signal });
    } catch (error) {
      const points = Math.floor((end - start) / step) + 1;
      const half = Math.floor(points / 2) * step;
      if (half < SHORTEST || !isTooMuch(error)) throw error;
      const times = late + (error.fault === 'timeout' ? 1 : 0);
      if (times > MOST_HALVINGS_OF_LATE) throw error;
      this.#longest = Math.min(this.#longest, Math.ceil(points / 2) * step);
      const first = await this.#part(query, { start, end: start + half - step, step }, times);
      const second = await this.#part(query, { start: start + half, end, step }, times);
      return [...first, ...second];
    }
  }
}

const isTooMuch = (error: unknown): error is PrometheusError =>
  error instanceof PrometheusError &&
  (error.fault === 'timeout' ||
    error.fault === 'too-large' ||
    (error.fault === 'rejected' && /too many|too long|exceed|maximum|limit/i.test(error.found)));
