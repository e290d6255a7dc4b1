import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { environment, model, workload } from '../rightsize/models';
import { FakeServer, says, success, type Answer } from '../prometheus/fake-server';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => {
  folder.remove();
});

/** A PrometheusRule as a synthesis writes it. */
const rules = (...all: readonly object[]): string =>
  stringify({
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
    metadata: { name: 'x' },
    spec: { groups: [{ name: 'x', interval: '30s', rules: all }] },
  });

const info = (name: string): string =>
  rules({
    record: 'golden_path:namespace:info',
    expr: 'vector(1)',
    labels: { application: 'shop', environment: name, namespace: `shop-${name}` },
  });
const labels = { application: 'shop', service: 'orders', slo: 'availability' };
const page = (limit: number) => ({
  alert: 'Burn',
  expr: `ratio * on (namespace) group_left (environment) golden_path:namespace:info > ${limit}`,
  labels: { ...labels, severity: 'page' },
});
const ticket = {
  alert: 'Late',
  expr: 'late > 0',
  for: '10m',
  labels: { application: 'shop', service: 'orders', severity: 'ticket' },
};

/** Environments that share a Prometheus, in the last of which the rules stand. */
function synthesize(...all: readonly object[]): void {
  const shared = { signals: 'one', namespace: 'shop' };
  const environments = ['dev', 'prod'].map((name) => environment(name, {}, shared));
  const shop = model('shop', [workload('orders', [])], environments);
  folder.write('dist/model/shop.json', JSON.stringify(shop));
  for (const name of ['dev', 'prod']) {
    folder.write(`dist/${name}/shop/environment.k8s.yaml`, info(name));
  }
  folder.write('dist/prod/shop/signals.k8s.yaml', rules(...all));
}

function commit(): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const git = (...args: readonly string[]) =>
    spawnSync('git', [...who, ...args], { cwd: folder.path, encoding: 'utf8' });
  git('init', '-q');
  git('add', 'dist');
  git('commit', '-qm', 'before');
  return git('rev-parse', '--short=7', 'HEAD').stdout.trim();
}

const MIDNIGHT = Date.UTC(2026, 10, 20) / 1000;
/** In one question, the values of expressions that hold a text, by hours before the end. */
const measured =
  (byText: Readonly<Record<string, readonly number[]>>): Answer =>
  (response, seen) => {
    const { query = '', start, end } = seen.form;
    const [, hours = []] = Object.entries(byText).find(([text]) => query.includes(text)) ?? [];
    const values = hours
      .map((hour) => MIDNIGHT - hour * 3600)
      .filter((at) => at >= Number(start) && at <= Number(end))
      .map((at) => [at, '1'] as const);
    const result = values.length === 0 ? [] : [{ metric: { namespace: 'shop-prod' }, values }];
    success({ resultType: 'matrix', result })(response, seen);
  };

async function backtest(answer: Answer, ...args: readonly string[]) {
  const server = await FakeServer.start([answer]);
  try {
    const ran = await folder.call([
      ...['slo', 'backtest', '--prometheus', server.url, '--until', '2026-11-20'],
      ...['--step', '1h', ...args],
    ]);
    return { ...ran, seen: server.seen, port: server.port };
  } finally {
    await server.stop();
  }
}

describe('golden-path slo backtest', () => {
  it('prints what would have fired, with the namespaces of production alone', async () => {
    synthesize(page(0.5), ticket);
    const answer = measured({ '> 0.5': [5, 4, 1], 'late > 0': [3, 2], 'group(late)': [6] });
    const { status, stdout, stderr, seen } = await backtest(answer);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'shop in prod: orders availability…\nshop in prod: orders…\n',
    });
    expect(stdout).toBe(`severity  service              objective     alert  fired      first
page      shop/orders in prod  availability  Burn   2, 3h      2026-11-19 19:00, 2026-11-19 23:00
ticket    shop/orders in prod  -             Late   1, 1h 50m  2026-11-19 21:10

From 2026-10-21 00:00 to 2026-11-20 00:00 UTC: pages: 2; tickets: 1. 0 of 2 alerts did not fire.
`);
    const queries = seen.map(({ form }) => form.query).join('\n');
    expect(queries).toContain('"shop-prod"');
    expect(queries).not.toContain('shop-dev');
    const dev = await backtest(answer, '-e', 'dev', '-q');
    expect(dev.stderr).toBe('');
    expect(dev.seen.map(({ form }) => form.query).join('\n')).toContain('"shop-dev"');
  });

  it('tells the difference to a commit, and fails on more pages where it is to', async () => {
    synthesize(page(0.5), ticket);
    const hash = commit();
    synthesize(page(0.1));
    const answer = measured({ '> 0.5': [5], '> 0.1': [5, 3], 'group(': [6] });
    const ran = await backtest(answer, '--against', 'HEAD', '--fail-on-more', '-q');
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain(`HEAD (${hash})  now    change  first`);
    expect(ran.stdout).toContain(
      '1, 1h           2, 2h  +1      2026-11-19 19:00, 2026-11-19 21:00',
    );
    expect(ran.stdout).toContain('pages: 1 before, 2 now; tickets: 0 before, 0 now. 1 of 2 alerts');
    const json = await backtest(answer, '--against', 'HEAD', '--json', '--severity', 'page', '-q');
    expect(JSON.parse(json.stdout)).toEqual({
      version: 1,
      server: `http://127.0.0.1:${json.port}`,
      against: `HEAD (${hash})`,
      from: '2026-10-21T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
      stepSeconds: 3600,
      pages: { before: 1, now: 2 },
      tickets: { before: 0, now: 0 },
      unjudged: { pages: { before: 0, now: 0 }, tickets: { before: 0, now: 0 } },
      alerts: [
        {
          ...{ application: 'shop', environment: 'prod', service: 'orders', slo: 'availability' },
          ...{ alert: 'Burn', severity: 'page' },
          before: expect.objectContaining({ count: 1, seconds: 3600 }),
          now: expect.objectContaining({ count: 2, seconds: 7200 }),
        },
      ],
    });
  });

  it('takes what was not measured, and what cannot be replayed, for no zero', async () => {
    synthesize(
      page(0.5),
      { ...ticket, expr: 'other:late > 0' },
      { ...ticket, alert: 'Told', expr: 'ALERTS > 0' },
    );
    const { status, stdout, stderr } = await backtest(measured({}), '-q');
    expect(status).toBe(2);
    expect(stderr).toBe(
      'golden-path: none of 3 alerts can be judged: not measured: availability of shop/orders in prod: the server has no samples of ratio in this time. not replayed: Late of shop/orders in prod reads other:late, which no rule here records and the server does not have. not replayed: Told of shop/orders in prod reads ALERTS, which tells of the alerts that were there, not of these. Give the server that scrapes these services, and --days in which they ran.\n',
    );
    expect(stdout)
      .toBe(`From 2026-10-21 00:00 to 2026-11-20 00:00 UTC: pages: unknown, 1 of 1 not measured; tickets: unknown, 2 of 2 not replayed. 0 of 3 alerts did not fire.
not measured: availability of shop/orders in prod: the server has no samples of ratio in this time.
not replayed: Late of shop/orders in prod reads other:late, which no rule here records and the server does not have.
not replayed: Told of shop/orders in prod reads ALERTS, which tells of the alerts that were there, not of these.
`);
  });

  it('compares no pages when one of them cannot be judged', async () => {
    synthesize(page(0.5), { ...page(0.5), alert: 'Other', expr: 'other > 0' });
    commit();
    const answer = measured({ '> 0.5': [5] });
    const ran = await backtest(answer, '--against', 'HEAD', '-q');
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain(
      'pages: 1 before (1 of 2 not measured), 1 now (1 of 2 not measured); tickets: 0 before, 0 now. 0 of 2 alerts did not fire.',
    );
    const { status, stdout, stderr } = await backtest(
      answer,
      ...['--against', 'HEAD', '--fail-on-more', '-q'],
    );
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 2, stdout: ran.stdout },
      stderr:
        'golden-path: --fail-on-more cannot compare, since 1 of 2 alerts that page cannot be judged: not measured: availability of shop/orders in prod: the server has no samples of other in this time. Name the applications that can be judged, or leave --fail-on-more out.\n',
    });
    const json = await backtest(measured({}), '--json', '--severity', 'page', '-q');
    expect(JSON.parse(json.stdout)).toMatchObject({
      pages: { now: null },
      unjudged: { pages: { now: 2 }, tickets: { now: 0 } },
    });
  });

  it('puts further conditions on all series', async () => {
    synthesize(page(0.5));
    const { seen } = await backtest(measured({}), '--selector', 'cluster="eu"');
    expect(seen[1]?.form.query).toContain('ratio{cluster="eu"} * on');
  });

  it('says what is wrong with the way it is called', async () => {
    synthesize(page(0.5));
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['--days', '365'], "--days is '365'. Give whole days from 1 to 90, such as 30."],
      [['--step', '1s'], "--step is '1s'. Give a duration from 15s to 1h, such as 5m."],
      [
        ['--until', 'yesterday'],
        "--until is 'yesterday'. Give a day or a time in UTC, such as 2026-11-20 or 2026-11-20T14:30Z.",
      ],
      [
        ['--until', '2999-01-01T10:00Z'],
        '--until is 2999-01-01 10:00, which is still to come. Give a time that is over, or leave it out.',
      ],
      [['--fail-on-more'], '--fail-on-more compares. Give --against with a revision.'],
      [['-e', 'prd'], "there is no environment 'prd'. Did you mean prod?"],
      [['shopp'], "there is no application 'shopp'. Did you mean shop?"],
    ];
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = await backtest(measured({}), ...args);
      expect({ status, stdout, stderr }).toEqual({
        ...{ status: 2, stdout: '' },
        stderr: `golden-path: ${message}\n`,
      });
    }
    const misspelled = await folder.call(['slo', 'bakctest', '--prometheus', 'http://x']);
    expect([misspelled.status, misspelled.stderr]).toEqual([
      2,
      "error: unknown command 'bakctest'. Did you mean backtest?\n",
    ]);
    const other = await folder.call(['slo', 'shop', '--prometheus', 'http://x']);
    expect(other.stderr).toContain("error: unknown option '--prometheus'");
    synthesize();
    expect((await backtest(measured({}))).stderr).toBe(
      'golden-path: there are no alerts to replay. Give the platform defaults: { signals: Signals.openTelemetry() } or another source, and run golden-path synth.\n',
    );
  });

  it('prints nothing when a part of the data is missing, or the server says no', async () => {
    synthesize(page(0.5));
    const partial = success({ resultType: 'matrix', result: [] }, { warnings: ['no store'] });
    const missing = await backtest(partial, '-q');
    expect([missing.status, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('answered with a part of the data and warns: no store');
    const refused = await backtest(says(401, ''), '-q');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('Give --bearer-token-file');
  });

  it('ends before anything else when nobody answers', async () => {
    synthesize(page(0.5));
    const { status, stdout, stderr, seen, port } = await backtest(
      () => undefined,
      ...['--timeout', '1'],
    );
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 2, stdout: '' },
      stderr: `golden-path: http://127.0.0.1:${port}/api/v1/query gave no answer within 1 s to the query vector(1). Ask for fewer days, or give it more time by --timeout.\n`,
    });
    expect(seen).toHaveLength(1);
  });
});
