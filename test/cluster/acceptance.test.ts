import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib';
import { grouped } from '../../lib/foundation';
import { cloudPlatform } from '../kustomize/cloud-services';
import { synthesizeEveryFeature, synthesizeOnLinkerd } from '../kustomize/every-feature';
import { installCrd } from './crds';
import { inTurns, listed, quietly } from './kubectl';
import {
  built,
  idOf,
  inOrder,
  listOf,
  podTemplateOf,
  renamed,
  withoutPlaceAndTime,
  type Stored,
} from './objects';
import { typeChecked } from './policies';

const DIST = path.join(__dirname, '..', '..', 'dist');
/** What the example application does not use. */
const EVERYTHING = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-everything-'));
synthesizeEveryFeature(EVERYTHING);
const CLOUDS = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-clouds-'));
cloudPlatform(CLOUDS).synth();
const ON_LINKERD = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-linkerd-'));
synthesizeOnLinkerd(ON_LINKERD);

const environmentsOf = (root: string): readonly string[] =>
  fs.readdirSync(root).filter((name) => !['catalog', 'model', 'runbooks', 'tests'].includes(name));

/** The folders of each application in each environment, in the order in which they are applied. */
const inPlaces = [DIST, EVERYTHING, ON_LINKERD, CLOUDS].flatMap((root) =>
  environmentsOf(root).flatMap((environment) =>
    fs.readdirSync(path.join(root, environment)).map((id) =>
      inOrder(path.join(root, environment, id)).map((folder) => ({
        ...{ root, environment, folder },
        application: path.relative(path.join(root, environment), folder),
      })),
    ),
  ),
);
const folders = inPlaces.flat();
type Folder = (typeof folders)[number];
const isCluster = ({ application }: Folder): boolean => application === 'cluster';
const applications = folders.filter((folder) => !isCluster(folder));

const ENVIRONMENT = 'environment.k8s.yaml';
const filesOf = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.k8s.yaml'))
    .map((name) => path.join(folder, name));
const objectsIn = (file: string): readonly Manifest[] =>
  parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest);

/** Does the same with every folder, those of a few applications at a time, and gives what came of each. */
async function onEach<R>(
  places: readonly (readonly Folder[])[],
  task: (folder: Folder) => Promise<R>,
): Promise<(folder: Folder) => R> {
  const outcomes = new Map<string, PromiseSettledResult<R>>();
  const inOneApplication = async (list: readonly Folder[]): Promise<void> => {
    for (const each of list) {
      const [outcome] = await Promise.allSettled([task(each)]);
      outcomes.set(each.folder, outcome);
    }
  };
  await inTurns(places, inOneApplication, 3);
  return ({ folder }) => {
    const outcome = outcomes.get(folder);
    if (outcome?.status === 'fulfilled') return outcome.value;
    throw outcome?.reason;
  };
}

const stored = (folder: string): Promise<readonly Stored[]> =>
  listed<Stored>(['get', '-k', folder]);
const versions = async (folder: string): Promise<readonly (readonly string[])[]> =>
  (await stored(folder)).map((object) => [idOf(object), object.metadata.resourceVersion]);

const clientSide = (namespace: string): string => `${namespace}-client-side`;
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };
/** The namespace that the platform team made for an environment that only uses it. */
const OWN_NAMESPACE = {
  ...{ apiVersion: 'v1', kind: 'Namespace' },
  metadata: { name: 'team-all', labels: RESTRICTED },
};
/** That of the Alertmanager, which is there before anything is told. */
const MONITORING = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } };
/** The kind that a team brings along. */
const OWN_CRD = {
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  metadata: { name: 'caches.example.com' },
  spec: {
    ...{ group: 'example.com', scope: 'Namespaced' },
    names: { kind: 'Cache', listKind: 'CacheList', plural: 'caches', singular: 'cache' },
    versions: [
      {
        ...{ name: 'v1', served: true, storage: true },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
};

const counts = { objects: 0, pods: 0 };

beforeAll(async () => {
  await installCrd(OWN_CRD);
  const namespaces = renamed([OWN_NAMESPACE], clientSide);
  await quietly(
    ['apply', '--server-side', '-f', '-'],
    listOf([OWN_NAMESPACE, MONITORING, ...namespaces]),
  );
});
afterAll(() => {
  for (const folder of [EVERYTHING, ON_LINKERD, CLOUDS]) fs.rmSync(folder, { recursive: true });
  process.stderr.write(`applied ${counts.objects} objects, admitted ${counts.pods} pods\n`);
});

describe('a real API server', () => {
  describe('by server-side apply', () => {
    let outcome: (folder: Folder) => Applied;

    beforeAll(async () => {
      // What a cluster has of its own is there before applications are.
      const ofCluster = folders.filter(isCluster).map((folder) => [folder]);
      const clusters = await onEach([ofCluster.flat()], appliedByServer);
      const others = inPlaces.filter((list) => !list.some(isCluster));
      const applied = await onEach(others, appliedByServer);
      outcome = (folder) => (isCluster(folder) ? clusters : applied)(folder);
    });

    it.each(folders)(
      'takes $environment/$application, and changes nothing the second time',
      (folder) => {
        const { lines, expected, changed } = outcome(folder);
        expect(lines).toHaveLength(expected.length);
        expect(expected.length).toBeGreaterThan(0);
        expect(changed).toEqual([]);
        counts.objects += lines.length;
      },
    );
  });

  describe('by client-side apply', () => {
    let outcome: (folder: Folder) => AppliedByClient;

    beforeAll(async () => {
      const others = inPlaces.filter((list) => !list.some(isCluster));
      outcome = await onEach(others, appliedByClient);
    });

    it.each(applications)('takes $environment/$application', (folder) => {
      const { lines, expected, sizes } = outcome(folder);
      expect(lines).toHaveLength(expected.length);
      // Kubernetes' limit for all annotations of an object.
      expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
    });
  });

  it.each(applications)(
    'admits each pod of $environment/$application where restricted is enforced',
    async ({ folder }) => {
      const objects = await stored(folder);
      const place = objects.find(podTemplateOf)?.metadata.namespace ?? '';
      const [namespace] = await listed<Stored>(['get', 'namespace', place]);
      expect(namespace?.metadata.labels).toMatchObject(RESTRICTED);
      const pods = objects.flatMap(podOf);
      expect(pods.length).toBeGreaterThan(0);
      const args = ['create', '--dry-run=server', '--validate=strict', '-f', '-'];
      const lines = (await quietly(args, listOf(pods))).trim().split('\n');
      expect(lines).toHaveLength(pods.length);
      counts.pods += lines.length;
    },
  );

  it('stores the same of each file of phase 1 in every environment', async () => {
    const contents = await inTurns(applications, contentsOf, 3);
    for (const group of grouped(contents.flat(), ({ id }) => id).values()) {
      expect(group[0]?.objects.length).toBeGreaterThan(0);
      for (const { objects } of group) expect(objects).toEqual(group[0]?.objects);
    }
  });

  it('has taken every object that the files hold, and admitted every pod', () => {
    const inFiles = (list: typeof folders): readonly Manifest[] =>
      list.flatMap(({ folder }) => filesOf(folder).flatMap(objectsIn));
    const pods = inFiles(applications).filter(podTemplateOf);
    expect(counts).toEqual({ objects: inFiles(folders).length, pods: pods.length });
  });
});

interface Applied {
  readonly lines: readonly string[];
  readonly expected: readonly Manifest[];
  /** What the last apply gave another version. */
  readonly changed: readonly unknown[];
}

async function appliedByServer({ application, folder }: Folder): Promise<Applied> {
  const args = ['apply', '--server-side', '--validate=strict', '-k', folder];
  const lines = (await quietly(args)).trim().split('\n');
  const expected = await built(folder);
  if (application === 'cluster') {
    // The next apply puts the status controller's entry in its place among the managed fields.
    await typeChecked();
    await quietly(args);
  }
  // Its CRD has a default for the status, which the server stores with the next apply where no controller wrote one.
  if (expected.some(({ kind }) => kind === 'ListenerSet')) await quietly(args);
  // A controller may write a status meanwhile; what never settles is what the manifests change.
  let changed = await changedBy(args, folder);
  for (let round = 0; round < 2 && changed.length > 0 && application === 'cluster'; round++) {
    changed = await changedBy(args, folder);
  }
  return { lines, expected, changed };
}

async function changedBy(args: readonly string[], folder: string): Promise<Applied['changed']> {
  const before = await versions(folder);
  await quietly(args);
  const after = await versions(folder);
  return after.filter((each, index) => !isDeepStrictEqual(each, before[index]));
}

interface AppliedByClient {
  readonly lines: readonly string[];
  readonly expected: readonly Manifest[];
  /** Of all annotations of each object. */
  readonly sizes: readonly number[];
}

async function appliedByClient({ folder }: Folder): Promise<AppliedByClient> {
  const expected = renamed(await built(folder), clientSide);
  const input = listOf(expected);
  const args = ['apply', '--validate=strict', '-f', '-'];
  const lines = (await quietly(args, input)).trim().split('\n');
  const objects = await listed<Stored>(['get', '-f', '-'], input);
  const sizes = objects.map(({ metadata }) => JSON.stringify(metadata.annotations).length);
  await quietly(args, input);
  return { lines, expected, sizes };
}

/** The pod that an object will make, or rather its controller. */
function podOf(object: Stored): readonly Manifest[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  const { apiVersion, kind } = object;
  const { name, namespace, uid } = object.metadata;
  const ownerReferences = [{ apiVersion, kind, name, uid, controller: true }];
  const metadata = { ...template.metadata, name: `${name}-pod`, namespace, ownerReferences };
  return [{ apiVersion: 'v1', kind: 'Pod', metadata, spec: withClaims(object, template.spec) }];
}

/** The volumes that the controller of a StatefulSet adds for its claims. */
function withClaims({ spec, metadata }: Stored, pod: object): object {
  const { volumeClaimTemplates: claims = [] } = spec as {
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
  const { volumes = [] } = pod as { readonly volumes?: readonly object[] };
  const added = claims.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${metadata.name}-0` },
  }));
  return { ...pod, volumes: [...volumes, ...added] };
}

interface Contents {
  /** Of the file, whatever the environment. */
  readonly id: string;
  readonly objects: readonly unknown[];
}

/** What the server stores of the phase-1 files of a folder, apart from names of places. */
async function contentsOf({ application, folder }: Folder): Promise<readonly Contents[]> {
  const files = filesOf(folder).filter((file) => path.basename(file) !== ENVIRONMENT);
  const { namespace } = parse(fs.readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')) as {
    readonly namespace: string;
  };
  const args = ['get', '-n', namespace, ...files.flatMap((file) => ['-f', file])];
  const objects = (await listed<Stored>(args)).map(({ metadata, ...rest }) =>
    withoutPlaceAndTime({ ...rest, name: metadata.name, labels: metadata.labels }),
  );
  return files.map((file) => ({
    id: `${application}/${path.basename(file)}`,
    objects: objects.splice(0, objectsIn(file).length),
  }));
}
