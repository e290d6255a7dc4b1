import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A notification, as Alertmanager sends it. @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export interface Notification {
  /** What an on-call tool takes for one incident. */
  readonly groupKey: string;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly startsAt: string;
  }[];
  /** The name of the receiver in whose place the webhook stands. */
  readonly receiver: string;
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** What stands for the tools that wake people, and for those that keep tickets. */
export interface Webhook {
  readonly received: readonly Notification[];
  readonly url: (receiver: string) => string;
  readonly stop: () => Promise<void>;
}

/** Listens on the loopback. @param now - in milliseconds */
export function startWebhook(now: () => number): Promise<Webhook> {
  const received: Notification[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const receiver = decodeURIComponent((request.url ?? '/').slice(1));
      received.push({ ...(JSON.parse(text) as Notification), receiver, at: now() });
      response.end();
    });
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        received,
        url: (receiver) => `http://127.0.0.1:${port}/${encodeURIComponent(receiver)}`,
        stop: () => closed(server),
      });
    });
  });
}

/** Ends a server, whoever is still connected. */
export const closed = (server: http.Server): Promise<void> =>
  new Promise((done) => {
    server.closeAllConnections();
    server.close(() => {
      done();
    });
  });
