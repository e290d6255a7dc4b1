import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectiveModel } from '../../lib/foundation';
import { environment, model, workload } from '../rightsize/models';
import { FakeServer, says as replies, success, type Answer } from '../prometheus/fake-server';
import { burning, of, quiet, says } from './incident-server';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
  const objectives = (name: string): readonly ObjectiveModel[] => [
    {
      ...{ id: `shop/${name}/availability`, slo: 'availability', objective: 99 },
      ...{ budgetMinutes: 432, source: 'istio', from: 'declaration', detection: [], series: [] },
    },
  ];
  const selector = { 'app.kubernetes.io/name': 'stock' };
  const shop = model(
    'shop',
    [
      workload('orders', [], { objectives: objectives('orders') }),
      workload('stock', [], { objectives: objectives('stock'), selector }),
    ],
    [
      environment('dev', {}),
      environment(
        'prod',
        { stock: { min: 2, max: 5 } },
        {
          hostnames: { orders: 'orders.example.com' },
          objects: [{ kind: 'HorizontalPodAutoscaler', name: 'stock' }],
        },
      ),
    ],
    {
      edges: [{ from: 'orders', to: 'stock', kind: 'workload', port: 80, soft: false }],
      onCall: { page: ['pagerduty'], ticket: ['slack'], channel: '#shop', pagesIn: ['prod'] },
    },
  );
  folder.write('dist/model/shop.json', JSON.stringify(shop));
});
afterEach(() => {
  folder.remove();
});

async function incident(answer: Answer, ...args: readonly string[]) {
  const server = await FakeServer.start([answer]);
  try {
    const { stdout, stderr, status } = await folder.call([
      ...['incident', '--prometheus', server.url, ...args],
    ]);
    const plain = stdout.replaceAll(server.url, 'SERVER').replace(/\d{4}-\S+Z/, 'NOW');
    return { status, stdout: plain, stderr, seen: server.seen };
  } finally {
    await server.stop();
  }
}

/** Lines that were broken for the terminal, made one. */
const whole = (text: string): string => text.replace(/\n {3,}/g, ' ');

describe('golden-path incident', () => {
  it('says how much of a budget is overspent', async () => {
    const left = [[of('orders', { slo: 'availability' }), -1.4]] as const;
    const answer = says({ ...burning, error_budget_remaining: left });
    const { stdout } = await incident(answer, 'orders');
    expect(whole(stdout)).toContain('others, overspent: 240 % of the budget used\n');
    expect(stdout).not.toContain('gone in');
  });

  it('says in one page what burns, why, who is hurt, and what to do', async () => {
    const { status, stdout, stderr } = await incident(says(burning), 'orders');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toBe(`orders of shop in prod, NOW
namespace shop-prod
IT BURNS. Look at stock first.

WHAT BURNS
  availability 99 %: 20x as fast as it may, fast enough to page, because of
    others, 50 % of the budget left, gone in 18h

WHO IS SUSPECTED
  stock (team-a): nothing that it depends on explains it

WHO IS HURT BY stock
  orders, PEOPLE REACH IT at orders.example.com, calls it, burns 20x
  web of mall, over 2 calls, does not burn

ALERTS (since, UTC)
  ? page: SLOErrorBudgetBurnPage stock availability
  ? ticket: WorkloadCrashLooping stock

FIRST COMMANDS, FOR stock
  look:
    kubectl -n shop-prod get pods -o wide -l app.kubernetes.io/name=stock
    kubectl -n shop-prod get events --sort-by=.lastTimestamp | tail -n 30
  scale out:
    kubectl -n shop-prod patch horizontalpodautoscaler/stock --type=merge -p \\
      '{"spec":{"minReplicas":5}}'
  go back to the last release:
    git switch BRANCH && git pull && git log -n 5
    git revert --no-edit COMMIT && git push
  replace all pods:
    kubectl -n shop-prod rollout restart deployment/stock

ON CALL
  team-a is paged by pagerduty; talks in #shop

READ
  dist/runbooks/shop/orders.md
  last rehearsed: npx golden-path game-day coverage

NOT KNOWN
  what was released, scaled and restarted: nothing is known of its objects. Look
    whether kube-state-metrics is scraped
`);
  });

  it('tells the server not to take longer than it waits itself', async () => {
    const { seen } = await incident(says(quiet), 'orders', '-e', 'prod');
    expect(new Set(seen.map(({ form }) => form.timeout))).toEqual(new Set(['5s']));
  });

  it('ends with 0 where nothing burns, and only there', async () => {
    const { status, stdout } = await incident(says(quiet), 'orders');
    expect(status).toBe(0);
    expect(stdout).toContain('NOTHING BURNS.');
    expect(stdout).not.toContain('!!');
    const json = await incident(says(quiet), 'orders', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'quiet', environment: 'prod' });
  });

  it('names the service that is meant, and the application where there are several', async () => {
    expect((await incident(says(quiet), 'order')).stderr).toBe(
      "golden-path: there is no service 'order'. Did you mean orders?\n",
    );
    expect((await incident(says(quiet), 'orders', '-e', 'prd')).stderr).toBe(
      "golden-path: there is no environment 'prd'. Did you mean prod?\n",
    );
    folder.write(
      'dist/model/mall.json',
      folder.read('dist/model/shop.json').replace('"shop"', '"mall"'),
    );
    const { status, stderr } = await incident(says(quiet), 'orders');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'golden-path: several applications have a service orders. Give one of mall/orders, shop/orders.\n',
    });
  });

  it('asks which environment, where it burns in several', async () => {
    const both = Object.fromEntries(
      Object.entries(burning).map(([text, rows]) => [
        text,
        rows.flatMap(([labels, value]) => [
          [labels, value] as const,
          [{ ...labels, environment: 'dev' }, value] as const,
        ]),
      ]),
    );
    const { status, stderr } = await incident(says(both), 'orders');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'golden-path: orders burns in 2 environments. Give --environment, one of dev, prod.\n',
    });
  });
});

describe('golden-path incident, where not all is known', () => {
  it('says loudly that it has the data of another cluster', async () => {
    const none = await incident(says({ ...quiet, 'golden_path:namespace:info': [] }), 'orders');
    expect(none.status).toBe(2);
    expect(whole(none.stdout)).toContain(
      "NOT KNOWN whether it burns.\n!! SERVER HAS NO DATA of shop in prod. It has no application. Another cluster's, or the rules are not loaded.",
    );
    const [[labels] = [{}]] = burning['golden_path:namespace:info'] ?? [];
    const other = { 'golden_path:namespace:info': [[{ ...labels, namespace: 'x' }, 1]] } as const;
    const moved = await incident(says({ ...burning, ...other }), 'orders');
    expect(moved.status).toBe(2);
    expect(whole(moved.stdout)).toContain(
      '!! SERVER HAS ANOTHER prod: there shop is in x, not in shop-prod.',
    );
  });

  it('says that the recorded graph is another', async () => {
    const graph = [
      [{ service: 'orders', depends_on: 'db', depends_on_application: 'shop' }, 1],
    ] as const;
    const { stdout } = await incident(
      says({ ...quiet, 'golden_path:depends_on:info': graph }),
      'orders',
    );
    expect(whole(stdout)).toContain(
      '!! The recorded graph is not that of this definition: it lacks orders → stock; it has orders → db.',
    );
  });

  it('tells what the definition knows where nobody answers', async () => {
    const server = await FakeServer.start([says(quiet)]);
    const { url } = server;
    await server.stop();
    const { status, stdout } = await folder.call(['incident', 'orders', '--prometheus', url]);
    expect(status).toBe(2);
    expect(stdout).toContain('NOT KNOWN whether it burns.');
    expect(whole(stdout)).toContain(
      `!! ${url} TOLD NOTHING. What follows is from the definition alone.`,
    );
    expect(stdout).toContain('kubectl -n shop-prod rollout restart deployment/orders');
    expect(stdout).toContain('team-a is paged by pagerduty');
    expect(whole(stdout)).toContain('broke the connection or took none');
    expect(stdout.split('NOT KNOWN\n')[1]?.split('\n').length).toBeLessThan(8);
  });

  it('never takes a part of the data for all of it', async () => {
    const partial: Answer = success(
      { resultType: 'vector', result: [] },
      { warnings: ['store away'] },
    );
    const { status, stdout } = await incident(partial, 'orders', '-e', 'prod');
    expect(status).toBe(2);
    expect(whole(stdout)).toContain('answered with a part of the data and warns: store away');
  });

  it.each([
    ['current_burn_rate', 'how fast budgets burn'],
    ['golden_path:slo:(', 'which objectives page'],
    ['golden_path:service_up', 'whether it can be used'],
    ['ALERTS{', 'which alerts fire'],
  ])('knows of no all clear without an answer to %s', async (question, what) => {
    const refused: Answer = (response, seen) => {
      if (seen.form.query?.includes(question)) response.writeHead(422).end();
      else says(quiet)(response, seen);
    };
    const { status, stdout } = await incident(refused, 'orders');
    expect(status).toBe(2);
    expect(stdout).toContain('NOT KNOWN whether it burns.');
    expect(whole(stdout)).toContain(`!! SERVER did not tell ${what}.`);
    expect(stdout).not.toContain('None fires.');
    expect(stdout.includes('Not known: Prometheus did not tell which fire.')).toBe(
      question === 'ALERTS{',
    );
  });

  it('knows of no all clear where nothing is measured, or the rules say so', async () => {
    const unmeasured = await incident(says({ ...quiet, current_burn_rate: [] }), 'orders');
    expect(unmeasured.status).toBe(2);
    expect(whole(unmeasured.stdout)).toContain('!! NONE OF ITS OBJECTIVES IS MEASURED');
    const labels = of('orders', { alertname: 'SLOSignalMissing', severity: 'ticket' });
    const told = await incident(says({ ...quiet, 'ALERTS{': [[labels, 1]] }), 'orders');
    expect(told.status).toBe(2);
    expect(told.stdout).toContain('!! SLOSignalMissing fires');
  });

  it('still burns where a question was not answered and another shows it', async () => {
    const refused: Answer = (response, seen) => {
      if (seen.form.query?.includes('ALERTS{')) response.writeHead(422).end();
      else says(burning)(response, seen);
    };
    const { status, stdout } = await incident(refused, 'orders');
    expect(status).toBe(1);
    expect(whole(stdout)).toContain('!! SERVER did not tell which alerts fire.');
    expect(stdout).toContain('Not known: Prometheus did not tell which fire.');
  });

  it('prints what it has when a question takes too long', async () => {
    const slow: Answer = (response, seen) => {
      if (!seen.form.query?.includes('error_budget_remaining')) says(burning)(response, seen);
    };
    const before = Date.now();
    const { status, stdout } = await incident(slow, 'orders', '--timeout', '1');
    expect(Date.now() - before).toBeLessThan(4000);
    expect(status).toBe(1);
    expect(stdout).toContain('IT BURNS. Look at stock first.');
    expect(whole(stdout)).toContain(
      'what is left of the budgets: SERVER gave no answer within 1 s.',
    );
  });

  it('takes no Alertmanager that has nothing for an all clear', async () => {
    const alertmanager = await FakeServer.start([replies(200, [])]);
    const { status, stdout } = await incident(
      says(burning),
      ...['orders', '--alertmanager', alertmanager.url],
    );
    await alertmanager.stop();
    expect(status).toBe(1);
    expect(whole(stdout)).toContain(
      "!! SLOErrorBudgetBurnPage of stock, WorkloadCrashLooping of stock fire in Prometheus, and Alertmanager has not heard of it: nobody is told, or it is another cluster's.",
    );
    expect(stdout).toContain('? page: SLOErrorBudgetBurnPage stock availability');
  });

  it('tells of silences, and of pages that Alertmanager has not heard of', async () => {
    const labels = { ...burning['ALERTS{']?.[0]?.[0] };
    const held = {
      ...{ labels: { ...labels, severity: 'page' }, annotations: {}, fingerprint: 'f' },
      ...{ startsAt: '2026-03-01T03:04:05Z', endsAt: '2026-03-01T03:09:05Z', receivers: [] },
      status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [], mutedBy: [] },
    };
    const silence = {
      ...{ id: 's', status: { state: 'active' }, matchers: [], createdBy: 'ann' },
      ...{ startsAt: '2026-03-01T03:00:00Z', endsAt: '2026-03-01T05:30:00Z', comment: 'known' },
    };
    const answer: Answer = (response, seen) => {
      const body = seen.path?.includes('/alerts') ? [held] : [silence];
      replies(200, body)(response, seen);
    };
    const alertmanager = await FakeServer.start([answer]);
    const { url } = alertmanager;
    const { stdout } = await incident(says(burning), 'orders', '--alertmanager', url);
    await alertmanager.stop();
    expect(whole(stdout)).toContain(
      '!! Nobody is told of the page SLOErrorBudgetBurnPage of stock: it is silenced.',
    );
    expect(whole(stdout)).toContain(
      '03:04 page: SLOErrorBudgetBurnPage stock availability, SILENCED until 05:30 (known)',
    );
    const away = await incident(says(burning), 'orders', '--alertmanager', url);
    expect(away.status).toBe(1);
    expect(whole(away.stdout)).toContain(
      'which alerts Alertmanager holds, which silences there are:',
    );
  });
});
