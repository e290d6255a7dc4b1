import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Manifest } from '../../../lib';
import type { Route } from '../../../lib/incident';
import { alertmanagerRoute } from '../../../lib/rehearsal';
import { cacheFolder } from '../../prometheus-server/assets';

/**
 * Where amtool is: `AMTOOL_BIN`, or in the cache.
 * @throws what to run, when it is nowhere: routes that nobody tested are no routes
 */
function findAmtool(): string {
  const given = process.env.AMTOOL_BIN;
  const file = given ?? path.join(cacheFolder(), 'usr', 'bin', 'amtool');
  if (fs.existsSync(file)) return file;
  throw new Error(
    `There is no amtool at ${file}. Run npm run prometheus:assets, which needs apt-get, or let AMTOOL_BIN name one.`,
  );
}

/** A configuration of Alertmanager. JSON is YAML, so it reads it. */
export interface Configuration {
  readonly route: object;
  readonly receivers: readonly object[];
}

/** How the operator treats a configuration that is not called by its name. */
export type Strategy = 'OnNamespace' | 'None';

type Value = unknown;
type Fields = Readonly<Record<string, Value>>;
const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `pagerDutyLinkConfigs` is `links`, `apiURL` is `api_url`. */
const NAMES: Readonly<Record<string, string>> = {
  pagerDutyLinkConfigs: 'links',
  routingKey: 'routing_key',
  apiURL: 'api_url',
  urlSecret: 'url',
  requireTLS: 'require_tls',
  sendResolved: 'send_resolved',
  titleLink: 'title_link',
  authUsername: 'auth_username',
  authPassword: 'auth_password',
  apiKey: 'api_key',
  httpConfig: 'http_config',
  alt: 'text',
};

/** What the operator reads from the Secret. Addresses must look like some. */
const credential = (name: string): string =>
  name.endsWith('url') ? 'https://credential.example.com/' : 'credential';

function translated(value: Value, name = ''): Value {
  if (Array.isArray(value)) {
    const isPairs = ['details', 'headers'].includes(name);
    return isPairs
      ? Object.fromEntries((value as Fields[]).map(({ key, value: each }) => [key, each]))
      : value.map((each) => translated(each));
  }
  if (!isFields(value)) return value;
  const keys = Object.keys(value).sort().join();
  if (keys === 'key,name') return credential(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const written = NAMES[key] ?? key;
      return [written, translated(each, written)];
    }),
  );
}

function receiver({ name, ...configs }: Fields): object {
  const entries = Object.entries(configs).map(([kind, list]) => {
    // Debian's Alertmanager is older than that of Teams: a webhook stands for it, since routes do not care.
    if (kind === 'msteamsv2Configs') {
      return ['webhook_configs', [{ url: 'https://teams.example.com/' }]] as const;
    }
    return [kind.replace('Configs', '_configs'), translated(list)] as const;
  });
  const merged = new Map<string, readonly unknown[]>();
  for (const [kind, list] of entries) {
    merged.set(kind, [...(merged.get(kind) ?? []), ...(list as unknown[])]);
  }
  return { name, ...Object.fromEntries(merged) };
}

/** With the durations as they are. */
const route = (given: Route): object => alertmanagerRoute(given, (text) => text);

const specOf = ({ spec }: Manifest): { route: Route; receivers: readonly Fields[] } =>
  spec as { route: Route; receivers: readonly Fields[] };

/** What the operator makes of the one that `Alertmanager.spec.alertmanagerConfiguration` calls. */
export const fromNamed = (manifest: Manifest): Configuration => ({
  route: route(specOf(manifest).route),
  receivers: specOf(manifest).receivers.map(receiver),
});

/** One that stands in a namespace. */
export interface Placed {
  readonly manifest: Manifest;
  readonly namespace: string;
}

/**
 * What the operator makes of all that it selects: each is a route below one that leads nowhere, goes on to the next, and by `OnNamespace` takes
 * in the alerts of its namespace alone.
 */
export function fromSelected(all: readonly Placed[], strategy: Strategy): Configuration {
  const prefix = ({ manifest, namespace }: Placed): string =>
    `${namespace}/${manifest.metadata.name}`;
  const renamed = (placed: Placed, each: Route): Route => ({
    ...each,
    receiver: `${prefix(placed)}/${each.receiver}`,
    ...(each.routes && { routes: each.routes.map((child) => renamed(placed, child)) }),
  });
  return {
    route: {
      receiver: 'null',
      routes: all.map((placed) => {
        const own = renamed(placed, specOf(placed.manifest).route);
        const matcher = { name: 'namespace', value: placed.namespace, matchType: '=' as const };
        const matchers = [...(own.matchers ?? []), ...(strategy === 'None' ? [] : [matcher])];
        return { ...route({ ...own, matchers }), continue: true };
      }),
    },
    receivers: [
      { name: 'null' },
      ...all.flatMap((placed) =>
        specOf(placed.manifest).receivers.map((each) =>
          receiver({ ...each, name: `${prefix(placed)}/${String(each.name)}` }),
        ),
      ),
    ],
  };
}

/** amtool on one configuration. */
export class Amtool {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-routes-'));
  readonly #file = path.join(this.#folder, 'alertmanager.yml');

  public constructor(configuration: Configuration) {
    fs.writeFileSync(this.#file, JSON.stringify(configuration));
  }

  /** What it has against the configuration; empty when nothing. */
  public check(): string {
    const { status, stdout, stderr } = this.#run(['check-config', this.#file]);
    return status === 0 ? '' : `${stdout}${stderr}`;
  }

  /** The receivers of an alert, in order. */
  public receivers(labels: Readonly<Record<string, string>>): readonly string[] {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const args = ['config', 'routes', 'test', `--config.file=${this.#file}`, ...pairs];
    const { status, stdout, stderr } = this.#run(args);
    if (status !== 0) throw new Error(`amtool: ${stdout}${stderr}`);
    return stdout.trim().split(',');
  }

  public remove(): void {
    fs.rmSync(this.#folder, { recursive: true });
  }

  #run(args: readonly string[]) {
    return spawnSync(findAmtool(), args, {
      encoding: 'utf8',
      env: { ...process.env, HOME: this.#folder },
    });
  }
}

/** An alert as a template sees it. */
export interface Shown {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What Alertmanager makes of a template. */
export function rendered(template: string, alerts: readonly Shown[]): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-text-'));
  try {
    const data = path.join(folder, 'data.json');
    const status = alerts.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved';
    fs.writeFileSync(data, JSON.stringify({ status, alerts, commonLabels: {} }));
    fs.writeFileSync(path.join(folder, 'none.tmpl'), '');
    const {
      status: code,
      stdout,
      stderr,
    } = spawnSync(
      findAmtool(),
      [
        'template',
        'render',
        `--template.glob=${folder}/*.tmpl`,
        `--template.text=${template}`,
        `--template.data=${data}`,
      ],
      { encoding: 'utf8', env: { ...process.env, HOME: folder } },
    );
    if (code !== 0) throw new Error(`amtool: ${stdout}${stderr}`);
    return stdout;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
