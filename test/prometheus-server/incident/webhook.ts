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
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** What stands for the tools that wake people, and for those that keep tickets. */
export interface Webhook {
  readonly pages: Notification[];
  readonly tickets: Notification[];
  readonly url: (of: 'pages' | 'tickets') => string;
  readonly stop: () => Promise<void>;
}

/** Listens on the loopback. */
export function startWebhook(): Promise<Webhook> {
  const received = { pages: [] as Notification[], tickets: [] as Notification[] };
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const of = request.url === '/pages' ? received.pages : received.tickets;
      of.push({ ...(JSON.parse(text) as Notification), at: Date.now() });
      response.end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        ...received,
        url: (of) => `http://127.0.0.1:${port}/${of}`,
        stop: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => {
              done();
            });
          }),
      });
    });
  });
}

/** How often what comes late is looked at, in seconds. */
export interface GroupTiming {
  readonly wait: string;
  readonly interval: string;
}

/** The routes that docs/slo.md recommends: what pages is one notification for each application and environment. */
export const alertmanagerConfig = (webhook: Webhook, { wait, interval }: GroupTiming): object => {
  const timing = { group_wait: wait, group_interval: interval, repeat_interval: '4h' };
  const receiver = (of: 'pages' | 'tickets'): object => ({
    name: of,
    webhook_configs: [{ url: webhook.url(of), send_resolved: true }],
  });
  return {
    route: {
      receiver: 'tickets',
      group_by: ['application', 'environment', 'service', 'alertname'],
      ...timing,
      routes: [
        {
          receiver: 'pages',
          matchers: ['severity="page"'],
          group_by: ['application', 'environment'],
        },
      ],
    },
    receivers: [receiver('pages'), receiver('tickets')],
  };
};
