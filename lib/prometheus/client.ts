import { setTimeout as sleep } from 'node:timers/promises';
import { readAnswer, type Series } from './answer';
import { PrometheusError, type Failure } from './error';
import { limited } from './limit';
import { resolveEndpoint, type Endpoint, type PrometheusOptions } from './options';
import { post } from './transport';

/** The times of a question: from the first to the last, both included, in seconds since 1970. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
}

/**
 * Asks a Prometheus, or what speaks its API. Long questions pass since they are sent as forms, few are open at a time, and what may be
 * gone in a moment is asked again. An answer with a part of the data is none.
 */
export class PrometheusClient {
  readonly #endpoint: Endpoint;
  readonly #turn: ReturnType<typeof limited>;

  /** @throws {PrometheusError} when the address is none */
  public constructor(options: PrometheusOptions) {
    this.#endpoint = resolveEndpoint(options);
    this.#turn = limited(this.#endpoint.concurrency);
  }

  /** The address without credentials, as messages and the lock name it. */
  public get address(): string {
    return this.#endpoint.address;
  }

  /** The value of an expression at one time. @throws {PrometheusError} */
  public query(query: string, at: number, options: AskOptions = {}): Promise<readonly Series[]> {
    return this.#ask('/api/v1/query', { query, time: String(at) }, options.signal);
  }

  /** The values of an expression at several times. @throws {PrometheusError} */
  public queryRange(
    query: string,
    { start, end, step }: Range,
    options: AskOptions = {},
  ): Promise<readonly Series[]> {
    const times = { start: String(start), end: String(end), step: String(step) };
    return this.#ask('/api/v1/query_range', { query, ...times }, options.signal);
  }

  #ask(
    path: string,
    form: Readonly<Record<string, string>> & { readonly query: string },
    signal: AbortSignal | undefined,
  ): Promise<readonly Series[]> {
    const body = new URLSearchParams({
      ...form,
      timeout: `${this.#endpoint.timeoutSeconds}s`,
      // Thanos: rather no answer than one without some stores. Others do not know it.
      partial_response: 'false',
    });
    return this.#turn(async () => {
      for (let attempt = 1; ; attempt++) {
        const answer = await this.#once(path, body, signal);
        if (!isFailure(answer)) return answer;
        const error = new PrometheusError(this.address + path, form.query, answer);
        if (!error.isTransient || attempt >= this.#endpoint.retries.attempts) throw error;
        await this.#pause(attempt, answer, signal, error);
      }
    });
  }

  async #once(
    path: string,
    body: URLSearchParams,
    signal: AbortSignal | undefined,
  ): Promise<readonly Series[] | Failure> {
    const reply = await post(this.#endpoint, path, body, signal);
    return 'fault' in reply ? reply : readAnswer(reply);
  }

  async #pause(
    attempt: number,
    { retryAfterSeconds = 0 }: Failure,
    signal: AbortSignal | undefined,
    error: PrometheusError,
  ): Promise<void> {
    const { firstPauseSeconds, longestPauseSeconds } = this.#endpoint.retries;
    const growing = firstPauseSeconds * 2 ** (attempt - 1);
    const seconds = Math.min(Math.max(growing, retryAfterSeconds), longestPauseSeconds);
    try {
      await sleep(seconds * 1000, undefined, signal && { signal });
    } catch {
      // Whoever waits no longer learns of the fault before.
      throw error;
    }
  }
}

const isFailure = (answer: readonly Series[] | Failure): answer is Failure => 'fault' in answer;
