import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'yaml';
import { exampleOf, pageOf } from '../../docs/examples';

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

/** How often what comes late is looked at. */
export interface GroupTiming {
  readonly wait: string;
  readonly interval: string;
}

interface Config {
  readonly route: object;
  readonly receivers: readonly { readonly name: string }[];
}

/** What docs/slo.md recommends, which leads to the webhook. */
export function alertmanagerConfig(webhook: Webhook, { wait, interval }: GroupTiming): object {
  const { route, receivers } = parse(
    exampleOf(pageOf('docs/slo.md'), 'alertmanager.yml'),
  ) as Config;
  return {
    route: { ...route, group_wait: wait, group_interval: interval },
    receivers: receivers.map(({ name }) => ({
      name,
      webhook_configs: [{ url: webhook.url(name as 'pages' | 'tickets'), send_resolved: true }],
    })),
  };
}
