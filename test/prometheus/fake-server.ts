import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { PrometheusClient, type PrometheusOptions } from '../../lib/prometheus';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly form: Readonly<Record<string, string>>;
}

export type Answer = (response: http.ServerResponse, seen: Seen) => void;

/** A server of the loopback that gives its answers one after the other; the last one again and again. */
export class FakeServer {
  public readonly seen: Seen[] = [];
  readonly #server: http.Server;

  private constructor(answers: readonly Answer[], tls?: https.ServerOptions) {
    const listener: http.RequestListener = (request, response) => {
      void bodyOf(request).then((body) => {
        const seen = {
          method: request.method,
          path: request.url,
          headers: request.headers,
          form: Object.fromEntries(new URLSearchParams(body)),
        };
        this.seen.push(seen);
        const answer = answers[Math.min(this.seen.length, answers.length) - 1]!;
        answer(response, seen);
      });
    };
    this.#server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  }

  public static async start(
    answers: readonly Answer[],
    tls?: https.ServerOptions,
  ): Promise<FakeServer> {
    const fake = new FakeServer(answers, tls);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  public get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** Runs a test against a server that gives these answers. */
export async function withServer<T>(
  answers: readonly Answer[],
  run: (client: PrometheusClient, server: FakeServer) => Promise<T>,
  options: Partial<PrometheusOptions> = {},
): Promise<T> {
  const server = await FakeServer.start(answers);
  try {
    const client = new PrometheusClient({
      url: server.url,
      retries: { attempts: 3, firstPauseSeconds: 0.001, longestPauseSeconds: 0.01 },
      ...options,
    });
    return await run(client, server);
  } finally {
    await server.stop();
  }
}

export const says =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export const success = (data: unknown, more: object = {}): Answer =>
  says(200, { status: 'success', data, ...more });

/** One row with the value 1. */
export const ONE = success({
  resultType: 'vector',
  result: [{ metric: { pod: 'a' }, value: [10, '1'] }],
});
export const ROWS = [{ labels: { pod: 'a' }, points: [{ at: 10, value: 1 }] }];

/** What a question is refused with, where the port of the server stands as PORT. */
export async function refusal(asked: Promise<unknown>, port: number): Promise<string> {
  try {
    await asked;
  } catch (error) {
    return String(error).replaceAll(String(port), 'PORT');
  }
  throw new Error('it was answered');
}
