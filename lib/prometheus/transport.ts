import * as http from 'node:http';
import * as https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { describe } from '../foundation';
import type { Failure } from './error';
import type { Endpoint } from './options';

/** What came back, whatever it is. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What is asked for. */
export interface Request {
  readonly method: 'GET' | 'POST';
  /** Below the address. */
  readonly path: string;
  /** The form that is posted, or what is added to the address. */
  readonly parameters: URLSearchParams;
}

/** One request, answered or not. It follows no redirect: credentials are for the address that was given. */
export async function exchange(
  endpoint: Endpoint,
  request: Request,
  signal: AbortSignal | undefined,
): Promise<Reply | Failure> {
  const waiting = new AbortController();
  const leave = (): void => {
    waiting.abort();
  };
  const timer = setTimeout(() => {
    waiting.abort(LATE);
  }, endpoint.timeoutSeconds * 1000);
  signal?.addEventListener('abort', leave);
  try {
    if (signal?.aborted) return ABORTED;
    const response = await sent(endpoint, request, waiting.signal);
    const body = await read(response, endpoint.maxBytes);
    if (body === undefined) return tooLarge(endpoint.maxBytes);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if (signal?.aborted) return ABORTED;
    return waiting.signal.reason === LATE ? tooSlow(endpoint.timeoutSeconds) : broken(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

const LATE = 'late';
const ABORTED: Failure = { fault: 'aborted', found: 'was not waited for', fix: 'Run again' };

function sent(
  { url, headers, agent }: Endpoint,
  { method, path, parameters }: Request,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const target = new URL(url);
  target.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  const text = parameters.toString();
  const isForm = method === 'POST';
  if (!isForm && text !== '')
    target.search = target.search === '' ? text : `${target.search}&${text}`;
  const { request } = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const options = {
      ...{ method, agent, signal },
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        ...(isForm && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(text),
        }),
        'User-Agent': 'cdk8s-golden-path',
        ...headers,
      },
    };
    const asked = request(target, options, resolve).on('error', reject);
    asked.end(isForm ? text : undefined);
  });
}

/** The text of an answer; undefined when there is more of it than is allowed, of which no more is read. */
async function read(response: http.IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const keep = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      bytes += chunk.length;
      // Which ends the connection.
      if (bytes > maxBytes) return;
      chunks.push(chunk);
    }
  };
  try {
    if (response.headers['content-encoding'] === 'gzip') {
      await pipeline(response, createGunzip(), keep);
    } else {
      await pipeline(response, keep);
    }
  } catch (error) {
    if (bytes <= maxBytes) throw error;
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

const tooLarge = (maxBytes: number): Failure => ({
  fault: 'too-large',
  found: `answered with more than ${maxBytes} bytes`,
  fix: 'Ask for fewer days or fewer workloads, or allow more',
});

const tooSlow = (seconds: number): Failure => ({
  fault: 'timeout',
  found: `gave no answer within ${seconds} s`,
  fix: 'Ask for fewer days, or give it more time',
});

/** What Node.js says of a connection that failed. Told by its form, since tools that run tests have an `Error` of their own. */
interface NodeFault {
  readonly code?: string;
  readonly message?: string;
  /** One for each address that was tried. */
  readonly errors?: readonly NodeFault[];
}

/** Why a connection did not come about or broke. */
function broken(error: unknown): Failure {
  const thrown: NodeFault = typeof error === 'object' && error !== null ? error : {};
  const { code = 'no code', message } = thrown.errors?.[0] ?? thrown;
  const reason = describe(message ?? error);
  if (code === 'ENOTFOUND' || code === 'ERR_INVALID_CHAR') {
    return { fault: 'options', found: `cannot be asked: ${reason}`, fix: 'Check the address' };
  }
  if (/wrong.version.number/i.test(`${code} ${message ?? ''}`)) {
    return {
      fault: 'options',
      found: 'answers without TLS',
      fix: 'Begin the address with http://, or give the port on which it speaks TLS',
    };
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO|ERR_(TLS|SSL|OSSL)/.test(code)) {
    return {
      fault: 'tls',
      found: `does not get through TLS (${code}): ${reason}`,
      fix: "Give the authority's certificate (ca), the name in the certificate (server name), and a client certificate where one is wanted",
    };
  }
  return {
    fault: 'connection',
    found: `broke the connection or took none (${code}): ${reason}`,
    fix: 'Check that the server runs and can be reached from here, by kubectl port-forward for example',
  };
}
