import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RuleGroup } from '../observability';
import { PrometheusClient } from '../prometheus';
import type { Binaries } from './binaries';
import { OpenMetricsFile } from './open-metrics';
import type { AlertmanagerConfiguration } from './routes';
import { makeBlocks, startAlertmanager, startServer, type Server } from './server';
import { startWebhook, type Webhook } from './webhook';

/** What is watched, and how often. */
export interface Watched {
  readonly rules: readonly RuleGroup[];
  /** Writes what is already known. */
  readonly history: (file: OpenMetricsFile) => void;
  /** Where further samples come from. @default nowhere */
  readonly target?: () => Promise<string>;
  /** How often it is asked, as `500ms`. */
  readonly interval: string;
  /** The configuration of Alertmanager, by the addresses of the receivers. */
  readonly routes: (address: (receiver: string) => string) => AlertmanagerConfiguration;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** A Prometheus with its Alertmanager, and what they tell. */
export interface Stage {
  readonly client: PrometheusClient;
  readonly url: string;
  readonly alertmanagerUrl: string;
  readonly webhook: Webhook;
  /** The labels of what an expression finds now. */
  readonly ask: (expression: string) => Promise<readonly Readonly<Record<string, string>>[]>;
  /** How many evaluations of rules were left out, since the machine was too slow. */
  readonly missed: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts a Prometheus and an Alertmanager with these rules, on the loopback and in a temporary folder. @throws {RehearsalError} */
export async function startStage(binaries: Binaries, watched: Watched): Promise<Stage> {
  const { now, signal } = watched;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-rehearsal-'));
  const webhook = await startWebhook(now);
  const servers: Server[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([webhook.stop(), ...servers.map((server) => server.stop())]);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const routes = watched.routes(webhook.url);
    const alertmanager = await startAlertmanager(binaries, folder, signal, routes);
    servers.push(alertmanager);
    const prometheus = await startPrometheus(binaries, folder, watched, alertmanager);
    servers.push(prometheus);
    const client = new PrometheusClient({ url: prometheus.url });
    return {
      ...{ client, webhook, stop, url: prometheus.url, alertmanagerUrl: alertmanager.url },
      ask: async (expression) =>
        (await client.query(expression, now() / 1000)).map(({ labels }) => labels),
      missed: () => missedBy(prometheus),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startPrometheus(
  binaries: Binaries,
  folder: string,
  { rules, history, target, interval, signal }: Watched,
  alertmanager: Server,
): Promise<Server> {
  fs.writeFileSync(path.join(folder, 'rules.json'), JSON.stringify({ groups: rules }));
  const text = path.join(folder, 'history.txt');
  const file = new OpenMetricsFile(text);
  history(file);
  file.end();
  makeBlocks(binaries, text, path.join(folder, 'data'));
  const address = await target?.();
  return await startServer(binaries, folder, signal, {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: ['rules.json'],
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }],
    },
    scrape_configs:
      address === undefined
        ? []
        : [
            {
              ...{ job_name: JOB, honor_labels: true, metric_relabel_configs: AS_IN_HISTORY },
              static_configs: [{ targets: [address] }],
            },
          ],
  });
}

const JOB = 'emulated';
/** What is scraped goes on the series of the history: else these would stand beside them for as long as Prometheus looks back. */
const AS_IN_HISTORY: readonly object[] = [
  { source_labels: ['job'], regex: JOB, target_label: 'job', replacement: '' },
  { action: 'labeldrop', regex: 'instance' },
];

const MISSED = /^prometheus_rule_group_iterations_missed_total\{.*\} (\S+)$/gm;

async function missedBy({ url }: Server): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(MISSED)].reduce((sum, [, count]) => sum + Number(count), 0);
}
