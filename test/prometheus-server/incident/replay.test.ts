import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { EmulatedGraph, startStage, type Stage } from '../../../lib/rehearsal';
import { ProjectFolder } from '../../cli/project-folder';
import { rulesOf } from './rendered-rules';
import { binaries, now, recommended, until } from './stage';

const APPLICATION = 'invoices';
const ENVIRONMENT = 'prod';
const OUTAGE_SECONDS = 900;
const PROGRAMS = [
  ...['--prometheus-bin', binaries().prometheus],
  ...['--promtool-bin', binaries().promtool],
];
const rendering = repository().render();
const model = rendering.models.find(({ application }) => application === APPLICATION)!;

/** It asks much, and so do rules that are evaluated often: five seconds leave room for both. As an incident that nobody was told of in time: the rules came a quarter of an hour after it began. */
describe("an incident, held against today's rules", () => {
  let stage: Stage;
  const folder = new ProjectFolder();
  const began = now() / 1000 - OUTAGE_SECONDS;
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
  let ended = '';
  const replay = (...more: readonly string[]) =>
    folder.call([
      ...['postmortem', 'replay', 'invoices/api', '--environment', ENVIRONMENT, '--json'],
      ...['--from', iso(began - 600), '--to', ended, '--prometheus', stage.url],
      ...['--quiet', ...PROGRAMS, ...more],
    ]);

  beforeAll(async () => {
    for (const [file, text] of rendering.files) folder.write(`dist/${file}`, text);
    for (const each of rendering.models) {
      folder.write(`dist/model/${each.application}.json`, JSON.stringify(each));
    }
    const graph = new EmulatedGraph(model, { environment: ENVIRONMENT, now });
    graph.inject({ target: 'api', fault: { kind: 'answer-failures' } });
    stage = await startStage(binaries(), {
      rules: rulesOf(rendering, ENVIRONMENT, APPLICATION).map((group) => ({
        ...group,
        interval: '5s',
      })),
      history: (file) => {
        graph.writeHistory(file, { seconds: 7 * 3600, step: 15, failedFor: OUTAGE_SECONDS });
      },
      interval: '1s',
      routes: recommended('1s', '5s'),
      now,
      signal: new AbortController().signal,
    });
    const firing = 'ALERTS{alertstate="firing",severity="page"}';
    await until('a page', async () => (await stage.ask(firing)).length > 0, 150);
    ended = iso(now() / 1000);
  }, 300_000);

  afterAll(async () => {
    await stage.stop();
    folder.remove();
  });

  it('would have paged minutes earlier, and what is kept of it tells the same', async () => {
    const { status, stdout, stderr } = await replay('--save', 'kept.json');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(
        /^kept\.json is written: \d+ series, \d+ samples, \d+ KiB\.\n$/,
      ),
    });
    console.error(stderr.trim(), `${gzipSync(folder.read('kept.json')).length} B by gzip`);
    const { outcome, then, now: today } = JSON.parse(stdout) as Record<string, string>;
    expect(outcome).toBe('earlier');
    const after = (text = ''): number => Date.parse(text) / 1000 - began;
    console.error(
      `Replay: today's rules page ${after(today).toFixed(0)} s after the begin, those of then ${after(then).toFixed(0)} s after it`,
    );
    // 52 s until enough has burnt, the wait of the rule, and half a minute between two looks.
    expect(after(today)).toBeGreaterThan(30);
    expect(after(today)).toBeLessThan(180);
    expect(after(then)).toBeGreaterThan(OUTAGE_SECONDS);
  }, 300_000);
});
