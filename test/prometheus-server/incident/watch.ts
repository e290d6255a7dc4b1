import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleGroup } from '../../../lib/observability';
import { findAssets } from '../assets';
import { OpenMetricsFile } from '../open-metrics';
import { makeBlocks, startAlertmanager, startServer, type Server } from '../server';
import { alertmanagerConfig, startWebhook, type GroupTiming, type Webhook } from './webhook';

/** What is watched, and how often. */
export interface Watched {
  readonly rules: readonly RuleGroup[];
  /** Writes what is already known. */
  readonly history: (file: OpenMetricsFile) => void;
  /** Where further samples come from. @default nowhere */
  readonly target?: () => Promise<string>;
  /** How often it is asked, as `500ms`. */
  readonly interval: string;
  readonly group: GroupTiming;
}

/** A Prometheus with its Alertmanager, and what they tell. */
export interface Watch {
  readonly webhook: Webhook;
  /** Where the Prometheus is, and the Alertmanager. */
  readonly url: string;
  readonly alertmanager: string;
  readonly ask: (expression: string) => Promise<readonly Readonly<Record<string, string>>[]>;
  readonly stop: () => Promise<void>;
}

/** Starts a Prometheus and an Alertmanager with these rules. @throws what is missing, or what did not start */
export async function watch(watched: Watched): Promise<Watch> {
  const assets = findAssets();
  if (typeof assets === 'string') throw new Error(assets);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-incident-'));
  const webhook = await startWebhook();
  const servers: Server[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([webhook.stop(), ...servers.map((server) => server.stop())]);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const { signal } = new AbortController();
  try {
    const config = alertmanagerConfig(webhook, watched.group);
    const alertmanager = await startAlertmanager(assets, folder, signal, config);
    servers.push(alertmanager);
    fs.writeFileSync(path.join(folder, 'rules.json'), JSON.stringify({ groups: watched.rules }));
    const text = path.join(folder, 'history.txt');
    const file = new OpenMetricsFile(text);
    watched.history(file);
    file.end();
    makeBlocks(assets, text, path.join(folder, 'data'));
    const target = await watched.target?.();
    const { interval } = watched;
    const server = await startServer(assets, folder, signal, {
      global: {
        scrape_interval: interval,
        scrape_timeout: interval,
        evaluation_interval: interval,
      },
      rule_files: ['rules.json'],
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }],
      },
      scrape_configs:
        target === undefined
          ? []
          : [{ job_name: 'emulated', honor_labels: true, static_configs: [{ targets: [target] }] }],
    });
    servers.push(server);
    return {
      ...{ webhook, stop, url: server.url, alertmanager: alertmanager.url },
      ask: (expression) => ask(server, expression),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The labels of what an expression finds. */
async function ask({ url }: Server, expression: string) {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { data } = (await answer.json()) as {
    readonly data: { readonly result: readonly { readonly metric: Record<string, string> }[] };
  };
  return data.result.map(({ metric }) => metric);
}

/** Waits until something is so. @throws after a while, with what it waited for */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const last = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > last) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(50);
  }
}
