import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { ProjectFolder } from '../../cli/project-folder';
import { EmulatedGraph, scaled, startStage, type Stage } from '../../../lib/rehearsal';
import { rulesOf } from './rendered-rules';
import { binaries, now, recommended, until } from './stage';

/** An hour is a minute. */
const FACTOR = 60;
const APPLICATION = 'online-boutique';
const CAUSE = 'productcatalogservice';
const HISTORY_SECONDS = (6.5 * 3600) / FACTOR;

const rendering = repository().render();
const model = rendering.models.find(({ application }) => application === APPLICATION);
if (!model) throw new Error(`there is no ${APPLICATION}`);

describe('golden-path incident on a real Prometheus', () => {
  let watched: Stage;
  let folder: ProjectFolder;
  const graph = new EmulatedGraph(model, { environment: 'prod', now });
  const incident = (...args: readonly string[]) =>
    folder.call(['incident', ...args, '--prometheus', watched.url]);

  beforeAll(async () => {
    folder = new ProjectFolder();
    for (const [file, text] of rendering.files) {
      if (file.startsWith('model/')) folder.write(`dist/${file}`, text);
    }
    watched = await startStage(binaries(), {
      rules: scaled(rulesOf(rendering, 'prod', APPLICATION), FACTOR),
      history: (file) => {
        graph.writeHistory(file, { seconds: HISTORY_SECONDS, step: 0.5 });
      },
      target: () => graph.start(),
      interval: '500ms',
      routes: recommended('500ms', '5s'),
      now,
      signal: new AbortController().signal,
    });
    await until(
      'samples of every objective',
      async () =>
        (await watched.ask('max by (service, slo) (slo:current_burn_rate:ratio)')).length ===
        model.workloads.flatMap(({ objectives = [] }) => objectives).length,
    );
    await until('the graph', async () => {
      const found = await watched.ask('golden_path:depends_on:info{hops="1"}');
      return found.length >= model.edges.length;
    });
    // Between what was written before and what is scraped there is a gap.
    await sleep(6000);
    await until('fresh samples', async () => {
      const { stdout } = await incident('frontend');
      return !stdout.includes('NO DATA');
    });
    await sleep(2000);
  }, 120_000);

  afterAll(async () => {
    await graph.stop();
    folder.remove();
    await watched.stop();
  });

  it('says that nothing burns, where all is well', async () => {
    const { status, stdout, stderr } = await incident('frontend');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('NOTHING BURNS.');
    expect(stdout).toContain('availability 99.5 %: 0.0x as fast as it may, fine');
    expect(stdout).not.toContain('!!');
  }, 30_000);

  it('names the cause, whom it hurts, and whom to call', async () => {
    graph.inject({ target: CAUSE, fault: { kind: 'answer-failures' } });
    await until(
      'the page of the cause',
      async () =>
        (await watched.ask('ALERTS{alertname="SLOErrorBudgetBurnPage",alertstate="firing"}'))
          .length > 0,
    );
    await sleep(4000);
    const { status, stdout } = await incident(
      'frontend',
      '--alertmanager',
      watched.alertmanagerUrl,
    );
    expect(status).toBe(1);
    expect(stdout).toContain(`IT BURNS. Look at ${CAUSE} first.`);
    expect(stdout).toContain(`  ${CAUSE} (team-boutique): nothing that it depends on explains it`);
    expect(stdout).toMatch(
      /WHO IS HURT BY productcatalogservice\n {2}frontend, PEOPLE REACH IT at shop\.example\.com, calls it, burns \d+x/,
    );
    expect(stdout).toMatch(
      /\d\d:\d\d page: SLOErrorBudgetBurnPage productcatalogservice availability/,
    );
    expect(stdout).toContain(`FIRST COMMANDS, FOR ${CAUSE}`);
    expect(stdout).toContain('team-boutique is paged by pagerduty; talks in #boutique');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(66);
    // Addresses and labels are as long as they are.
    const long = stdout.split('\n').filter((line) => line.length > 80);
    expect(long.filter((line) => !/^ {6}app\.kubernetes|^ {2}https/.test(line))).toEqual([]);
  }, 60_000);

  it('says of the cause itself to look there, and of what has nothing to do with it that it is well', async () => {
    const cause = await incident(CAUSE);
    expect(cause.stdout).toContain('IT BURNS. Look HERE first.');
    const other = await incident('currencyservice');
    expect(other.status).toBe(0);
  }, 30_000);

  it('knows a fault of a backing service, which has no objective', async () => {
    graph.mend();
    graph.inject({ target: 'carts', fault: { kind: 'fail-pods' } });
    await until('the suspect', async () => {
      const found = await watched.ask('golden_path:service:suspect{service="carts"}');
      return found.length > 0;
    });
    const { status, stdout } = await incident('carts');
    expect(status).toBe(1);
    expect(stdout).toContain('IT BURNS. Look HERE first.');
    expect(stdout).toContain('  It cannot be used.');
  }, 60_000);

  it('says loudly that it is asked of another cluster', async () => {
    const { status, stdout } = await incident('frontend', '--environment', 'staging');
    expect(status).toBe(2);
    expect(stdout).toContain('NOT KNOWN whether it burns.');
    expect(stdout.replace(/\n +/g, ' ')).toContain(
      `HAS NO DATA of ${APPLICATION} in staging. It has prod of it.`,
    );
  }, 30_000);
});
