import { describe, expect, it } from '@jest/globals';
import { existing, type ExistingProps, type ServiceKind } from '../../../lib';
import { kindsIn, provided, refusals, specOf, type Wish } from './requests';

const facts = {
  engine: 'PG of another team',
  to: [{ cidr: '10.30.0.0/16' }],
  ports: [5432],
  tls: 'required',
} as const satisfies ExistingProps;
const files = { values: { bucket: 'files', region: 'eu-central-1' } } as const;

/** The keys that the ExternalSecret brings. */
function brought(kind: ServiceKind, more: Partial<ExistingProps>, wish?: Wish): readonly string[] {
  const made = provided(existing({ ...facts, entry: 'shop/store', ...more }), kind, wish);
  const { data } = specOf(made, 'ExternalSecret') as {
    readonly data: readonly { readonly secretKey: string }[];
  };
  return data.map(({ secretKey }) => secretKey);
}

describe('the versions of existing()', () => {
  it.each([[['16']], [[16]], [[15, '16']]])('%j have PostgreSQL 16', (versions) => {
    expect(refusals(existing({ ...facts, versions }), 'postgres')).toEqual([]);
  });

  it('are told when they do not have what is asked for', () => {
    const provider = existing({ ...facts, versions: ['15', 17], extensions: [] });
    expect(refusals(provider, 'postgres', { props: { extensions: ['postgis'] } })).toEqual([
      'it wants version 16, and PG of another team has 15, 17. Name a provider that has it, or ask for what there is.',
      'it wants the extension postgis, and PG of another team has none. Name a provider that has it, or ask for what there is.',
    ]);
  });
});

describe('the facts of existing()', () => {
  const check = (more: object): unknown =>
    existing({ ...facts, ...more }).check?.('providers.default');

  it('pass when they are right', () => {
    expect(check({ keys: ['ca.crt', 'jdbc-uri'], ...files })).toEqual([]);
  });

  it.each([
    [
      { keys: ['ca.cert'] },
      "providers.default.keys[0] is 'ca.cert', which is a key of no contract",
      'Write ca.crt',
    ],
    [
      { keys: [7] },
      'providers.default.keys[0] is 7, which is a key of no contract',
      'Known are host, port, dbname, username, password, uri, jdbc-uri, sslmode, ca.crt, tls, address, connection_string, vhost, bootstrapServers, securityProtocol, topic, saslMechanism, ssl.truststore.crt, ssl.keystore.crt, ssl.keystore.key, accessKeyId, secretAccessKey',
    ],
    [
      { values: { bucket: 'files', region: 'eu', endpont: 'https://s3.example' } },
      'there is no prop providers.default.values.endpont',
      'Write endpoint',
    ],
    [
      { values: { host: 'db.example' } },
      'there is no prop providers.default.values.host',
      'Remove it; known are bucket, region, endpoint, forcePathStyle',
    ],
    [
      { to: [{ cidr: '0.0.0.0/0' }] },
      "providers.default.to[0] is { cidr: '0.0.0.0/0' }, which is everywhere",
      'Say where it is: blocks, a namespace or labels',
    ],
    [{ to: [] }, 'providers.default.to is []', 'Give at least one peer'],
  ])('are refused when they are %j', (more, found, fix) => {
    expect(check(more)).toEqual([{ found, fix }]);
  });
});

describe('the entry of existing()', () => {
  it('gives a bucket its credentials, whatever else is named', () => {
    const credentials = ['accessKeyId', 'secretAccessKey'];
    expect(brought('bucket', files)).toEqual(credentials);
    expect(brought('bucket', { ...files, keys: ['accessKeyId'] })).toEqual(credentials);
    expect(provided(existing({ ...facts, ...files, entry: 'x' }), 'bucket').gives).toEqual({
      'ConfigMap/orders-db-bucket': ['bucket', 'region'],
      'Secret/orders-db-bucket-credentials': credentials,
    });
  });

  it('gives Redis its user and password; before version 6 there is no user', () => {
    const always = ['host', 'port', 'address', 'uri', 'tls'];
    expect(brought('redis', {})).toEqual([...always, 'username', 'password']);
    expect(brought('redis', {}, { props: { version: 5 } })).toEqual([...always, 'password']);
    expect(brought('redis', { keys: ['ca.crt'] })).toContain('ca.crt');
  });

  it('gives Kafka a login where it says how', () => {
    const always = ['bootstrapServers', 'securityProtocol', 'topic'];
    expect(brought('kafka-topic', {})).toEqual(always);
    expect(brought('kafka-topic', { saslMechanism: 'PLAIN' })).toEqual([
      ...always,
      'saslMechanism',
      'username',
      'password',
    ]);
  });

  it('gives others what every provider gives, and what is named', () => {
    expect(brought('postgres', { keys: ['ca.crt'] })).toEqual([
      'host',
      'port',
      'dbname',
      'username',
      'password',
      'uri',
      'ca.crt',
    ]);
  });

  it('is not needed where the Secret is there, or the identity is enough', () => {
    expect(kindsIn(provided(existing(facts), 'postgres'))).toEqual([]);
    const bucket = provided(existing({ ...facts, ...files }), 'bucket');
    expect(kindsIn(bucket)).toEqual(['ConfigMap']);
    expect(bucket.gives['Secret/orders-db-bucket-credentials']).toEqual([]);
  });

  it('needs a secret store', () => {
    const provider = existing({ ...facts, entry: 'shop/db' });
    expect(refusals(provider, 'postgres', { facts: { secretStore: undefined } as object })).toEqual(
      [
        'existing() takes its keys from the entry shop/db, and the environment has no secret store. Give the environment a secretStore.',
      ],
    );
  });
});
