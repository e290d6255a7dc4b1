import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseModel } from '../../lib/foundation';
import { environment, model, workload } from '../rightsize/models';
import { FakeServer, type Answer } from '../prometheus/fake-server';
import { FakeKubectl } from './fake-kubectl';
import { burning, quiet, says } from './incident-server';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
let kubectl: FakeKubectl;
beforeEach(() => {
  folder = new ProjectFolder();
  kubectl = new FakeKubectl(folder);
  const allowed = (action: ResponseModel['action']): ResponseModel => ({
    ...{ action, when: ['SLOErrorBudgetBurnPage'], everyMinutes: 30, perDay: 3 },
  });
  const responses = [allowed('scale-out'), allowed('roll-back')];
  const objects = [{ kind: 'HorizontalPodAutoscaler', name: 'stock' }];
  const shop = model(
    'shop',
    [workload('orders', []), workload('stock', [], { runbook: { manualSteps: [], responses } })],
    [environment('prod', { stock: { min: 2, max: 5 } }, { objects })],
    {
      edges: [{ from: 'orders', to: 'stock', kind: 'workload', port: 80, soft: false }],
      appliedBy: 'kubectl',
    },
  );
  folder.write('dist/model/shop.json', JSON.stringify(shop));
});
afterEach(() => {
  folder.remove();
});

async function act(answer: Answer, ...args: readonly string[]) {
  const server = await FakeServer.start([answer]);
  try {
    return await kubectl.onPath(() =>
      folder.call(['incident', 'stock', '--prometheus', server.url, ...args]),
    );
  } finally {
    await server.stop();
  }
}

const CONTEXT = ['--context', 'prod-eu'] as const;
const SCALE = ['--act', 'scale-out', ...CONTEXT, '--environment', 'prod'] as const;
const PODS = 'kube_pod_info{namespace="shop-prod",created_by';

describe('golden-path incident --act', () => {
  it('prints what it would do and why, and does nothing', async () => {
    const { status, stdout } = await act(says(burning), ...SCALE);
    expect(status).toBe(0);
    expect(stdout).toBe(`scale-out of stock in prod, cluster prod-eu
  + SLOErrorBudgetBurnPage fires for stock
  + stock is suspected: nothing that it depends on explains it
  + 2 of 5 replicas run
Would do:
  kubectl --context prod-eu -n shop-prod patch horizontalpodautoscaler/stock --type=merge -p '{"spec":{"minReplicas":5}}'
Taken back by:
  kubectl --context prod-eu -n shop-prod patch horizontalpodautoscaler/stock --type=merge -p '{"spec":{"minReplicas":2}}'
  The next release takes it back.
DRY RUN: give --yes to do it.
`);
    expect([kubectl.changes, kubectl.outcomes]).toEqual([[], []]);
  });

  it('looks at no cluster unless it is told which', async () => {
    const { status, stdout } = await act(says(burning), '--act', 'scale-out');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'DRY RUN, and the cluster was not looked at: give --context, then --yes.',
    );
    expect(kubectl.asked).toEqual([]);
    const { stderr } = await act(says(burning), '--act', 'scale-out', '--yes');
    expect(stderr).toBe(
      'golden-path: --yes changes a cluster. Give --context, one of kubectl config get-contexts -o name.\n',
    );
  });

  it('chooses no environment in which to change something', async () => {
    const { status, stderr } = await act(
      says(burning),
      ...['--act', 'scale-out', ...CONTEXT, '--yes'],
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'golden-path: --yes chooses no environment by itself. Give --environment, one of prod.\n',
    });
    expect(kubectl.asked).toEqual([]);
  });

  it('does it once, and logs it where others see it', async () => {
    const { status, stdout } = await act(says(burning), ...SCALE, '--yes');
    expect(status).toBe(0);
    expect(stdout).toContain('DONE. Look in a few minutes whether it helped.');
    expect(stdout).toContain('Logged in configmap/golden-path-responses of shop-prod.');
    const change =
      '--context prod-eu -n shop-prod patch horizontalpodautoscaler/stock --type=merge -p {"spec":{"minReplicas":5}}';
    expect([kubectl.changes, kubectl.outcomes]).toEqual([[change], ['done']]);
    const again = await act(says(burning), ...SCALE, '--yes');
    expect(again.status).toBe(1);
    expect(again.stdout.replace(/\n +/g, ' ')).toContain(
      'REFUSED, nothing was done: scale-out was done 0 min ago (done); once in 30 min is allowed',
    );
    expect(kubectl.changes).toEqual([change]);
  });

  it('rolls back to the revision that held its objectives, as Prometheus measured them', async () => {
    const measured = {
      'avg_over_time((max(slo:current_burn_rate': [[{}, 0.2]],
      'count_over_time((max(slo:current_burn_rate': [[{}, 100]],
      ...burning,
    } as const;
    const args = ['--act', 'roll-back', ...CONTEXT, '-e', 'prod', '--yes'];
    expect((await act(says(measured), ...args)).status).toBe(0);
    expect(kubectl.changes).toEqual([
      '--context prod-eu -n shop-prod rollout undo deployment/stock --to-revision=9',
    ]);
  });

  it.each([
    ['nothing burns', says(quiet), 'none of SLOErrorBudgetBurnPage fires for stock'],
    [
      'the data is of another cluster',
      says({ ...burning, 'golden_path:namespace:info': [] }),
      'what is going on is not known',
    ],
    [
      'the pods are of another cluster',
      says({ ...burning, [PODS]: [[{ pod: 'stock-9-x' }, 1]] }),
      'Prometheus knows no stock-9-a, stock-9-b in shop-prod (kube_pod_info)',
    ],
    [
      'Prometheus tells a part',
      (response) => {
        response.writeHead(503).end();
      },
      'what is going on is not known',
    ],
  ])('does nothing where %s', async (_, answer, text) => {
    const { status, stdout } = await act(answer, ...SCALE, '--yes');
    expect(status).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toContain(text);
    expect([kubectl.changes, kubectl.outcomes]).toEqual([[], []]);
  });

  it('does nothing where somebody else was quicker', async () => {
    kubectl.fails('conflict');
    const { status, stdout } = await act(says(burning), ...SCALE, '--yes');
    expect(status).toBe(1);
    expect(stdout).toContain('NOT DONE: somebody else acts, or it cannot be logged:');
    expect(kubectl.changes).toEqual([]);
  });

  it('says and logs what failed', async () => {
    kubectl.fails('forbidden');
    const { status, stdout } = await act(says(burning), ...SCALE, '--yes');
    expect(status).toBe(1);
    expect(stdout).toContain('FAILED: Error from server (Forbidden): no');
    expect(kubectl.outcomes).toEqual(['failed: Error from server (Forbidden): no']);
  });

  it('does nothing in a cluster that it cannot see', async () => {
    const { status, stderr } = await act(says(burning), '--act', 'scale-out', '--context', 'x');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'golden-path: nothing was done, as a part is not known: error: context "x" does not exist.\n',
    });
  });
});
