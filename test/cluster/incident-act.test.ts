import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib';
import { decide, kubectlOf } from '../../lib/response';
import { burning, says } from '../cli/incident-server';
import { hook, ProjectFolder, root } from '../cli/project-folder';
import { FakeServer } from '../prometheus/fake-server';
import { cluster, factsOf, revision } from '../response/act/facts-of';
import { environment, model, workload } from '../rightsize/models';
import { kubectl, listed, quietly } from './kubectl';
import { listOf } from './objects';

const NAMESPACE = 'response-shop';
const CONTEXT = 'test';
/** May look, and log, and scale nothing. */
const WATCHER = 'watcher';
const LOG = 'golden-path-responses';

const selector = { 'app.kubernetes.io/name': 'stock' };
const labels = { ...selector, 'app.kubernetes.io/part-of': 'shop' };
const metadata = (name: string, more: object = {}): Manifest['metadata'] => ({
  ...{ name, namespace: NAMESPACE, labels },
  ...more,
});
const template = (image: string, hash?: string): object => ({
  metadata: { labels: { ...labels, ...(hash !== undefined && { 'pod-template-hash': hash }) } },
  spec: { containers: [{ name: 'stock', image }] },
});
const deployment: Manifest = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('stock') },
  spec: { replicas: 2, selector: { matchLabels: selector }, template: template('stock:2') },
};
const autoscaler: Manifest = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata('stock'),
  spec: {
    ...{ minReplicas: 2, maxReplicas: 5 },
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'stock' },
  },
};
const pod = (name: string): Manifest => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: metadata(name) },
  spec: { containers: [{ name: 'stock', image: 'stock:2' }], automountServiceAccountToken: false },
});
const replicaSet = (revision: number, uid: string): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: metadata(`stock-${revision}`, {
    labels: { ...labels, 'pod-template-hash': String(revision) },
    annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'stock', uid, controller: true },
    ],
  }),
  spec: {
    ...{ replicas: 0, template: template(`stock:${revision}`, String(revision)) },
    selector: { matchLabels: { ...selector, 'pod-template-hash': String(revision) } },
  },
});
/** What nobody keeps up to date here: no controller of Deployments runs, and no kubelet. */
const status = (of: string, value: object): Promise<string> =>
  quietly([
    ...['patch', '-n', NAMESPACE, of, '--subresource=status', '--type=merge'],
    ...['-p', JSON.stringify({ status: value })],
  ]);
const may = (resource: string, verbs: readonly string[], apiGroup = ''): object => ({
  ...{ apiGroups: [apiGroup], resources: [resource], verbs },
});
const role: Manifest = {
  ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: metadata(WATCHER) },
  rules: [
    may('configmaps', ['get', 'create', 'update']),
    may('pods', ['get', 'list']),
    may('deployments', ['get'], 'apps'),
    may('replicasets', ['get', 'list'], 'apps'),
    may('horizontalpodautoscalers', ['get'], 'autoscaling'),
  ],
};
const binding: Manifest = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata(WATCHER),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: WATCHER },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: WATCHER }],
};

const folder = new ProjectFolder();
let server: FakeServer;

/** The same cluster as somebody else sees it. */
async function writeKubeconfig(): Promise<void> {
  interface Named {
    readonly name: string;
    readonly user: object;
  }
  const config = JSON.parse(await quietly(['config', 'view', '--raw', '-o', 'json'])) as {
    readonly users: readonly Named[];
    readonly contexts: readonly { readonly name: string; readonly context: object }[];
  };
  const [admin] = config.users;
  const [context] = config.contexts;
  folder.write(
    'kubeconfig.json',
    JSON.stringify({
      ...config,
      users: [...config.users, { name: WATCHER, user: { ...admin?.user, as: WATCHER } }],
      contexts: [
        ...config.contexts,
        { name: WATCHER, context: { ...context?.context, user: WATCHER } },
      ],
    }),
  );
}

beforeAll(async () => {
  await quietly(['create', 'namespace', NAMESPACE]);
  for (let tries = 0; tries < 100; tries++) {
    if ((await kubectl(['get', '-n', NAMESPACE, 'serviceaccount/default'])).code === 0) break;
    await sleep(100);
  }
  await quietly(
    ['apply', '--server-side', '-f', '-'],
    listOf([deployment, autoscaler, pod('stock-9-a'), pod('stock-9-b'), role, binding]),
  );
  const [made] = await listed<{ metadata: { uid: string } }>([
    'get',
    '-n',
    NAMESPACE,
    'deployment/stock',
  ]);
  const sets = [1, 2].map((revision) => replicaSet(revision, made!.metadata.uid));
  await quietly(['apply', '--server-side', '-f', '-'], listOf(sets));
  await status('deployment/stock', { observedGeneration: 1, replicas: 2, updatedReplicas: 2 });
  const conditions = [{ type: 'Ready', status: 'True' }];
  for (const name of ['a', 'b']) {
    await status(`pod/stock-9-${name}`, { phase: 'Running', conditions });
  }
  const responses = [
    { action: 'scale-out', when: ['SLOErrorBudgetBurnPage'], everyMinutes: 30, perDay: 3 },
  ] as const;
  const stock = workload('stock', [], { selector, runbook: { manualSteps: [], responses } });
  const objects = [{ kind: 'HorizontalPodAutoscaler', name: 'stock' }];
  const place = { namespace: NAMESPACE, objects };
  const shop = model(
    'shop',
    [workload('orders', []), stock],
    [environment('prod', { stock: { min: 2, max: 5 } }, place)],
    { appliedBy: 'kubectl' },
  );
  folder.write('dist/model/shop.json', JSON.stringify(shop));
  await writeKubeconfig();
  fs.mkdirSync(path.join(folder.path, 'bin'));
  fs.symlinkSync(process.env.GOLDEN_PATH_KUBECTL!, path.join(folder.path, 'bin', 'kubectl'));
  const told = JSON.stringify(burning).replaceAll('shop-prod', NAMESPACE);
  server = await FakeServer.start([says(JSON.parse(told) as typeof burning)]);
}, 120_000);
afterAll(async () => {
  await server.stop();
  folder.remove();
  await quietly(['delete', 'namespace', NAMESPACE, '--wait=false']);
});

const ofHere = (): NodeJS.ProcessEnv => ({
  ...process.env,
  KUBECONFIG: path.join(folder.path, 'kubeconfig.json'),
  PATH: `${path.join(folder.path, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  TS_NODE_PROJECT: path.join(root, 'tsconfig.json'),
});

/** Two may run at once, so each has a process of its own. */
function scaleOut(context: string, ...more: readonly string[]) {
  const args = ['incident', 'stock', '--prometheus', server.url, '--environment', 'prod'];
  // Another control plane is busy beside this one.
  const act = ['--act', 'scale-out', '--context', context, '--timeout', '60', ...more];
  const bin = path.join(root, 'lib/cli/bin.ts');
  const child = spawn(process.execPath, ['-r', hook, bin, ...args, ...act], {
    ...{ cwd: folder.path, env: ofHere(), stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  return new Promise<{ readonly code: number | null; readonly said: string }>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, said });
    });
  });
}

async function least(): Promise<number | undefined> {
  const [found] = await listed<{ spec: { minReplicas: number } }>([
    ...['get', '-n', NAMESPACE, 'horizontalpodautoscaler/stock'],
  ]);
  return found?.spec.minReplicas;
}
async function outcomes(): Promise<readonly string[]> {
  const args = ['get', '-n', NAMESPACE, 'configmap', LOG, '--ignore-not-found'];
  const [found] = await listed<{ data: Readonly<Record<string, string>> }>(args);
  return Object.values(found?.data ?? {}).map(
    (text) => (JSON.parse(text) as { readonly outcome: string }).outcome,
  );
}
const forget = async (): Promise<void> => {
  await quietly(['delete', '-n', NAMESPACE, 'configmap', LOG, '--ignore-not-found']);
  const spec = JSON.stringify({ spec: { minReplicas: 2 } });
  await quietly([
    ...['patch', '-n', NAMESPACE, 'horizontalpodautoscaler/stock', '--type=merge', '-p', spec],
  ]);
};

describe('a declared response, on a real API server', () => {
  it('changes nothing unless it is told to', async () => {
    const { code, said } = await scaleOut(CONTEXT);
    expect([code, said]).toEqual([0, expect.stringContaining('DRY RUN: give --yes to do it.')]);
    expect([await least(), await outcomes()]).toEqual([2, []]);
  });

  it('is done once, and logged', async () => {
    const { code, said } = await scaleOut(CONTEXT, '--yes');
    expect([code, said]).toEqual([0, expect.stringContaining('DONE.')]);
    expect([await least(), await outcomes()]).toEqual([5, ['done']]);
    const again = await scaleOut(CONTEXT, '--yes');
    expect([again.code, again.said]).toEqual([1, expect.stringContaining('once in 30 min')]);
    expect(await outcomes()).toEqual(['done']);
  });

  it('is done by one of two responders who do it at once', async () => {
    await forget();
    const ran = await Promise.all([scaleOut(CONTEXT, '--yes'), scaleOut(CONTEXT, '--yes')]);
    expect(ran.map(({ code }) => code).sort()).toEqual([0, 1]);
    const [other] = ran.filter(({ code }) => code === 1);
    expect(other?.said).toMatch(/NOT DONE: somebody else acts|REFUSED, nothing was done/);
    expect([await least(), await outcomes()]).toEqual([5, ['done']]);
  });

  it('fails where the server forbids it, and says and logs so', async () => {
    await forget();
    const { code, said } = await scaleOut(WATCHER, '--yes');
    expect([code, said.replace(/\n +/g, ' ')]).toEqual([
      1,
      expect.stringMatching(
        /FAILED: .*Forbidden.*cannot patch resource "horizontalpodautoscalers"/,
      ),
    ]);
    expect([await least(), await outcomes()]).toEqual([
      2,
      [expect.stringMatching(/^failed: .*Forbidden/)],
    ]);
  });

  it('goes back to a revision by the command that a roll-back has', async () => {
    const facts = factsOf('roll-back', {
      cluster: cluster({ revisions: [revision(1, 50, 0.1), revision(2, 1, 40)] }),
    });
    const standing = { ...facts.standing, workload: workload('stock', []) };
    const plan = decide({ ...facts, standing });
    if (plan.kind !== 'plan') throw new Error(plan.reasons.join());
    const before = process.env;
    process.env = ofHere();
    try {
      const ran = kubectlOf(CONTEXT, NAMESPACE);
      for (const words of plan.commands) expect(await ran(words)).toMatchObject({ status: 0 });
    } finally {
      process.env = before;
    }
    const [found] = await listed<{
      spec: { template: { spec: { containers: readonly { image: string }[] } } };
    }>(['get', '-n', NAMESPACE, 'deployment/stock']);
    expect(found?.spec.template.spec.containers.map(({ image }) => image)).toEqual(['stock:1']);
  });
});
