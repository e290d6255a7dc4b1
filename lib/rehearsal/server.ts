import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../foundation';
import type { Binaries } from './binaries';
import { end, hasEnded } from './child-process';
import { RehearsalError } from './error';

const HOST = '127.0.0.1';
const START_SECONDS = 120;

/** A running Prometheus or Alertmanager. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Makes blocks of a text in the OpenMetrics format. Blocks of weeks: promtool reads the text once for each. @throws what promtool says */
export function makeBlocks(
  { promtool }: Pick<Binaries, 'promtool'>,
  text: string,
  folder: string,
): void {
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=486h'];
  const { status, stderr, error } = spawnSync(promtool, [...args, '--quiet', text, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const said = error === undefined ? stderr.trimEnd().slice(-2000) : reasonOf(error);
  throw new RehearsalError(
    `promtool made no blocks: ${said === '' ? `it ended with exit code ${status ?? '-'} and said nothing` : said}`,
    { program: { name: 'promtool', file: promtool } },
  );
}

/**
 * Starts a Prometheus on what a folder holds, on a free port of the loopback.
 * @param config - as JSON, which is YAML too
 * @param flags - further ones
 * @throws when it is not ready in time, or the signal comes before
 */
export function startServer(
  binaries: Pick<Binaries, 'prometheus'>,
  folder: string,
  signal: AbortSignal,
  config: object = {},
  flags: readonly string[] = [],
): Promise<Server> {
  return start('Prometheus', binaries.prometheus, { folder, signal, config }, [
    `--storage.tsdb.path=${path.join(folder, 'data')}`,
    // Else it drops the blocks as too old.
    '--storage.tsdb.retention.time=50y',
    // What was sent before it knew where to is sent again at once.
    '--rules.alert.resend-delay=1s',
    ...flags,
  ]);
}

/** Starts an Alertmanager in the same way. */
export const startAlertmanager = (
  binaries: Binaries,
  folder: string,
  signal: AbortSignal,
  config: object,
): Promise<Server> =>
  start(
    'Alertmanager',
    binaries.alertmanager,
    { folder, signal, config, cwd: rootOf(binaries, folder) },
    [
      `--storage.path=${path.join(folder, 'alerts')}`,
      // Alone, and without a port for others.
      '--cluster.listen-address=',
    ],
  );

/** An Alertmanager of an unpacked package looks for its templates from where that is. */
function rootOf({ alertmanager }: Binaries, folder: string): string {
  const root = path.resolve(path.dirname(alertmanager), '..', '..');
  return fs.existsSync(path.join(root, 'usr', 'share', 'prometheus', 'alertmanager'))
    ? root
    : folder;
}

interface Place {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly config: object;
  /** @default the folder */
  readonly cwd?: string;
}

async function start(
  name: string,
  program: string,
  { folder, signal, config, cwd = folder }: Place,
  more: readonly string[],
): Promise<Server> {
  const file = path.join(folder, `${name.toLowerCase()}.json`);
  const log = path.join(folder, `${name.toLowerCase()}.log`);
  fs.writeFileSync(file, JSON.stringify(config));
  const port = await freePort();
  const out = fs.openSync(log, 'w');
  const args = [`--config.file=${file}`, `--web.listen-address=${HOST}:${port}`, ...more];
  const child = spawn(program, args, { cwd, stdio: ['ignore', out, out] });
  fs.closeSync(out);
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const server = { url: `http://${HOST}:${port}`, pid: child.pid ?? 0, stop: () => end(child) };
  try {
    await Promise.race([ready(server.url, child, signal), failed]);
    return server;
  } catch (error) {
    await server.stop();
    signal.throwIfAborted();
    throw new RehearsalError(`${name} did not start: ${whyOf(error)}${lastOf(log)}`, {
      cause: error,
      program: { name: name === 'Prometheus' ? 'prometheus' : 'alertmanager', file: program },
    });
  }
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a server said last, of which its errors alone, where it calls some so. */
function lastOf(log: string): string {
  const lines = fs.readFileSync(log, 'utf8').trimEnd().split('\n');
  const errors = lines.filter((line) => /\blevel=error\b/i.test(line));
  const last = (errors.length > 0 ? errors : lines).slice(-8).join('\n');
  return last === '' ? ', and said nothing' : `:\n${last}`;
}

async function ready(url: string, child: ChildProcess, signal: AbortSignal): Promise<void> {
  const most = START_SECONDS * 10;
  for (let tried = 0; ; tried++) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new RehearsalError(endText(child));
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (tried > most) throw new RehearsalError(`it was not ready after ${START_SECONDS} s`);
    await sleep(100);
  }
}

const endText = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode === null ? `it ended with exit code ${exitCode ?? '-'}` : `it ended by ${signalCode}`;

function freePort(): Promise<number> {
  const server = net.createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, HOST, () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
