import type { Answering, AskOptions, Range, Series } from '../prometheus';

/** A question with its answer. */
export interface Noted {
  readonly query: string;
  /** The first moment of which it was asked, in seconds since 1970. */
  readonly from: number;
  readonly isAnswered: boolean;
}

/** Passes questions on, and notes them. */
export class Noting implements Answering {
  readonly #noted = new Map<string, Noted>();

  public constructor(private readonly client: Answering) {}

  /** Each question once, from the first moment on of which it was asked. */
  public get noted(): readonly Noted[] {
    return [...this.#noted.values()];
  }

  public async query(query: string, at: number, options?: AskOptions): Promise<readonly Series[]> {
    return this.#note(query, at, await this.client.query(query, at, options));
  }

  public async queryRange(
    query: string,
    range: Range,
    options?: AskOptions,
  ): Promise<readonly Series[]> {
    return this.#note(query, range.start, await this.client.queryRange(query, range, options));
  }

  #note(query: string, at: number, answer: readonly Series[]): readonly Series[] {
    const before = this.#noted.get(query);
    this.#noted.set(query, {
      query,
      from: Math.min(at, before?.from ?? at),
      isAnswered: answer.length > 0 || (before?.isAnswered ?? false),
    });
    return answer;
  }
}
