import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { startServer, type Server } from '../../../lib/rehearsal';
import { ProjectFolder, type Ran } from '../../cli/project-folder';
import { environment, model, workload } from '../../rightsize/models';
import { makeMeasured } from './kept-series';
import { binaries } from './stage';

let server: Server;
let measured = '';
beforeAll(async () => {
  measured = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-kept-'));
  makeMeasured(binaries(), measured);
  server = await startServer(binaries(), measured, new AbortController().signal);
}, 120_000);
afterAll(async () => {
  await server.stop();
  fs.rmSync(measured, { recursive: true, force: true });
});

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
  const objective = {
    ...{ id: 'shop/orders/availability', slo: 'availability' as const, objective: 99 },
    ...{ budgetMinutes: 432, source: 'own', series: [], detection: [] },
    from: 'declaration' as const,
  };
  const orders = workload('orders', [], { objectives: [objective] });
  write(model('shop', [orders], [environment('prod', {})]));
  rule();
});
afterEach(() => {
  folder.remove();
});

const write = (of: ReturnType<typeof model>): void => {
  folder.write(`dist/model/${of.application}.json`, JSON.stringify(of));
};

const RATIO = 'slo:sli_error:ratio_rate5m';
const ratio = (window: string): string =>
  `sum by (service) (rate(requests_total{code=~"5..",service="orders"}[${window}])) / sum by (service) (rate(requests_total{service="orders"}[${window}]))`;

/** The rules of today: a page at a share of bad requests. */
function rule(
  expression = `${RATIO}{service="orders"} > 0.1`,
  wait = '1m',
  window = '5m',
  top?: string,
): void {
  const labels = { application: 'shop', service: 'orders', severity: 'page' };
  const id = 'shop/orders/availability';
  const rules = [
    { record: RATIO, expr: ratio(window), labels: { slo_id: id } },
    { alert: 'Burn', expr: expression, for: wait, labels },
    ...(top === undefined ? [] : [{ alert: 'Top', expr: top, labels }]),
  ];
  folder.write(
    'dist/prod/shop/signals.k8s.yaml',
    stringify({
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
      ...{ metadata: { name: 'x' }, spec: { groups: [{ name: 'x', interval: '30s', rules }] } },
    }),
  );
}

const TIME = ['--from', '2026-11-10T10:00Z', '--to', '2026-11-10T12:00Z'];

const { prometheus, promtool } = binaries();
const replay = (...more: readonly string[]): Promise<Ran> =>
  folder.call([
    ...['postmortem', 'replay', '--quiet', '--prometheus-bin', prometheus],
    ...['--promtool-bin', promtool, ...more],
  ]);
const onServer = (...more: readonly string[]): Promise<Ran> =>
  replay('orders', '--prometheus', server.url, ...TIME, ...more);
const ofFile = (...more: readonly string[]): Promise<Ran> =>
  replay('--series', 'kept.json', ...more);
const saved = async (): Promise<string> => {
  expect(await onServer('--save', 'kept.json')).toMatchObject({ status: 0 });
  return folder.read('kept.json');
};
const refused = (message: string): object => ({
  ...{ status: 2, stdout: '', stderr: `golden-path: ${message}\n` },
});

describe('golden-path postmortem replay --save', () => {
  it('keeps what the rules read, by which a replay tells the same without that server', async () => {
    const { status, stdout, stderr } = await onServer('--save', 'kept.json');
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: [
        'alert  service  objective  then                 today',
        'Burn   orders   -          2026-11-10 11:00:00  2026-11-10 10:51:00',
        '',
        "Today's rules would have paged 9 min earlier. Times are in UTC, and may be 60 s off.",
        '',
      ].join('\n'),
      stderr: 'kept.json is written: 4 series, 2000 samples, 2 KiB.\n',
    });
    // The end of a series is known less exactly.
    const told = stdout.replace('60 s off', '90 s off');
    expect(await ofFile()).toEqual({ status: 0, stdout: told, stderr: '' });
    const json = await onServer('--json');
    expect(await ofFile('--json')).toEqual(json);
  });

  it('writes the same each time, and no label that no rule reads', async () => {
    const text = await saved();
    expect(await onServer('--save', 'kept.json', '--force')).toMatchObject({ status: 0 });
    expect(folder.read('kept.json')).toBe(text);
    expect(text).not.toContain('hunter2');
    expect(text).toContain(
      '"dropped": [\n    "cluster",\n    "instance",\n    "pod",\n    "token"\n  ]',
    );
    expect(text).toContain('"began": "2026-11-10T10:49:00Z"');
  });

  it('keeps the series of one cluster, which is not asked for again', async () => {
    const of = (cluster: string) =>
      onServer('--save', 'kept.json', '--force', '--selector', `cluster="${cluster}"`);
    const { status, stdout } = await of('eu');
    expect({ status, selectors: folder.read('kept.json').includes('cluster=') }).toEqual({
      ...{ status: 0, selectors: false },
    });
    expect(await ofFile()).toEqual({
      ...{ status: 0, stdout: stdout.replace('60 s off', '90 s off'), stderr: '' },
    });
    expect(await of('us')).toMatchObject({ status: 2 });
  });

  it('writes over no file', async () => {
    folder.write('kept.json', 'mine');
    expect(await onServer('--save', 'kept.json')).toEqual(
      refused(
        "'kept.json' is there already. Give another --save, or --force to lose what is in it.",
      ),
    );
    expect(folder.read('kept.json')).toBe('mine');
  });

  it('warns that nobody has compared it, where there is no Prometheus to replay it', async () => {
    const before = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      const args = ['orders', '--prometheus', server.url, '--quiet', ...TIME];
      const ran = await folder.call(['postmortem', 'replay', ...args, '--save', 'kept.json']);
      expect([ran.status, ran.stderr]).toEqual([
        0,
        expect.stringContaining(
          'warning: there is no prometheus and promtool on PATH, so nobody has replayed the file and compared it with the server.',
        ),
      ]);
    } finally {
      process.env.PATH = before;
    }
    expect(await ofFile()).toMatchObject({ status: 0 });
  });

  it('writes nothing when the rules cannot be judged', async () => {
    rule('nothing > 0');
    expect(await onServer('--save', 'kept.json')).toMatchObject({ status: 2 });
    expect(() => folder.read('kept.json')).toThrow();
  });
});

describe('golden-path postmortem replay --series', () => {
  it('says what later rules do: a page that comes later than then, and not at all', async () => {
    await saved();
    rule(undefined, '15m');
    expect(await ofFile()).toMatchObject({
      ...{ status: 1, stdout: expect.stringContaining('would have paged 5 min later.') },
    });
    rule(`${RATIO}{service="orders"} > 0.9`);
    expect(await ofFile()).toMatchObject({
      ...{ status: 1, stdout: expect.stringContaining('would not have paged at all.') },
    });
  });

  it('asserts how soon a page has to come', async () => {
    await saved();
    const verdict = async (
      ...more: readonly string[]
    ): Promise<readonly [number | null, string]> => {
      const { status, stdout } = await ofFile(...more);
      return [status, stdout.trim().split('\n').at(-1) ?? ''];
    };
    const begin = 'the begin at 2026-11-10 10:49:00';
    expect(await verdict('--pages-within', '5m')).toEqual([
      ...[0, `Today's rules page 2 min after ${begin}: within 5 min.`],
    ]);
    expect(await verdict('--pages-within', '1m')).toEqual([
      ...[1, `Today's rules page 2 min after ${begin}: later than 1 min.`],
    ]);
    expect(await verdict('--pages-within', '5m', '--began', '2026-11-10T10:40Z')).toEqual([
      ...[1, "Today's rules page 11 min after the begin at 2026-11-10 10:40:00: later than 5 min."],
    ]);
    rule(`${RATIO}{service="orders"} > 0.9`);
    expect(await verdict('--pages-within', '5m')).toEqual([
      ...[1, `Today's rules do not page within 5 min of ${begin}, nor later.`],
    ]);
  });

  it('takes no page for one that fired already long before', async () => {
    await saved();
    rule(`${RATIO}{service="orders"} >= 0`);
    const { status, stdout } = await ofFile('--pages-within', '5m', '--json');
    expect({ status, ...(JSON.parse(stdout) as object) }).toMatchObject({
      ...{ status: 1, outcome: 'earlier' },
      paged: { began: '2026-11-10T10:49:00Z', withinSeconds: 300, isInTime: false },
    });
  });

  it('does not judge rules that read what was not kept', async () => {
    await saved();
    rule('sum by (pod) (rate(requests_total{service="orders"}[5m])) > 0');
    expect(await ofFile()).toMatchObject({
      status: 2,
      stdout: expect.stringContaining(
        'not known: cannot be judged by what was kept: it reads the label pod, which was not kept, as no rule read it',
      ),
      stderr: "golden-path: Today's rules cannot be judged on these series.\n",
    });
  });

  it('asks when it began, where the series do not show it', async () => {
    const { status, stderr } = await onServer('--save', 'kept.json', '--from', '2026-11-10T10:55Z');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining(
        'warning: the series do not show when it began, so --pages-within will need --began\n',
      ),
    });
    expect(await ofFile('--pages-within', '5m')).toEqual(
      refused(
        'the series do not show when it began: no objective went beyond its budget after the begin of the time. Give --began, or an earlier --from.',
      ),
    );
    const given = await ofFile('--pages-within', '15m', '--began', '2026-11-10T10:49Z');
    expect(given).toMatchObject({ status: 0 });
  });
});
