import { PROMETHEUS, readAnswer, type Series } from './answer';
import { PrometheusError, type Failure } from './error';
import { limited } from './limit';
import { resolveEndpoint, shownAddress, type Endpoint, type PrometheusOptions } from './options';
import { isFailure, patiently } from './patience';
import { exchange } from './transport';

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
    const endpoint = resolveEndpoint(options, PROMETHEUS);
    if (isFailure(endpoint))
      throw new PrometheusError(shownAddress(options.url), undefined, endpoint);
    this.#endpoint = endpoint;
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
    return this.#turn(() =>
      patiently(
        this.#endpoint,
        () => this.#once(path, body, signal),
        (failure) => new PrometheusError(this.address + path, form.query, failure),
        signal,
      ),
    );
  }

  async #once(
    path: string,
    parameters: URLSearchParams,
    signal: AbortSignal | undefined,
  ): Promise<readonly Series[] | Failure> {
    const reply = await exchange(this.#endpoint, { method: 'POST', path, parameters }, signal);
    return isFailure(reply) ? reply : readAnswer(reply);
  }
}

/** Who is asked: a server, or what stands before one. */
export type Answering = Pick<PrometheusClient, 'query' | 'queryRange'>;
