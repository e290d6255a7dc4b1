import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse } from 'yaml';
import {
  Application,
  Platform,
  ScheduledJob,
  WebService,
  Worker,
  type Environment,
  type Manifest,
} from '../../lib';
import { addBackend, roomy } from '../application/valid-parts';
import { validScheduledJob, validWebService, validWorker } from '../application/valid-props';
import { synthesizeEveryFeature, synthesizeOnLinkerd } from '../kustomize/every-feature';
import { kindsOfServices } from '../kustomize/every-service';
import { validEnvironments } from '../platform/valid-environments';
import { crdSource, kubernetesSources, metadataOnly, type Source } from './sources';
import { strictValidator } from './strict-validator';

const root = path.join(__dirname, '..', '..');
const { GOLDEN_PATH_SCHEMAS, GOLDEN_PATH_CRDS } = process.env;

/** The kind that the application with every feature makes up. */
const cache: Source = {
  name: 'made up',
  schemaOf: ({ group, kind }) =>
    group === 'example.com' && kind === 'Cache'
      ? { type: 'object', required: ['spec'] }
      : undefined,
};

const validate = strictValidator([
  ...(GOLDEN_PATH_SCHEMAS === undefined ? [metadataOnly] : kubernetesSources(GOLDEN_PATH_SCHEMAS)),
  ...(GOLDEN_PATH_CRDS === undefined ? [] : [crdSource(GOLDEN_PATH_CRDS)]),
  // What the projects' folder does not have, as Linkerd's, is checked by our own small ones.
  crdSource(path.join(root, 'imports', 'crds')),
  cache,
]);

/** The objects of a folder's files as they were printed. Environments have most of them in common. */
function objectsIn(folder: string): readonly Manifest[] {
  const documents = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.k8s.yaml'))
    .flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split(/^---$/m));
  return [...new Set(documents)].map((text) => parse(text) as Manifest);
}

const kindsOf = (manifests: readonly Manifest[]): readonly string[] =>
  [...new Set(manifests.map(({ kind }) => kind))].sort();

/** The kinds of workloads and of what belongs to them. */
const OF_APPLICATIONS = [
  'ConfigMap',
  'CronJob',
  'Deployment',
  'ExternalSecret',
  'GRPCRoute',
  'HTTPRoute',
  'HorizontalPodAutoscaler',
  'Job',
  'LimitRange',
  'ListenerSet',
  'Namespace',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
  'VerticalPodAutoscaler',
];
/** What knows hosts outside by name. */
const OF_NAMES = ['CiliumNetworkPolicy', 'ServiceEntry'];
/** What goes along with the identities of workloads. */
const OF_IDENTITIES = ['FederatedIdentityCredential', 'IAMPolicyMember', 'PodIdentityAssociation'];
/** The kinds of workers that scale on messages. */
const OF_KEDA = ['ScaledObject', 'TriggerAuthentication'];

/** The kinds by which environments supply backing services. */
const OF_SERVICES = [
  'Binding',
  'Broker',
  'Bucket',
  'BucketLifecycleConfiguration',
  'BucketPublicAccessBlock',
  'BucketServerSideEncryptionConfiguration',
  'BucketVersioning',
  'Exchange',
  'Instance',
  'Password',
  'Permission',
  'Queue',
  'ReplicationGroup',
  'SecretStore',
  'User',
];
const OF_CLUSTERS = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];

/** What the objects are checked by. Without the definitions of Kubernetes it is their metadata alone. */
const checkedBy = [
  GOLDEN_PATH_SCHEMAS === undefined ? 'metadata alone' : "Kubernetes' own definitions",
  GOLDEN_PATH_CRDS === undefined ? 'imports/crds' : "the projects' own CRDs",
].join(' and ');

describe(`emitted objects have no field that Kubernetes does not know, and all that it wants, by ${checkedBy}`, () => {
  it('in dist/', () => {
    const objects = objectsIn(path.join(root, 'dist'));
    expect(objects.flatMap(validate)).toEqual([]);
    expect(kindsOf(objects)).toEqual(expect.arrayContaining(['Deployment', ...OF_CLUSTERS]));
  });

  describe.each([
    [
      'istio',
      synthesizeEveryFeature,
      [
        ...[...OF_SERVICES, ...OF_NAMES, ...OF_IDENTITIES],
        ...['AlertmanagerConfig', 'AuthorizationPolicy', 'PeerAuthentication'],
      ],
    ],
    [
      'linkerd',
      synthesizeOnLinkerd,
      [
        ...['AlertmanagerConfig', 'AuthorizationPolicy', 'GrafanaDashboard'],
        'MeshTLSAuthentication',
        ...['NetworkAuthentication', 'Server'],
      ],
    ],
  ])('in an application with every feature on %s', (_, synthesizeInto, others) => {
    let folder: string;

    beforeAll(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'schemas-'));
      synthesizeInto(folder);
    });

    afterAll(() => {
      fs.rmSync(folder, { recursive: true });
    });

    it('of every kind', () => {
      const objects = objectsIn(folder);
      expect(objects.flatMap(validate)).toEqual([]);
      const all = [
        'Cache',
        'Ingress',
        ...OF_APPLICATIONS,
        ...OF_KEDA,
        ...kindsOfServices,
        ...others,
      ];
      expect(kindsOf(objects)).toEqual([...new Set(all)].sort());
    });
  });

  it('whatever the props and the environments', () => {
    const seen: Manifest[] = [];
    const check = (
      environments: readonly Environment[],
      ...[web, worker, job]: readonly ((scope: Application) => unknown)[]
    ): void => {
      const platform = new Platform({ environments, guardrails: roomy });
      const application = new Application(platform, 'test', { owner: 'team-test' });
      addBackend(application);
      for (const add of [web, worker, job]) add?.(application);
      const { problems, manifests } = platform.render();
      deepStrictEqual(problems, []);
      const objects = [...new Set([...manifests.values()].flat())];
      deepStrictEqual(objects.flatMap(validate), []);
      seen.push(...objects);
    };
    fc.assert(
      fc.property(
        validEnvironments,
        validWebService,
        validWorker,
        validScheduledJob,
        (...drawn) => {
          const [environments, web, worker, job] = drawn;
          check(
            environments,
            (scope) => new WebService(scope, 'web', web),
            (scope) => new Worker(scope, 'worker', worker),
            (scope) => new ScheduledJob(scope, 'job', job),
          );
        },
      ),
      { numRuns: 40 },
    );
    const drawn = OF_IDENTITIES.filter((kind) => kind !== 'FederatedIdentityCredential');
    // Rules need a platform that has chosen a source of signals.
    const ofApplications = OF_APPLICATIONS.filter((kind) => kind !== 'PrometheusRule');
    expect(kindsOf(seen)).toEqual([...ofApplications, ...OF_NAMES, ...drawn].sort());
  });
});
