import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { renderYaml } from '../../lib/foundation';
import { gameDayPolicies } from '../../lib/game-day';
import { FakeServer, type Answer } from '../prometheus/fake-server';
import { shop } from '../game-day/models';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
let servers: FakeServer[] = [];
beforeEach(() => {
  folder = new ProjectFolder();
  folder.write('dist/model/shop.json', JSON.stringify(shop()));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  folder.remove();
});

const PLAN = 'game-days/shop/staging';
const plan = (...args: readonly string[]) =>
  folder.call(['game-day', 'plan', 'shop', '--environment', 'staging', ...args]);
const exists = (file: string): boolean => fs.existsSync(path.join(folder.path, file));

/** A server that knows something of the questions that hold a text, and nothing of others. */
async function serverWith(more: Readonly<Record<string, readonly object[]>>): Promise<string> {
  return serverThatHas({
    'golden_path:namespace:info{': [row({}, '1')],
    'count by (application) (golden_path:': [row({ application: 'shop' }, '1')],
    'slo:period_error_budget_remaining:ratio{': [row({ slo: 'availability' }, '0.9')],
    'max(slo:sli_events': [row({}, '5')],
    ...more,
  });
}

/** A server that holds nothing else. */
async function serverThatHas(known: Readonly<Record<string, readonly object[]>>): Promise<string> {
  const answer: Answer = (response, { form }) => {
    const [, result = []] =
      Object.entries(known).find(([part]) => form.query?.startsWith(part)) ?? [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  };
  const server = await FakeServer.start([answer]);
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}
const row = (metric: object, value: string): object => ({ metric, value: [1, value] });

describe('golden-path game-day plan', () => {
  it('writes a page, a Workflow and an experiment for each, one for each kind of claim', async () => {
    const { status, stdout, stderr } = await plan();
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      `${PLAN}/plan.md`,
      `${PLAN}/workflow.yaml`,
      ...[
        ...['kill-pod-of-orders', 'cut-off-ads-from-front', 'slow-orders-for-front', 'load-stock'],
        ...['fail-zone-of-stock', 'slow-down-stock-under-orders', 'stop-mailer', 'hide-front'],
        ...['expire-certificate-of-front', 'suspend-report'],
      ].map((id) => `${PLAN}/experiments/${id}.json`),
    ]);
    expect(stderr).toContain('10 of 21 experiments; --experiment chooses, or takes all.');
    expect(stderr).toContain('Nobody looked whether it may begin now.');
    expect(folder.read(`${PLAN}/plan.md`)).toContain('no Prometheus was named');
    expect(folder.read(`${PLAN}/workflow.yaml`)).toContain('kind: Workflow');
  });

  it('writes what is asked for in the place of what was there', async () => {
    await plan();
    const { status, stdout } = await plan('--experiment', 'suspend-report', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [`${PLAN}/plan.md`, `${PLAN}/experiments/suspend-report.json`],
      experiments: ['suspend-report'],
      checked: { by: 'nobody' },
    });
    expect(exists(`${PLAN}/workflow.yaml`)).toBe(false);
  });

  it.each([
    [
      'prod',
      "golden-path: no game day: prod allows no game days. In the stage prod its Environment has to say why it should: gameDays: { reason: '…' }.\n",
    ],
    [
      'dev',
      'golden-path: no game day: dev allows no game days. Let its Environment say gameDays: {}, and run golden-path synth.\n',
    ],
  ])('refuses an environment that does not allow it: %s', async (name, message) => {
    const ran = await folder.call(['game-day', 'plan', 'shop', '--environment', name]);
    expect([ran.status, ran.stderr, ran.stdout]).toEqual([1, message, '']);
    expect(exists('game-days')).toBe(false);
  });

  it.each([
    [['--experiment', 'kill-pod-of-order'], 'Did you mean kill-pod-of-orders?'],
    [['--budget-floor', '0'], "--budget-floor is '0'. Give a percentage above 0 and up to 100"],
    [['--cluster-prometheus', 'http://me:secret@p:9090'], '--cluster-prometheus is no address'],
    [['--alertmanager', 'http://127.0.0.1:1'], '--alertmanager is looked at beside --prometheus'],
    [['--prometheus', 'nowhere'], 'nowhere'],
    [['--prometheus', 'http://127.0.0.1:1', '--selector', 'a="b"'], "unknown option '--selector'"],
    [
      ['--prometheus', ''],
      'golden-path: --prometheus is empty. If it comes from a variable, that is not set: give an address, such as http://localhost:9090.\n',
    ],
    [
      ['--prometheus', 'http://127.0.0.1:1', '--alertmanager', ' '],
      'golden-path: --alertmanager is empty. If it comes from a variable, that is not set: give an address, such as http://localhost:9093.\n',
    ],
  ])('explains wrong usage: %j', async (args, message) => {
    const { status, stderr } = await plan(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain('secret');
    expect(exists('game-days')).toBe(false);
  });

  it('knows applications and environments', async () => {
    const shops = await folder.call(['game-day', 'plan', 'shops', '-e', 'staging']);
    expect([shops.status, shops.stderr]).toEqual([
      2,
      "golden-path: there is no application 'shops'. Did you mean shop?\n",
    ]);
    const stage = await folder.call(['game-day', 'plan', 'shop', '-e', 'stagin']);
    expect([stage.status, stage.stderr]).toEqual([
      2,
      "golden-path: there is no environment 'stagin'. Did you mean staging?\n",
    ]);
  });

  it.each([
    ['plan', []],
    [
      'verify',
      ['--from', '2026-10-20T10:00Z', '--to', '2026-10-20T11:00Z', '--prometheus', 'http://p:1'],
    ],
  ])('knows what cannot be held there, as %s does', async (command, more) => {
    const alone = shop().environments.map((each) => ({
      ...each,
      replicas: { ...each.replicas, orders: { min: 1, max: 1 } },
    }));
    folder.write('dist/model/shop.json', JSON.stringify(shop({ environments: alone })));
    const asked = ['shop', '--experiment', 'kill-pod-of-orders', '--environment', 'staging'];
    const { status, stderr } = await folder.call(['game-day', command, ...asked, ...more]);
    expect([status, stderr]).toEqual([
      2,
      'golden-path: kill-pod-of-orders cannot be held in staging: what it needs, such as a second pod, is not there. Choose another environment.\n',
    ]);
  });

  it('warns where nothing that is rendered refuses faults elsewhere', async () => {
    const warning =
      "nothing in the cluster refuses faults elsewhere: new AdmissionPolicies(app) in the platform's repository does.";
    expect((await plan()).stderr).toContain(warning);
    expect(folder.read(`${PLAN}/plan.md`)).toContain(warning);
    folder.write('dist/staging/cluster/game-days.k8s.yaml', renderYaml(gameDayPolicies()));
    expect((await plan()).stderr).not.toContain(warning);
    const page = folder.read(`${PLAN}/plan.md`);
    expect(page).not.toContain(warning);
    expect(page).toContain('the cluster refuses faults that reach further');
  });

  it('replaces no plan that somebody has worked on, unless it is told to', async () => {
    await plan();
    folder.write(`${PLAN}/plan.md`, `${folder.read(`${PLAN}/plan.md`)}The page came late.\n`);
    expect(await plan()).toEqual({
      ...{ status: 2, stdout: '' },
      stderr: `golden-path: '${PLAN}/plan.md' was changed since it was generated: what is scored there would be lost. Give another folder by --output, or --force.\n`,
    });
    expect((await plan('--force')).status).toBe(0);
    expect(folder.read(`${PLAN}/plan.md`)).not.toContain('The page came late.');
  });

  it('refuses a zone that there cannot be', async () => {
    const { status, stderr } = await plan('--zone', 'eu west 1');
    expect([status, stderr]).toEqual([2, expect.stringContaining("--zone is 'eu west 1', which")]);
    expect(exists('game-days')).toBe(false);
  });

  it.each(['', '.', '..', './'])(
    'puts no plan in the place of the current folder: %j',
    async (to) => {
      const { status, stderr } = await plan('-o', to);
      expect([status, stderr]).toEqual([
        2,
        `golden-path: --output is '${to}', which would take the place of the current folder. Give one inside it.\n`,
      ]);
      expect(exists('dist/model/shop.json')).toBe(true);
    },
  );

  it('names what cannot be written, and what the system says', async () => {
    folder.write('a-file', 'ours');
    const { status, stderr } = await plan('-o', 'a-file/plan');
    expect([status, stderr]).toEqual([
      2,
      "golden-path: 'a-file/plan' cannot be written (ENOTDIR). Give a folder where files may be made.\n",
    ]);
    expect(fs.readdirSync(folder.path).sort()).toEqual(
      ['a-file', 'dist', 'node_modules', 'package.json'].sort(),
    );
  });

  it.each(['/proc/x', '/proc/x/y'])('ends where no folder can be made: %s', (to) => {
    // In a process of its own, which can be ended: below Linux' /proc it once went on for ever. Elsewhere nobody may make it.
    const { status, stderr } = folder.run(
      ['game-day', 'plan', 'shop', '-e', 'staging', '-o', to],
      '',
      20_000,
    );
    expect([status, stderr.replace(/\((?:ENOENT|EROFS|EACCES)\)/, '(…)')]).toEqual([
      2,
      `golden-path: '${to}' cannot be written (…). Give a folder where files may be made.\n`,
    ]);
  });

  it('replaces no folder that holds something else', async () => {
    folder.write(`${PLAN}/notes.md`, 'ours');
    const { status, stderr } = await plan();
    expect([status, stderr]).toEqual([2, expect.stringContaining('holds notes.md')]);
    expect(folder.read(`${PLAN}/notes.md`)).toBe('ours');
  });
});

describe('golden-path game-day plan with a Prometheus', () => {
  it('writes when all is well, and says when that was', async () => {
    const url = await serverWith({});
    const { status, stdout } = await plan('--prometheus', url, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ checked: { by: 'prometheus', address: url } });
    expect(folder.read(`${PLAN}/plan.md`)).toContain(`says ${url}`);
  });

  it('refuses while a page is open, the budget is low, another experiment runs, or nothing is asked', async () => {
    const url = await serverWith({
      'count by (application, service, alertname)': [
        row({ application: 'shop', service: 'orders', alertname: 'SLOErrorBudgetBurnPage' }, '1'),
      ],
      'min by (application, service, slo)': [
        row({ application: 'shop', service: 'stock', slo: 'availability' }, '0.314'),
      ],
      'sum by (namespace, kind)': [row({ namespace: 'shop-staging', kind: 'PodChaos' }, '1')],
      '(max(slo:sli_events': [row({}, '0.25')],
    });
    const ran = await plan('--prometheus', url, '--experiment', 'load-orders');
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr.trim().split('\n')).toEqual([
      'golden-path: no game day: a page is open for a connected service: SLOErrorBudgetBurnPage of orders in shop. Wait until it is over, with half an hour to spare.',
      'golden-path: no game day: less than 50 % of a budget is left: availability of stock in shop has 31 %. Wait until there is more, or say by --budget-floor that less will do.',
      'golden-path: no game day: another experiment is running in a connected namespace: PodChaos in shop-staging. Wait until it is over.',
      'golden-path: no game day: orders gets less than 1 request in a second: 0.25. Send it load while the game day goes on.',
    ]);
    expect(exists('game-days')).toBe(false);
  });

  it('tells what it cannot know without the metrics of Chaos Mesh', async () => {
    const said =
      "Whether another experiment runs is not known: Prometheus has no metrics of Chaos Mesh's controller.";
    const without = await plan('--prometheus', await serverWith({}));
    expect([without.status, without.stderr]).toEqual([0, expect.stringContaining(said)]);
    const page = folder.read(`${PLAN}/plan.md`);
    expect(page).toContain(said);
    expect(page).not.toContain('- another experiment is running');
    const url = await serverWith({ 'count({__name__=~"chaos_controller': [row({}, '7')] });
    const { stderr } = await plan('--prometheus', url);
    expect(stderr).not.toContain(said);
    expect(folder.read(`${PLAN}/plan.md`)).toContain('- another experiment is running');
  });

  it('refuses where it holds nothing, and says of what, instead of that all is well', async () => {
    const url = await serverThatHas({});
    const ran = await plan('--prometheus', url, '--experiment', 'load-orders', '--json');
    expect(ran.status).toBe(1);
    const fix =
      'Look whether this is the Prometheus of that environment, has its rules (golden-path synth writes them), and scrapes it.';
    expect(JSON.parse(ran.stdout)).toEqual({
      refused: [
        `NO DATA: not known whether a page is open for a connected service, since there is no sample of golden_path:namespace:info{application="shop",environment="staging"}. ${fix}`,
        `NO DATA: nothing tells how much of the budgets is left, since there is no sample of slo:period_error_budget_remaining:ratio{application="shop",environment="staging"}. ${fix}`,
        `NO DATA: not known whether orders gets less than 1 request in a second, since there is no sample of max(slo:sli_events:rate5m{application="shop",environment="staging",service="orders"}). ${fix}`,
      ],
    });
    expect(exists('game-days')).toBe(false);
  });

  it('marks connected applications of which it holds nothing', async () => {
    const warehouse = { ...shop(), application: 'warehouse', edges: [] };
    folder.write('dist/model/warehouse.json', JSON.stringify(warehouse));
    const { status, stdout, stderr } = await plan('--prometheus', await serverWith({}), '--json');
    const said = 'NO DATA of warehouse there, though connected: whether they page, and';
    expect([status, stderr]).toEqual([0, expect.stringContaining(said)]);
    expect(JSON.parse(stdout)).toMatchObject({ checked: { unseen: ['warehouse'] } });
    expect(folder.read(`${PLAN}/plan.md`)).toContain(said);
  });

  it('writes nothing when it does not answer', async () => {
    const { status, stderr } = await plan('--prometheus', 'http://127.0.0.1:1');
    expect([status, stderr]).toEqual([2, expect.stringContaining('127.0.0.1:1')]);
    expect(exists('game-days')).toBe(false);
  });
});
