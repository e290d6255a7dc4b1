import { describe, expect, it } from '@jest/globals';
import { existing, type Manifest, type Provided, type Provider, type Supply } from '../../lib';
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

/** The findings on a provider of PostgreSQL that differs from a good one, by the name of the check. */
function findings(change: (provided: Provided) => Partial<Provided>): Record<string, string> {
  const supply = there.supplies.postgres as Supply;
  const changed: Provider = {
    name: 'changed()',
    supplies: {
      postgres: (request) => {
        const answer = supply(request);
        return 'refused' in answer ? answer : { ...answer, ...change(answer) };
      },
    },
  };
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

describe('the checks of providers', () => {
  it('pass for one that keeps them all, of every kind', () => {
    const checks = providerChecks(there);
    expect(checks.filter((check) => check.findings.length > 0)).toEqual([]);
    expect(new Set(checks.map(({ kind }) => kind)).size).toBe(6);
    expect(checks).toHaveLength(72);
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
      },
    ],
    [
      'keeps what is to be deleted',
      () => ({ manifests: [cluster(kept)] }),
      {
        'keeps what it holds unless it is to be deleted':
          'size XS, delete: Cluster/orders-db is kept',
      },
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

  it('report one that refuses what everybody needs, and one that refuses nothing', () => {
    const never: Provider = {
      name: 'never()',
      supplies: { redis: () => ({ refused: [{ found: 'no', fix: '' }] }) },
    };
    const [needed, refusals] = providerChecks(never);
    expect(needed?.findings).toContain('size S, retain: is refused');
    expect(needed?.findings).toContain('size S, retain: is refused without found and fix');
    expect(refusals?.findings).toEqual(['size S, retain: is refused without found and fix']);
    const supply = there.supplies.postgres as Supply;
    const always: Provider = {
      name: 'always()',
      supplies: {
        postgres: (request) =>
          supply({
            ...request,
            service: { ...request.service, version: 16, extensions: [] },
          }),
      },
    };
    expect(providerChecks(always)[1]?.findings).toEqual([
      'size S, retain: is supplied all the same',
      'size S, retain: is supplied all the same',
    ]);
  });
});
