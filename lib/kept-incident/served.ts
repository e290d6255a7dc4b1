import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PrometheusClient, type Answering } from '../prometheus';
import { makeBlocks, OpenMetricsFile, startServer, type Binaries, type Sample } from '../rehearsal';
import type { KeptIncident, KeptSamples } from './kept';
import { KeptAnswers } from './kept-answers';

/** Starts a Prometheus on what was kept, and stops it when that was asked. @throws {RehearsalError} when it does not start */
export async function served<T>(
  kept: KeptIncident,
  binaries: Pick<Binaries, 'prometheus' | 'promtool'>,
  signal: AbortSignal,
  ask: (answers: Answering) => Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-incident-'));
  try {
    const text = path.join(folder, 'series.txt');
    write(text, kept.series);
    makeBlocks(binaries, text, path.join(folder, 'data'));
    const lookback = `--query.lookback-delta=${kept.lookbackSeconds}s`;
    const server = await startServer(binaries, folder, signal, {}, [lookback]);
    try {
      return await ask(new KeptAnswers(kept, new PrometheusClient({ url: server.url })));
    } finally {
      await server.stop();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function write(file: string, series: readonly KeptSamples[]): void {
  const text = new OpenMetricsFile(file);
  for (const { metric, labels, times, values } of series) {
    const samples = times.map((at, index): Sample => [at / 1000, values[index] ?? NaN]);
    text.series(metric, labels, samples);
  }
  text.end();
}
