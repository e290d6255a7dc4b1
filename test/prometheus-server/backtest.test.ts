import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hook, ProjectFolder, root } from '../cli/project-folder';
import { RangeAsker, replay } from '../../lib/replay';
import { alert, recording } from '../replay/rules';
import { client } from './ask';
import { END } from './store';
import { SHOP } from './outages';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => {
  folder.remove();
});

/** An app whose service is that of the store. */
const promise = async (availability: number): Promise<void> => {
  folder.write(
    'main.ts',
    `import { Application, Capacity, Dns, Environment, Namespaces, Platform, Signals, WebService } from '${root}/lib';
const platform = new Platform({
  environments: [
    new Environment('prod', { network: { dns: Dns.kubeDns() }, namespace: Namespaces.created('${SHOP.namespace}'), capacity: Capacity.asDeclared(), capabilities: ['observability'] }),
  ],
  defaults: { signals: Signals.openTelemetry() },
});
const shop = new Application(platform, 'shop', { owner: 'team-a' });
const good = { image: 'x/y:1', port: 8080, health: '/ready', metrics: {} };
new WebService(shop, '${SHOP.service}', { ...good, slo: { availability: ${availability} } });
new WebService(shop, 'payments', { ...good, slo: { availability: 99 } });
platform.synth();
`,
  );
  folder.write('cdk8s.yaml', `app: node -r ${hook} main.ts\n`);
  const { status, stderr } = await folder.call(['synth', '-q']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
};

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const { status } = spawnSync('git', [...who, ...args], { cwd: folder.path, stdio: 'ignore' });
  expect(status).toBe(0);
}

interface Result {
  readonly pages: unknown;
  readonly alerts: readonly {
    readonly service: string;
    readonly before: Outcome;
    readonly now: Outcome;
  }[];
}
interface Outcome {
  readonly firings: readonly { readonly from: string; readonly to: string }[];
  readonly missing: readonly string[];
}

const backtest = (...args: readonly string[]) =>
  folder.call([
    ...['slo', 'backtest', '--prometheus', client().address, '--until', '2026-11-20'],
    ...['--severity', 'page', '--against', 'HEAD', '-q', ...args],
  ]);

describe('a recording that reads its own past', () => {
  it('is replayed as the server would have recorded it', async () => {
    // The series is there until ten minutes after midnight of the last day but one.
    const began = END - 86_400;
    const seen = `count(vector(1) and on () (vector(time()) < ${began + 600}))`;
    const up = `${seen} >= bool 1 or 0 * max(max_over_time(a:up{s="x"}[1h]))`;
    const rules = [recording('a:up', up, { s: 'x' }), alert('Down', 'a:up{s="x"} == 0', {}, 300)];
    const range = { start: began, end: began + 7200, step: 60 };
    const [down] = await replay(rules, rules.slice(1), new RangeAsker(client(), range));
    expect(down?.fault).toBeUndefined();
    expect(down?.firings.map(({ from, to }) => [from - began, to - began])).toEqual([[900, 4200]]);
  });
});

describe('golden-path slo backtest', () => {
  it('finds the pages that each objective would have sent in 30 days', async () => {
    await promise(99);
    git('init', '-q');
    git('add', 'dist');
    git('commit', '-qm', 'before');
    await promise(99.9);
    const began = Date.now();
    const { status, stdout } = await backtest('--step', '1m', '--json');
    console.info(`backtest of 2 objectives by 2 commits: ${Date.now() - began} ms`);
    expect(status).toBe(0);
    const { pages, alerts } = JSON.parse(stdout) as Result;
    expect(pages).toEqual({ before: 1, now: 2 });
    const [orders, payments] = alerts;
    const times = ({ firings }: Outcome): readonly string[] =>
      firings.map(({ from, to }) => `${from.slice(5, 16)} to ${to.slice(5, 16)}`);
    // 14.4 % of an hour, and until the last five minutes hold none.
    expect(times(orders!.before)).toEqual(['10-31T00:09 to 10-31T00:25']);
    // 1.44 % of an hour; the slower pair goes on until half an hour holds less than 0.6 %.
    expect(times(orders!.now)).toEqual([
      '10-31T00:01 to 10-31T00:50',
      '11-10T00:42 to 11-10T06:22',
    ]);
    const missing = [
      'http_server_request_duration_seconds_count{job="payments"}',
      'kube_deployment_status_replicas_available{deployment="payments"}',
      'kube_deployment_spec_replicas{deployment="payments"}',
    ];
    expect(payments).toMatchObject({
      before: { firings: [], missing },
      now: { firings: [], missing },
    });
  });

  it('compares no pages where one was not measured, and says it in a table', async () => {
    await promise(99);
    git('init', '-q');
    git('add', 'dist');
    git('commit', '-qm', 'before');
    await promise(99.9);
    const { status, stdout } = await backtest('--fail-on-more');
    expect(status).toBe(2);
    expect(stdout.replace(/\([0-9a-f]{7}\)/, '(0000000)')).toBe(
      `severity  service              objective     alert                   HEAD (0000000)  now        change  first
page      shop/orders in prod  availability  SLOErrorBudgetBurnPage  1, 15m          2, 6h 25m  +1      2026-10-31 00:05, 2026-11-10 00:45

From 2026-10-21 00:00 to 2026-11-20 00:00 UTC: pages: 1 before (1 of 2 not measured), 2 now (1 of 2 not measured); tickets: 0 before, 0 now. 0 of 2 alerts did not fire.
not measured: availability of shop/payments in prod: the server has no samples of http_server_request_duration_seconds_count{job="payments"}, kube_deployment_status_replicas_available{deployment="payments"}, kube_deployment_spec_replicas{deployment="payments"} in this time.
`,
    );
  });
});
