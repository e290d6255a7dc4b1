import { describe, expect, it } from '@jest/globals';
import {
  existing,
  type Manifest,
  type Provided,
  type Provider,
  type ServiceKind,
  type Supply,
} from '../../lib';
import { providerChecks, type RequestFacts } from '../../lib/testing';

const there = existing({
  engine: 'PostgreSQL 16 of another team',
  to: [{ cidr: '192.0.2.1/32' }],
  ports: [5432],
  tls: 'required',
  entry: 'shop/orders-db',
  versions: [16, 7],
  extensions: [],
  values: { bucket: 'orders', region: 'eu-central-1' },
});

/** More than any of these providers makes. */
const ample = { cpu: '99', memory: '99Gi' };
const demand = [{ pods: 9, containers: [{ resources: { requests: ample, limits: ample } }] }];

/** The findings on a provider of one kind that differs from a good one, by the name of the check. */
function findings(
  change: (provided: Provided) => Partial<Provided>,
  kind: ServiceKind = 'postgres',
): Record<string, string> {
  const supply = there.supplies[kind] as Supply;
  const supplied: Supply = (request) => {
    const answer = supply(request);
    return 'refused' in answer ? answer : { ...answer, demand, ...change(answer) };
  };
  const changed: Provider = { name: 'changed()', supplies: { [kind]: supplied } };
  const found = providerChecks(changed).filter((check) => check.findings.length > 0);
  return Object.fromEntries(found.map((check) => [check.name, check.findings[0] ?? '']));
}

const policy = (spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'orders-db' },
  spec,
});
const cluster = (annotations = {}): Manifest => ({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  metadata: { name: 'orders-db', annotations },
});
const kept = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

const here = [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [5432] }];
const ports = [{ protocol: 'TCP', port: 5432 }];
const caller = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders' } } };
const monitoring = { namespaceSelector: { matchLabels: { name: 'monitoring' } } };
const wayIn = (ingress: readonly object[]): Manifest =>
  policy({ podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'], ingress });
/** An ExternalSecret with these keys in its template. */
const written = (data: object, name = 'orders-db-app'): Pick<Provided, 'manifests'> => ({
  manifests: [
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name },
      spec: { target: { template: { data } } },
    },
  ],
});

describe('the checks of providers', () => {
  it('pass for one that keeps them all, of every kind', () => {
    const checks = providerChecks(there);
    expect(checks.filter((check) => check.findings.length > 0)).toEqual([]);
    expect(new Set(checks.map(({ kind }) => kind)).size).toBe(6);
    expect(checks).toHaveLength(96);
  });

  it.each<readonly [string, (provided: Provided) => Partial<Provided>, Record<string, string>]>([
    [
      'lacks a key',
      () => ({ gives: { 'Secret/orders-db-app': ['host', 'port', 'dbname', 'username', 'uri'] } }),
      {
        'gives every key of the contract, and nothing beside its objects':
          'size XS, retain: Secret/orders-db-app lacks password',
      },
    ],
    [
      'gives what is no part of the contract',
      ({ gives }) => ({ gives: { ...gives, 'Secret/other': [] } }),
      {
        'gives every key of the contract, and nothing beside its objects':
          'size XS, retain: Secret/other is no object of the contract',
      },
    ],
    [
      'hides why there is no backup',
      ({ statement }) => ({ statement: { ...statement, backup: 'none' } }),
      {
        'states TLS, backup, deletion and encryption':
          "size XS, retain: backup is 'none' without a reason: 'none: …'",
      },
    ],
    [
      'names no series',
      ({ statement }) => ({
        statement: { ...statement, availability: { ...statement.availability, labels: {} } },
      }),
      {
        'has a signal of its availability':
          'size XS, retain: availability names no series of its own',
      },
    ],
    [
      'opens the network to everything',
      () => ({ reach: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [5432] }] }),
      {
        'opens the network to itself alone':
          'size XS, retain: reaches {"ipBlock":{"cidr":"0.0.0.0/0"}}',
      },
    ],
    [
      'opens the network to all pods',
      () => ({ reach: [{ to: [{ namespaceSelector: {} }], ports: [5432] }] }),
      { 'opens the network to itself alone': 'size XS, retain: reaches {"namespaceSelector":{}}' },
    ],
    [
      'opens the network to all pods of the namespace',
      () => ({ reach: [{ to: [{ podSelector: {} }], ports: [5432] }] }),
      {
        'opens the network to itself alone': 'size XS, retain: reaches {"podSelector":{}}',
      },
    ],
    [
      'opens no network',
      () => ({ reach: [] }),
      {
        'opens the network to itself alone': 'size XS, retain: says nothing of where it is reached',
      },
    ],
    [
      'cuts its own pods off',
      ({ manifests }) => ({
        manifests: [
          ...manifests,
          policy({ podSelector: { matchLabels: { a: 'b' } }, policyTypes: ['Ingress', 'Egress'] }),
        ],
      }),
      {
        'leaves the network of its own pods to them':
          'size XS, retain: orders-db closes egress, which operators need',
      },
    ],
    [
      'selects every pod',
      () => ({ manifests: [policy({ podSelector: {}, policyTypes: ['Ingress'] })] }),
      {
        'leaves the network of its own pods to them':
          'size XS, retain: orders-db selects every pod',
      },
    ],
    [
      'lets data be pruned',
      () => ({ manifests: [cluster()] }),
      {
        'keeps what it holds unless it is to be deleted':
          'size XS, retain: nothing of it is kept from being pruned',
        'tells what is kept from what is deleted':
          'size XS, retain: deletionPolicy makes no difference',
      },
    ],
    [
      'says nothing of the mesh to its pods',
      () => ({ manifests: [{ ...cluster(kept), spec: { imagePullSecrets: [] } }] }),
      {
        'gives its pods what the environment asks of them':
          'size XS, retain: Cluster/orders-db lacks istio.io/dataplane-mode: none among the labels of its pods (spec)',
        'keeps what it holds unless it is to be deleted':
          'size XS, delete: Cluster/orders-db is kept',
        'tells what is kept from what is deleted':
          'size XS, retain: deletionPolicy makes no difference',
      },
    ],
    [
      'cannot pull its images',
      () => ({
        manifests: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'orders-db' },
            spec: {
              template: {
                metadata: {
                  labels: { 'istio.io/dataplane-mode': 'none' },
                  annotations: { 'linkerd.io/inject': 'disabled' },
                },
                spec: { imagePullSecrets: [{ name: 'other' }] },
              },
            },
          },
        ],
      }),
      {
        'gives its pods what the environment asks of them':
          'size XS, retain: Deployment/orders-db lacks the pull secret registry of its pods (spec.template)',
        'keeps what it holds unless it is to be deleted':
          'size XS, retain: nothing of it is kept from being pruned',
        'tells what is kept from what is deleted':
          'size XS, retain: deletionPolicy makes no difference',
      },
    ],
    [
      'keeps what is to be deleted',
      () => ({ manifests: [cluster(kept)] }),
      {
        'keeps what it holds unless it is to be deleted':
          'size XS, delete: Cluster/orders-db is kept',
        'tells what is kept from what is deleted':
          'size XS, retain: deletionPolicy makes no difference',
      },
    ],
    [
      'states what nobody knows',
      ({ statement }) => ({
        statement: { ...statement, tls: 'maybe' as 'none', encryptedAtRest: 'no' as 'yes' },
      }),
      {
        'states TLS, backup, deletion and encryption':
          "size XS, retain: tls is 'maybe', and can be none, offered, required",
      },
    ],
    [
      'says nothing of what is at rest',
      ({ statement }) => ({ statement: { ...statement, encryptedAtRest: '' as 'yes' } }),
      {
        'states TLS, backup, deletion and encryption':
          "size XS, retain: encryptedAtRest is '', and can be yes, by the storage class, not known here",
      },
    ],
    [
      'says nothing of backups',
      ({ statement }) => ({ statement: { ...statement, backup: ' ' } }),
      { 'states TLS, backup, deletion and encryption': 'size XS, retain: backup is not stated' },
    ],
    [
      'says nothing of deletion',
      ({ statement }) => ({ statement: { ...statement, deletion: '' } }),
      { 'states TLS, backup, deletion and encryption': 'size XS, retain: deletion is not stated' },
    ],
    [
      'leaves its pods open',
      () => ({ reach: here }),
      {
        'closes its own pods but to those who use it':
          'size XS, retain: no NetworkPolicy closes the pods {"app":"db"}',
      },
    ],
    [
      'lets nobody in',
      () => ({ reach: here, manifests: [wayIn([{ from: [monitoring], ports }])] }),
      {
        'closes its own pods but to those who use it':
          'size XS, retain: no NetworkPolicy lets orders into the pods {"app":"db"} on 5432',
      },
    ],
    [
      'lets its callers in by another port',
      () => ({ reach: here, manifests: [wayIn([{ from: [caller], ports: [{ port: 80 }] }])] }),
      {
        'closes its own pods but to those who use it':
          'size XS, retain: no NetworkPolicy lets orders into the pods {"app":"db"} on 5432',
      },
    ],
    [
      'lets everybody in',
      () => ({ reach: here, manifests: [wayIn([{ from: [caller], ports }, { ports }])] }),
      {
        'closes its own pods but to those who use it':
          'size XS, retain: orders-db lets everybody in',
      },
    ],
    [
      'is right about its network',
      () => ({ reach: here, manifests: [wayIn([{ from: [monitoring, caller], ports }])] }),
      {},
    ],
    [
      'has a jdbc-uri without a login',
      () => written({ 'jdbc-uri': 'jdbc:postgresql://db:5432/orders?user=app' }),
      {
        'gives keys that say what they say elsewhere':
          'size XS, retain: jdbc-uri is jdbc:postgresql://db:5432/orders?user=app, which lacks ?user=…&password=…',
      },
    ],
    [
      'has a whole jdbc-uri, as CloudNativePG writes it',
      () => written({ 'jdbc-uri': 'jdbc:postgresql://db:5432/orders?password=a&user=app' }),
      {},
    ],
    [
      'writes a password down',
      () => ({
        manifests: [
          {
            ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'orders-db-app' } },
            stringData: { password: 'secret' },
          },
        ],
      }),
      {
        'writes no secret into a manifest':
          'size XS, retain: Secret/orders-db-app stands in the manifests',
      },
    ],
  ])('report one that %s', (_, change, expected) => {
    expect(findings(change)).toEqual(expected);
  });

  it.each<readonly [ServiceKind, (provided: Provided) => Partial<Provided>, string]>([
    [
      'mysql',
      () => written({ tls: 'yes' }),
      'size XS, retain: the key tls is yes, neither true nor false',
    ],
    [
      'mysql',
      () => written({ tls: 'false' }),
      'size XS, retain: the key tls is false, and TLS is stated as required',
    ],
    [
      'rabbitmq',
      ({ statement }) => ({
        ...written({ tls: 'true' }, 'orders-db-default-user'),
        statement: { ...statement, tls: 'none' },
      }),
      'size XS, retain: the key tls is true, and TLS is stated as none',
    ],
    [
      'redis',
      () => ({
        gives: { 'Secret/orders-db-redis': ['host', 'port', 'address', 'uri', 'tls', 'password'] },
      }),
      'size XS, retain: Secret/orders-db-redis has a password and no username, such as default',
    ],
  ])('report a %s whose keys say something else than elsewhere', (kind, change, expected) => {
    expect(findings(change, kind)).toEqual({
      'gives keys that say what they say elsewhere': expected,
    });
  });

  it('report one that makes something else each time', () => {
    let turn = 0;
    const found = findings(({ statement }) => ({
      statement: { ...statement, engine: `PostgreSQL ${++turn}` },
    }));
    expect(Object.keys(found)).toEqual(['makes the same of the same']);
  });

  it.each<readonly ['rabbitmq' | 'kafka-topic', string, string, readonly string[]]>([
    ['rabbitmq', 'connection_string', 'amqp://me:{{ .password }}@mq:5672/%2F', ['mq']],
    ['rabbitmq', 'connection_string', 'amqp://me:{{ .password }}@mq.shop.svc:5672/%2F', []],
    ['rabbitmq', 'connection_string', 'amqps://me:{{ .password }}@{{ .host }}/%2F', []],
    ['kafka-topic', 'bootstrapServers', 'one:9093,two.shop.svc:9093,three', ['one', 'three']],
  ])('report what KEDA cannot resolve: %s, %s %s', (kind, key, address, expected) => {
    const supply = there.supplies[kind] as Supply;
    const named: Supply = (request) => {
      const name = request.service.outputs[key]?.object ?? '';
      const spec = { target: { name, template: { data: { [key]: address } } } };
      const apiVersion = 'external-secrets.io/v1';
      const manifest: Manifest = { apiVersion, kind: 'ExternalSecret', metadata: { name }, spec };
      return { ...(supply(request) as Provided), manifests: [manifest] };
    };
    const findingsWith = (facts?: RequestFacts): readonly string[] =>
      providerChecks({ name: 'named()', supplies: { [kind]: named } }, facts)
        .flatMap((check) => check.findings)
        .filter((text) => text.startsWith('size S, retain:') && text.includes('KEDA'));
    const secret = kind === 'rabbitmq' ? 'orders-db-default-user' : 'orders-db-kafka';
    expect(findingsWith()).toEqual(
      expected.map(
        (host) => `size S, retain: ${secret} has ${host} in ${key}, which KEDA cannot resolve`,
      ),
    );
    expect(findingsWith({ scalers: [] })).toEqual([]);
  });
});
