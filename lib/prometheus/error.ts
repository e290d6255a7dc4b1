import { oneLine } from '../foundation';

/** Why there is no answer. */
export type Fault =
  /** The client's own options are wrong. */
  | 'options'
  /** No connection, or one that broke. */
  | 'connection'
  /** The server's certificate is not trusted, or it wants one of ours. */
  | 'tls'
  | 'timeout'
  | 'credentials'
  /** There is no such API at this address. */
  | 'not-found'
  | 'redirect'
  /** The server understood and said no. */
  | 'rejected'
  /** The server is overloaded, or what stands before it cannot reach it. */
  | 'unavailable'
  /** The answer is not what the API describes. */
  | 'answer'
  /** The answer is shorter than it should be. */
  | 'truncated'
  /** Some of the data is missing. */
  | 'partial'
  | 'too-large'
  | 'aborted';

/** Faults that may be gone in a moment. */
const TRANSIENT: ReadonlySet<Fault> = new Set(['connection', 'unavailable', 'truncated']);

/** What happened, as a part of the sentence that begins with the address. */
export interface Failure {
  readonly fault: Fault;
  /** A clause without a full stop, such as `answered 422: …`. */
  readonly found: string;
  /** An imperative without a full stop. */
  readonly fix: string;
  /** The status of the answer, where one came. */
  readonly status?: number;
  /** How long the server asks to wait. */
  readonly retryAfterSeconds?: number;
}

/** Faults for which the question may be the reason. */
const OF_THE_QUERY: ReadonlySet<Fault> = new Set(['timeout', 'rejected', 'partial', 'too-large']);

const LONGEST_QUERY = 300;

/** Thrown when a server gave no answer to a question. It names no credentials. */
export class ServerError extends Error {
  public readonly fault: Fault;
  public readonly found: string;
  public readonly fix: string;
  public readonly status: number | undefined;
  /** @internal */
  public readonly retryAfterSeconds: number | undefined;

  public constructor(
    /** The address that was asked, without credentials. */
    public readonly endpoint: string,
    /** What was asked, where it came so far. */
    public readonly query: string | undefined,
    failure: Failure,
  ) {
    const isNamed = query !== undefined && OF_THE_QUERY.has(failure.fault);
    const asked = isNamed ? ` to the query ${oneLine(query, LONGEST_QUERY)}` : '';
    super(`${endpoint} ${failure.found}${asked}. ${failure.fix}.`);
    this.fault = failure.fault;
    this.found = failure.found;
    this.fix = failure.fix;
    this.status = failure.status;
    this.retryAfterSeconds = failure.retryAfterSeconds;
  }

  /** Whether the same question may get an answer in a moment. */
  public get isTransient(): boolean {
    return TRANSIENT.has(this.fault);
  }
}

/** Thrown when a Prometheus gave no answer. */
export class PrometheusError extends ServerError {
  public override readonly name = 'PrometheusError';
}
