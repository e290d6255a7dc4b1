/**
 * Measures what `golden-path rightsize` asks of a real Prometheus on this machine, and prints a table in Markdown.
 *
 *     npm run bench:rightsize -- [--containers 1000] [--scrape 300] [--rounds 3]
 *
 * The store is generated once, beside the binaries of `npm run prometheus:assets`: some minutes and, on the way, 9 GB of disk for 1,000
 * containers scraped each 300 s. The server is started anew for each round.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findAssets, type Assets } from '../test/prometheus-server/assets';
import { startServer } from '../lib/rehearsal';
import { DAYS, END } from '../test/prometheus-server/store';
import type { RightsizeReport } from './children/rightsize';
import { compile } from './compile';
import { median, runScript } from './measure';
import { NAMESPACE, storeOf, workloadsOf } from './rightsize-store';

const root = resolve(__dirname, '..');
const say = (text: string): void => void process.stderr.write(text);
const interrupted = new AbortController();

/** One round, with what the server needed for it. */
interface Round extends RightsizeReport {
  readonly serverMegabytes: number;
  readonly serverCpuSeconds: number;
  readonly load: number;
}

async function round(assets: Assets, scratch: string, store: string, containers: number) {
  const folder = mkdtempSync(join(scratch, 'server-'));
  // The kept store stays as it is.
  cpSync(join(store, 'data'), join(folder, 'data'), { recursive: true });
  const server = await startServer(assets, folder, interrupted.signal);
  try {
    const load = loadavg()[0] ?? 0;
    const day = new Date(END * 1000).toISOString().slice(0, 10);
    const given = [NAMESPACE, day, String(DAYS), workloadsOf(containers).join(',')];
    const text = runScript(scratch, 'rightsize', [server.url, ...given]);
    const report = JSON.parse(text) as RightsizeReport;
    return { ...report, ...needsOf(server.pid), load } satisfies Round;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What Linux says of a process: its largest memory and its processor time. Elsewhere nothing. */
function needsOf(pid: number): Pick<Round, 'serverMegabytes' | 'serverCpuSeconds'> {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { serverMegabytes: Number(peak) / 1024, serverCpuSeconds: ticks / 100 };
  } catch {
    return { serverMegabytes: NaN, serverCpuSeconds: NaN };
  }
}

function table(rounds: readonly Round[]): string {
  const of = (pick: (one: Round) => number): number => median(rounds.map(pick));
  const [first] = rounds;
  const lines = [
    ['pods, of which half run at a time', first?.containers ?? 0],
    ['days of pods', first?.podDays ?? 0],
    ['seconds between scrapes', first?.scrapeSeconds ?? 0],
    ['collect, s', of((one) => one.collectSeconds).toFixed(1)],
    ['verify twice, s', of((one) => one.verifySeconds).toFixed(1)],
    ['together, s', of((one) => one.collectSeconds + one.verifySeconds).toFixed(1)],
    ["the server's processor time, s", of((one) => one.serverCpuSeconds).toFixed(1)],
    ['client, MB at most', of((one) => one.maxRssMegabytes).toFixed(0)],
    ['server, MB at most', of((one) => one.serverMegabytes).toFixed(0)],
    ['load of the machine before', rounds.map(({ load }) => load.toFixed(1)).join(', ')],
  ];
  const processors = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  const rows = lines.map(([name, value]) => `| ${name} | ${value} |`);
  return [`| ${processors} | median of ${rounds.length} |`, '|---|---|', ...rows, ''].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      containers: { type: 'string', default: '1000' },
      scrape: { type: 'string', default: '300' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const assets = findAssets();
  if (typeof assets === 'string') throw new Error(assets);
  const containers = Number(values.containers);
  say('the store, which is generated in some minutes where it is not there yet ...\n');
  const store = storeOf(assets, containers, Number(values.scrape));
  mkdirSync(join(root, '.cache'), { recursive: true });
  const scratch = mkdtempSync(join(root, '.cache', 'bench-'));
  try {
    compile(scratch);
    const rounds: Round[] = [];
    for (let count = 1; count <= Number(values.rounds); count++) {
      interrupted.signal.throwIfAborted();
      say(`round ${count}/${values.rounds} ...`);
      const one = await round(assets, scratch, store, containers);
      say(` ${(one.collectSeconds + one.verifySeconds).toFixed(1)} s\n`);
      rounds.push(one);
    }
    process.stdout.write(table(rounds));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

process.on('SIGINT', () => {
  interrupted.abort(new Error('Interrupted.'));
});
main().catch((error: unknown) => {
  say(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
