import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Manifest } from '../../lib';
import { MIGRATE } from '../../lib/foundation';
import { compareRenderings, linesOf, nameOf } from '../upgrade/compare';
import { previousRelease } from '../upgrade/previous-release';
import { synthesizeRelease, type Release } from '../upgrade/releases';
import { kubectl, listed, quietly } from './kubectl';
import { leftovers } from './leftovers';
import { builtWhole, listOf, renamed, withoutPlaceAndTime, type Stored } from './objects';

const root = path.join(__dirname, '..', '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'upgrade-'));
const previous = previousRelease(root, folder);
const CLUSTER = 'cluster';
const GUARDED = 'golden-path/guardrails';

/** The folders of applications. Those inside, which come first, are theirs. */
const folders = (dist: string): readonly string[] =>
  fs
    .readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'kustomization.yaml')
    .map((file) => path.dirname(file))
    .filter((name) => path.basename(name) !== MIGRATE)
    .sort();

const isOfCluster = ({ kind }: Manifest): boolean => kind.startsWith('ValidatingAdmissionPolicy');

/** The namespaces that objects stand in and do not bring along, such as that of an Alertmanager. */
function namespacesMissing(manifests: readonly Manifest[]): readonly Manifest[] {
  const brought = manifests.filter(({ kind }) => kind === 'Namespace');
  const used = manifests.map(({ metadata }) => (metadata as { namespace?: string }).namespace);
  return [...new Set(used)]
    .filter((name) => name !== undefined)
    .filter((name) => brought.every(({ metadata }) => metadata.name !== name))
    .map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

/** Objects out of the way of other suites: in namespaces of our own, which no policy looks at, and with policies that look at nothing. */
function aside(manifests: readonly Manifest[], suffix: string): readonly Manifest[] {
  const all = [...namespacesMissing(manifests), ...manifests];
  return renamed(all, (namespace) => `${namespace}-${suffix}`).map((manifest) => {
    const { metadata } = manifest;
    if (isOfCluster(manifest)) return withoutEffect(manifest, suffix);
    if (manifest.kind !== 'Namespace') return manifest;
    const labels = Object.entries(metadata.labels ?? {}).filter(([label]) => label !== GUARDED);
    return { ...manifest, metadata: { ...metadata, labels: Object.fromEntries(labels) } };
  });
}

function withoutEffect(manifest: Manifest, suffix: string): Manifest {
  const name = (text: string): string => `${text}-${suffix}`;
  const metadata = { ...manifest.metadata, name: name(manifest.metadata.name) };
  const spec = manifest.spec as { readonly policyName?: string };
  if (spec.policyName === undefined) return { ...manifest, metadata };
  const matchResources = { namespaceSelector: { matchLabels: { 'golden-path/no': 'namespace' } } };
  return {
    ...manifest,
    metadata,
    spec: { ...spec, policyName: name(spec.policyName), matchResources },
  };
}

const used = new Map<string, Manifest>();

/** Applies as a release does, without pruning. @throws when the server refuses an object or warns */
async function apply(manifests: readonly Manifest[]): Promise<void> {
  for (const manifest of manifests) {
    if (manifest.kind === 'Namespace' || isOfCluster(manifest))
      used.set(nameOf(manifest), manifest);
  }
  const args = ['apply', '--server-side', '--validate=strict', '-f', '-'];
  const lines = (await quietly(args, listOf(manifests))).trim().split('\n');
  expect(lines).toHaveLength(manifests.length);
}

const namespaceOf = (manifests: readonly Manifest[]): string =>
  manifests.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';

afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  if (used.size === 0) return;
  const args = ['delete', '--ignore-not-found', '--wait=false', '-f', '-'];
  await quietly(args, listOf([...used.values()]));
});

describe('the release before this one', () => {
  if ('missing' in previous) {
    it('is at hand', () => {
      throw new Error(previous.missing);
    });
    return;
  }
  const { revision, dist } = previous;
  const now = path.join(root, 'dist');
  const both = folders(dist).filter((name) => folders(now).includes(name));

  it('has folders in common with this one', () => {
    expect(both).not.toEqual([]);
  });

  it.each(both)(`at ${revision} gives way to this one in %s`, async (name) => {
    const before = await builtWhole(path.join(dist, name));
    const after = await builtWhole(path.join(now, name));
    const lines = linesOf(compareRenderings(before, after)).map((line) => `  ${line}\n`);
    process.stderr.write(
      `${name} since ${revision}:\n${lines.join('') || '  no object comes or goes\n'}`,
    );

    const [old, next] = [aside(before, 'upgrade'), aside(after, 'upgrade')];
    const { immutable, removed } = compareRenderings(old, next);
    expect(immutable).toEqual([]);
    await apply(old);
    await apply(next);
    if (path.basename(name) === CLUSTER) return;
    expect(await leftovers(namespaceOf(next), path.basename(name), next)).toEqual(removed);
  });
});

describe('a release that changes all that may change', () => {
  const release = async (which: Release, environment: string, suffix: string) =>
    aside(await builtWhole(path.join(folder, which, environment, 'changing')), suffix);

  beforeAll(() => {
    for (const which of ['first', 'second'] as const) {
      synthesizeRelease(which, path.join(folder, which));
    }
  });

  it.each(['dev', 'prod'])(
    'comes to the same in %s as installing it alone',
    async (environment) => {
      await apply(await release('first', environment, 'upgrade'));
      const upgraded = await release('second', environment, 'upgrade');
      await apply(upgraded);
      const alone = await release('second', environment, 'alone');
      await apply(alone);
      expect(await contents(upgraded)).toEqual(await contents(alone));
    },
  );

  it.each([
    ['dev', [expect.stringMatching(/^Job\.batch\/changing-restart-[0-9a-f]{8}$/)]],
    ['prod', ['HorizontalPodAutoscaler.autoscaling/mailer']],
  ])('leaves over in %s exactly what it lacks', async (environment, own) => {
    const before = await release('first', environment, 'upgrade');
    const after = await release('second', environment, 'upgrade');
    const namespace = namespaceOf(after);
    const found = await leftovers(namespace, 'changing', after);
    const { removed, immutable } = compareRenderings(before, after);
    expect([found, immutable]).toEqual([removed, []]);
    const names = found.map((name) => name.replace(`${namespace}: `, ''));
    const lacking = [...LACKING, expect.stringMatching(/^Job\.batch\/orders-migrate-[0-9a-f]{8}$/)];
    expect(names).toEqual(expect.arrayContaining([...lacking, ...own]));
    expect(names).toHaveLength(lacking.length + own.length);
    expect(await leftovers(namespace, 'changing', [...before, ...after])).toEqual([]);
    expect(await leftovers(namespace, 'other', [])).toEqual([]);
  });
});

/** What the second release has in no environment. */
const LACKING = [
  'ConfigMap/mailer-settings',
  'Deployment.apps/mailer',
  'ExternalSecret.external-secrets.io/orders-key',
  'NetworkPolicy.networking.k8s.io/catalog-allow-metrics',
  'NetworkPolicy.networking.k8s.io/mailer',
  'NetworkPolicy.networking.k8s.io/orders-allow-metrics',
  'NetworkPolicy.networking.k8s.io/orders-migrate-to-catalog',
  'PodDisruptionBudget.policy/mailer',
  'PodMonitor.monitoring.coreos.com/catalog',
  'PodMonitor.monitoring.coreos.com/orders',
  'ServiceAccount/mailer',
];

/** What the server stores, apart from what differs by place and time. */
async function contents(manifests: readonly Manifest[]): Promise<readonly unknown[]> {
  const namespace = namespaceOf(manifests);
  const objects = await listed<Stored>(['get', '-f', '-'], listOf(manifests));
  return objects.map(({ metadata, ...rest }) => {
    const { name, labels, annotations, uid } = metadata;
    const text = JSON.stringify(withoutPlaceAndTime({ ...rest, name, labels, annotations }));
    return JSON.parse(text.replaceAll(namespace, 'there').replaceAll(uid, 'uid')) as unknown;
  });
}

describe('what a comparison calls immutable', () => {
  const namespace = 'immutable-upgrade';
  const object = (apiVersion: string, kind: string, rest: object): Manifest => ({
    apiVersion,
    kind,
    metadata: { name: kind.toLowerCase(), namespace } as Manifest['metadata'],
    ...rest,
  });
  const pod = (image: string, app = 'a') => ({
    metadata: { labels: { app, both: 'yes' } },
    spec: { containers: [{ name: 'app', image }], restartPolicy: 'Never' },
  });
  const deployment = (app: string): Manifest => {
    const { metadata, spec } = pod('a:1', app);
    const template = { metadata, spec: { ...spec, restartPolicy: 'Always' } };
    const selector = { matchLabels: { app } };
    return object('apps/v1', 'Deployment', { spec: { selector, template } });
  };
  const job = (image: string): Manifest =>
    object('batch/v1', 'Job', { spec: { template: pod(image) } });
  const service = (spec: object): Manifest =>
    object('v1', 'Service', { spec: { ports: [{ port: 80 }], selector: { app: 'a' }, ...spec } });
  const binding = (name: string): Manifest =>
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    });
  const settings = (value: string): Manifest =>
    object('v1', 'ConfigMap', { immutable: true, data: { value } });
  const headless = { clusterIP: 'None' };

  const put = (manifest: Manifest) =>
    kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(manifest));

  beforeAll(async () => {
    await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  });

  it.each([
    ['the selector of a Deployment', deployment('a'), deployment('b')],
    ['the template of a Job', job('a:1'), job('a:2')],
    ['the address of a Service', service({}), service(headless)],
    ['the role of a RoleBinding', binding('view'), binding('edit')],
    ['the data of an immutable ConfigMap', settings('a'), settings('b')],
  ])('the server refuses: %s', async (_, was, is) => {
    expect(compareRenderings([was], [is]).immutable).toHaveLength(1);
    expect(await put(was)).toMatchObject({ code: 0 });
    const { code, stderr } = await put(is);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/immutable|may not change|cannot change/),
    ]);
  });

  it('the server takes without effect: a Service that is to get an address', async () => {
    const [was, is] = [service(headless), service({})];
    expect(compareRenderings([was], [is]).immutable).toHaveLength(1);
    await quietly(['delete', 'service', '-n', namespace, '--all']);
    expect(await put(was)).toMatchObject({ code: 0 });
    expect(await put(is)).toMatchObject({ code: 0 });
    const [stored] = await listed<Stored>(['get', 'service', 'service', '-n', namespace]);
    expect(stored?.spec).toMatchObject(headless);
  });
});
