import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { synthesizeEveryFeature } from './every-feature';
import { kindsOfServices } from './every-service';
import { findKustomize } from './kustomize';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly subjects?: readonly Readonly<Record<string, unknown>>[];
}

interface Kustomization {
  readonly namespace: string;
  readonly resources: readonly string[];
}

const build = findKustomize();

/** kubectl reads YAML 1.1, most other tools 1.2. */
const VERSIONS = ['1.1', '1.2'] as const;
type Version = (typeof VERSIONS)[number];

const read = (text: string, version: Version): readonly Manifest[] =>
  Array.from(parseAllDocuments(text, { version }), (document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS() as Manifest;
  });

const kustomization = (folder: string): Kustomization =>
  parse(fs.readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;

/** The objects of a folder's files, one file after the other. */
const written = (folder: string, version: Version): readonly Manifest[] =>
  kustomization(folder).resources.flatMap((file) =>
    read(fs.readFileSync(path.join(folder, file), 'utf8'), version),
  );

const built = (folder: string, version: Version = '1.2'): readonly Manifest[] =>
  // kustomize takes the quotes from a point alone. Go reads a text, and this library a number of YAML 1.1.
  read(build(folder).text.replace(/^( *- )\.$/gm, '$1"."'), version);

/** All that kustomize is asked for: every object but the Namespace is placed in the namespace, and so are the accounts it is bound to. */
function place(manifest: Manifest, namespace: string, accounts: readonly string[]): Manifest {
  if (manifest.kind === 'Namespace') return manifest;
  const subjects = manifest.subjects?.map((subject) => {
    const isOurs = subject.kind === 'ServiceAccount' && accounts.includes(String(subject.name));
    return isOurs ? { ...subject, namespace } : subject;
  });
  const metadata = { ...manifest.metadata, namespace };
  return { ...manifest, metadata, ...(subjects && { subjects }) };
}

function expectOnlyPlaced(folder: string): void {
  const { namespace, resources } = kustomization(folder);
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.k8s.yaml'));
  expect([...resources].sort()).toEqual(files.sort());
  expect(build(folder).talk).toBe('');
  for (const version of VERSIONS) {
    const manifests = written(folder, version);
    const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
    const names = accounts.map(({ metadata }) => metadata.name);
    const expected = manifests.map((manifest) => place(manifest, namespace, names));
    expect(built(folder, version)).toEqual(expected);
  }
}

/** The folders `<environment>/<application>` of an output folder, and those inside that come first. What is for the whole cluster has no namespace to be placed in. */
const folders = (dist: string): readonly string[] =>
  fs
    .readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'kustomization.yaml')
    .map((file) => path.dirname(file).split(path.sep).join('/'))
    .filter((folder) => /^[^/]+\/(?!cluster$)[^/]+(\/migrate)?$/.test(folder))
    .sort();

const kinds = (manifests: readonly Manifest[]): readonly string[] =>
  [...new Set(manifests.map(({ kind }) => kind))].sort();

const DIST = path.join(__dirname, '..', '..', 'dist');

describe('kustomize on dist/', () => {
  it.each(folders(DIST))('only places the objects of %s in its namespace', (folder) => {
    expectOnlyPlaced(path.join(DIST, folder));
  });
});

describe('kustomize on an application with every feature', () => {
  let root: string;
  const folder = (environment: string, inside = ''): string =>
    path.join(root, environment, 'everything', inside);

  beforeAll(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'every-feature-'));
    synthesizeEveryFeature(root);
  });

  afterAll(() => {
    fs.rmSync(root, { recursive: true });
  });

  it('finds every feature', () => {
    expect(folders(root)).toEqual(
      ['dev', 'prod', 'staging'].flatMap((name) => [
        `${name}/everything`,
        `${name}/everything/migrate`,
        `${name}/warehouse`,
      ]),
    );
    expect(kustomization(folder('dev', 'migrate')).resources).toEqual([
      'environment.k8s.yaml',
      'application.k8s.yaml',
      'mailer-migrate.k8s.yaml',
    ]);
    expect(kustomization(folder('dev')).resources).toEqual([
      'environment.k8s.yaml',
      'mesh.k8s.yaml',
      'application.k8s.yaml',
      'observability.k8s.yaml',
      'signals.k8s.yaml',
      'canary.k8s.yaml',
      'canary.mesh.k8s.yaml',
      'canary.signals.k8s.yaml',
      'mailer.k8s.yaml',
      'mailer.mesh.k8s.yaml',
      'mailer.observability.k8s.yaml',
      'mailer.signals.k8s.yaml',
      'prices.k8s.yaml',
      'prices-next.k8s.yaml',
      'prices-next.mesh.k8s.yaml',
      'prices-next.signals.k8s.yaml',
      'prices.mesh.k8s.yaml',
      'prices.signals.k8s.yaml',
      'shop.k8s.yaml',
      'shop.mesh.k8s.yaml',
      'shop.signals.k8s.yaml',
    ]);
    const all = ['dev', 'staging', 'prod'].flatMap((name) => [
      ...built(folder(name, 'migrate')),
      ...built(folder(name)),
    ]);
    const expected = [
      'AlertmanagerConfig',
      'AuthorizationPolicy',
      'Binding',
      'Broker',
      'Bucket',
      'BucketLifecycleConfiguration',
      'BucketPublicAccessBlock',
      'BucketServerSideEncryptionConfiguration',
      'BucketVersioning',
      'Cache',
      'CiliumNetworkPolicy',
      'ConfigMap',
      'CronJob',
      'Deployment',
      'Exchange',
      'ExternalSecret',
      'FederatedIdentityCredential',
      'GRPCRoute',
      'HTTPRoute',
      'HorizontalPodAutoscaler',
      'IAMPolicyMember',
      'Ingress',
      'Instance',
      'Job',
      'LimitRange',
      'ListenerSet',
      'Namespace',
      'NetworkPolicy',
      'Password',
      'PeerAuthentication',
      'Permission',
      'PodDisruptionBudget',
      'PodIdentityAssociation',
      'PodMonitor',
      'PrometheusRule',
      'ResourceQuota',
      'Queue',
      'ReplicationGroup',
      'Role',
      'RoleBinding',
      'ScaledObject',
      'SecretStore',
      'Service',
      'ServiceAccount',
      'ServiceEntry',
      'TriggerAuthentication',
      'User',
      'VerticalPodAutoscaler',
      ...kindsOfServices,
    ];
    expect(kinds(all)).toEqual([...new Set(expected)].sort());
    const text = build(folder('dev')).text;
    for (const part of ['imagePullSecrets:', 'restartPolicy: Always', 'defaultMode: 288']) {
      expect(text).toContain(part);
    }
  });

  it.each(['dev', 'staging', 'prod'])('only places the objects of %s in its namespace', (name) => {
    expectOnlyPlaced(folder(name));
    expectOnlyPlaced(folder(name, 'migrate'));
  });

  it('has each object in one kustomization only', () => {
    const first = built(folder('dev', 'migrate')).map(
      ({ kind, metadata: { name } }) => kind + name,
    );
    const rest = built(folder('dev')).map(({ kind, metadata: { name } }) => kind + name);
    expect(first.filter((name) => rest.includes(name))).toEqual([]);
  });

  it('leaves the name of the Namespace alone, and comes upon it first', () => {
    const [namespace] = built(folder('dev', 'migrate'));
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { name: 'everything-dev' } });
    expect(namespace?.metadata.namespace).toBeUndefined();
  });

  it('places everything where the namespace exists already', () => {
    const all = [...built(folder('staging')), ...built(folder('staging', 'migrate'))];
    const places = all.map(({ metadata }) => metadata.namespace);
    expect(new Set(places)).toEqual(new Set(['team-all']));
  });

  it('fills in the namespace of the account that restarts, and no other', () => {
    const bindings = built(folder('dev')).filter(({ kind }) => kind === 'RoleBinding');
    expect(bindings.map(({ metadata, subjects }) => [metadata.name, subjects])).toEqual([
      [
        'everything-restart',
        [{ kind: 'ServiceAccount', name: 'everything-restart', namespace: 'everything-dev' }],
      ],
      [
        'reader',
        [
          { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'auditors' },
          { kind: 'ServiceAccount', name: 'backup', namespace: 'elsewhere' },
        ],
      ],
    ]);
  });

  it('would put the network policies last without sortOptions', () => {
    const copy = path.join(root, 'unsorted');
    fs.cpSync(folder('dev'), copy, { recursive: true });
    const file = path.join(copy, 'kustomization.yaml');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace(/^sortOptions:\n {2}order: fifo\n/m, ''));
    const order = built(copy).map(({ kind }) => kind);
    expect(order.indexOf('NetworkPolicy')).toBeGreaterThan(order.lastIndexOf('Deployment'));
    const ours = built(folder('dev')).map(({ kind }) => kind);
    expect(ours.indexOf('NetworkPolicy')).toBeLessThan(ours.indexOf('Deployment'));
  });
});
