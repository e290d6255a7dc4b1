import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findAssets, type Assets } from './assets';
import { writeOutages } from './outages';
import { makeBlocks, startServer, type Server } from '../../lib/rehearsal';
import { DAY, END, writeStore } from './store';

const root = path.join(__dirname, '..', '..');
const interrupted = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted.abort(new Error(signal));
  });
}

/** Runs the suite on a server that holds usage of known shapes. */
async function suite(assets: Assets, args: readonly string[]): Promise<number> {
  const began = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-prometheus-'));
  let server: Server | undefined;
  try {
    const text = path.join(folder, 'store.txt');
    writeStore(text);
    makeBlocks(assets, text, path.join(folder, 'data'));
    writeOutages(text, END - 34 * DAY, END);
    makeBlocks(assets, text, path.join(folder, 'data'));
    interrupted.signal.throwIfAborted();
    server = await startServer(assets, folder, interrupted.signal);
    console.error(`Prometheus: ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    return await jest(server, folder, args);
  } finally {
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function jest({ url }: Server, folder: string, args: readonly string[]): Promise<number> {
  // What the tests leave behind when they are interrupted goes with the server.
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  const program = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(
    process.execPath,
    [program, '--config', 'jest.prometheus.config.js', '--runInBand', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TMPDIR: temporary, GOLDEN_PATH_PROMETHEUS: url },
    },
  );
  interrupted.signal.addEventListener('abort', () => child.kill());
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<number> {
  const found = findAssets();
  if (typeof found === 'string') {
    console.error(found);
    return 2;
  }
  return await suite(found, process.argv.slice(2));
}

void main()
  .catch((error: unknown) => {
    console.error(interrupted.signal.aborted ? 'Interrupted.' : error);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
