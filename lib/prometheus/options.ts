import * as http from 'node:http';
import * as https from 'node:https';
import { describe } from '../foundation';
import type { Api } from './api';
import type { Failure } from './error';

/** How the client says who it is. */
export type Authorization =
  { readonly bearer: string } | { readonly username: string; readonly password: string };

/** What differs from the trust that Node.js comes with. Everything is text in PEM form. */
export interface TlsOptions {
  /** The certificates of the authorities that are trusted, in place of the well-known ones. */
  readonly ca?: string;
  /** A certificate of the client and its key, where the server wants one. */
  readonly cert?: string;
  readonly key?: string;
  /** The name in the server's certificate, where it is not the one in the address: through a port-forward, for example. */
  readonly serverName?: string;
}

/** When the same question is asked again. */
export interface RetryOptions {
  /** How often at most, the first time counted. @default 4 */
  readonly attempts?: number;
  /** The pause before the second attempt; each further one is twice as long. @default 0.5 */
  readonly firstPauseSeconds?: number;
  /** The longest pause, whatever the server asks for. @default 30 */
  readonly longestPauseSeconds?: number;
}

/** A server that speaks the HTTP API of Prometheus: Thanos, Mimir and VictoriaMetrics do too. */
export interface PrometheusOptions {
  /** Its address, with the path before `/api/v1` where there is one: `https://mimir.example.com/prometheus`. */
  readonly url: string;
  readonly authorization?: Authorization;
  /** Further headers, such as `X-Scope-OrgID` of Mimir or `THANOS-TENANT`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: TlsOptions;
  /** How long one question may take. The server is told. @default 120 - as long as Prometheus itself lets one take */
  readonly timeoutSeconds?: number;
  readonly retries?: RetryOptions;
  /** The largest answer that is read, in bytes after decompression. @default 256 MiB */
  readonly maxBytes?: number;
  /** How many questions are open at a time. @default 2 - they are long, and others ask too */
  readonly concurrency?: number;
}

/** Options with their defaults, and the address without credentials. */
export interface Endpoint {
  /** Without credentials and without a slash at its end: what messages show. */
  readonly address: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent;
  readonly timeoutSeconds: number;
  readonly retries: Required<RetryOptions>;
  readonly maxBytes: number;
  readonly concurrency: number;
}

const MEBIBYTE = 2 ** 20;

/** Options with their defaults, or why the address is none. */
export function resolveEndpoint(options: PrometheusOptions, api: Api): Endpoint | Failure {
  const given = tryUrl(options.url);
  if (!given) return noAddress(api);
  const url = new URL(given);
  url.username = '';
  url.password = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/api\/v[12]$/, '');
  const { attempts, firstPauseSeconds, longestPauseSeconds } = options.retries ?? {};
  return {
    address: url.origin + url.pathname.replace(/\/+$/, ''),
    url,
    headers: { ...options.headers, ...authorization(options, given) },
    agent: agentOf(url, options.tls),
    timeoutSeconds: options.timeoutSeconds ?? 120,
    retries: {
      attempts: attempts ?? 4,
      firstPauseSeconds: firstPauseSeconds ?? 0.5,
      longestPauseSeconds: longestPauseSeconds ?? 30,
    },
    maxBytes: options.maxBytes ?? 256 * MEBIBYTE,
    concurrency: options.concurrency ?? 2,
  };
}

function tryUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined;
}

/** An address as messages show it: something may stand in it that must not be shown. */
export const shownAddress = (text: string): string => describe(text.replace(/\/\/.*@/, '//…@'));

const noAddress = ({ name, example }: Api): Failure => ({
  fault: 'options',
  found: `is no address of ${name === 'Prometheus' ? 'a' : 'an'} ${name}`,
  fix: `Give one that begins with http:// or https://, such as ${example}`,
});

/** Credentials in the address are those of the options, where these name none. */
function authorization(
  { authorization: given }: PrometheusOptions,
  { username, password }: URL,
): Readonly<Record<string, string>> {
  if (given === undefined && username === '' && password === '') return {};
  const known = given ?? {
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  if ('bearer' in known) return { Authorization: `Bearer ${known.bearer.trim()}` };
  const pair = Buffer.from(`${known.username}:${known.password}`).toString('base64');
  return { Authorization: `Basic ${pair}` };
}

/** Connections are kept for the next question; idle ones keep no process alive. */
function agentOf(url: URL, tls: TlsOptions = {}): http.Agent {
  if (url.protocol === 'http:') return new http.Agent({ keepAlive: true });
  const { ca, cert, key, serverName } = tls;
  return new https.Agent({
    keepAlive: true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
  });
}
