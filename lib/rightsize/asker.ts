import { label, selector, type Matcher, type PrometheusClient, type Series } from '../prometheus';
import type { EvidenceAsk } from './ask';
import { DAY_SECONDS, dayAt, type Window } from './window';

export interface CollectOptions {
  readonly signal?: AbortSignal;
  /** Told of what is asked next, and how many questions were answered. */
  readonly progress?: (what: string, answered: number) => void;
}

/**
 * A day without its first instant, which is the last one of the day before: Prometheus 2 has ranges with both ends, 3 without the first.
 */
export const DAY = `${DAY_SECONDS * 1000 - 1}ms`;

/** The labels by which the rows of one container's life are told from others, and not by who scraped them. */
export const ONE_LIFE = 'pod,container,id';

/** The row of several that scrape the same: by the label that differs nobody could tell which is right. */
export const once = (expression: string, labels = ONE_LIFE): string =>
  `max by (${labels}) (${expression})`;

/** Asks about one namespace over one window. */
export class Asker {
  readonly #client: PrometheusClient;
  readonly #options: CollectOptions;
  readonly #matchers: readonly Matcher[];
  /** After one question without an answer, the others are of no use. */
  readonly #failed = new AbortController();
  #answered = 0;

  public readonly window: Window;

  public constructor(client: PrometheusClient, ask: EvidenceAsk, options: CollectOptions) {
    this.#client = client;
    this.#options = options;
    options.signal?.addEventListener('abort', () => {
      this.#failed.abort();
    });
    if (options.signal?.aborted) this.#failed.abort();
    this.#matchers = [label('namespace', ask.namespace), ...(ask.matchers ?? [])];
    this.window = ask.window;
  }

  /** The window without its first instant, as a range. */
  public get wholeWindow(): string {
    return `${(this.window.end - this.window.start) * 1000 - 1}ms`;
  }

  /** A metric in this namespace. */
  public select(metric: string, ...matchers: readonly Matcher[]): string {
    return selector(metric, [...this.#matchers, ...matchers]);
  }

  /** Says what comes next. */
  public begin(what: string): void {
    this.#options.progress?.(what, this.#answered);
  }

  /** The value at the end of the window, of each row. */
  public async atEnd(query: string, at = this.window.end): Promise<readonly Row[]> {
    const series = await this.#counted(this.#client.query(query, at, this.#given));
    return series.flatMap(({ labels, points }) =>
      points.flatMap(({ value }) => (Number.isFinite(value) ? [{ labels, value }] : [])),
    );
  }

  /** Samples as they were scraped, at whatever times. */
  public samples(query: string, at: number): Promise<readonly Series[]> {
    return this.#counted(this.#client.query(query, at, this.#given));
  }

  /** The value at the end of each day, of each row: of all days of the window, or of some that follow one another. */
  public async daily(
    query: string,
    { start, end }: Pick<Window, 'start' | 'end'> = this.window,
  ): Promise<readonly DailyRow[]> {
    const range = { start: start + DAY_SECONDS, end, step: DAY_SECONDS };
    const series = await this.#counted(this.#client.queryRange(query, range, this.#given));
    return series.map(({ labels, points }) => ({
      labels,
      days: points.flatMap(({ at, value }) =>
        Number.isFinite(value) ? [{ day: dayAt(at - DAY_SECONDS), value }] : [],
      ),
    }));
  }

  get #given(): { readonly signal: AbortSignal } {
    return { signal: this.#failed.signal };
  }

  async #counted<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      this.#answered++;
      return value;
    } catch (error) {
      this.#failed.abort();
      throw error;
    }
  }
}

type Labels = Series['labels'];

export interface Row {
  readonly labels: Labels;
  readonly value: number;
}

export interface DailyRow {
  readonly labels: Labels;
  readonly days: readonly { readonly day: string; readonly value: number }[];
}
