import {
  exchange,
  isFailure,
  limited,
  patiently,
  resolveEndpoint,
  shownAddress,
  type AskOptions,
  type Endpoint,
  type Failure,
  type Reply,
} from '../prometheus';
import { AlertmanagerError } from './error';
import { ALERTMANAGER, type AlertmanagerOptions } from './options';
import { readList, readStatus, tryAlert, trySilence } from './read';
import type { AlertmanagerStatus, ReceivedAlert, Silence } from './shapes';

/** Which alerts are asked for. */
export interface AlertFilter {
  /** Those that somebody is told of. @default true */
  readonly active?: boolean;
  /** @default true - who looks at an incident wants to know what is kept quiet */
  readonly silenced?: boolean;
  /** @default true - the same */
  readonly inhibited?: boolean;
  /** Conditions on labels, such as `application="shop"`; all have to hold. */
  readonly matchers?: readonly string[];
}

/** Asks an Alertmanager, or what speaks its API. What may be gone in a moment is asked again. */
export class AlertmanagerClient {
  readonly #endpoint: Endpoint;
  readonly #turn: ReturnType<typeof limited>;

  /** @throws {AlertmanagerError} when the address is none */
  public constructor(options: AlertmanagerOptions) {
    const endpoint = resolveEndpoint(options, ALERTMANAGER);
    if (isFailure(endpoint)) {
      throw new AlertmanagerError(shownAddress(options.url), undefined, endpoint);
    }
    this.#endpoint = endpoint;
    this.#turn = limited(endpoint.concurrency);
  }

  /** The address without credentials, as messages name it. */
  public get address(): string {
    return this.#endpoint.address;
  }

  /** The alerts that fire now. @throws {AlertmanagerError} */
  public alerts(
    filter: AlertFilter = {},
    options: AskOptions = {},
  ): Promise<readonly ReceivedAlert[]> {
    const { active = true, silenced = true, inhibited = true, matchers = [] } = filter;
    const parameters = new URLSearchParams({
      active: String(active),
      silenced: String(silenced),
      inhibited: String(inhibited),
    });
    for (const matcher of matchers) parameters.append('filter', matcher);
    const read = (reply: Reply): readonly ReceivedAlert[] | Failure => readList(reply, tryAlert);
    return this.#ask('/api/v2/alerts', parameters, read, options);
  }

  /** All silences that it still knows, expired ones too: it forgets them after its retention, 120 hours unless told otherwise. @throws {AlertmanagerError} */
  public silences(options: AskOptions = {}): Promise<readonly Silence[]> {
    const read = (reply: Reply): readonly Silence[] | Failure => readList(reply, trySilence);
    return this.#ask('/api/v2/silences', new URLSearchParams(), read, options);
  }

  /** @throws {AlertmanagerError} */
  public status(options: AskOptions = {}): Promise<AlertmanagerStatus> {
    return this.#ask('/api/v2/status', new URLSearchParams(), readStatus, options);
  }

  #ask<Answer extends object>(
    path: string,
    parameters: URLSearchParams,
    read: (reply: Reply) => Answer | Failure,
    { signal }: AskOptions,
  ): Promise<Answer> {
    const once = async (): Promise<Answer | Failure> => {
      const reply = await exchange(this.#endpoint, { method: 'GET', path, parameters }, signal);
      return isFailure(reply) ? reply : read(reply);
    };
    const errorOf = (failure: Failure): AlertmanagerError =>
      new AlertmanagerError(this.address + path, undefined, failure);
    return this.#turn(() => patiently(this.#endpoint, once, errorOf, signal));
  }
}
