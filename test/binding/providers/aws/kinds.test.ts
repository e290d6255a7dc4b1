import { describe, expect, it } from '@jest/globals';
import { Size, type NamedSize } from '../../../../lib';
import { awsAccount as account } from '../../../accounts';
import { specOf, templateOf } from '../requests';
import { forProvider, provided, refused } from './asking';

describe('a Postgres of aws()', () => {
  it('is an instance of RDS with its major version, and minor ones by themselves', () => {
    expect(forProvider(provided('postgres'), 'Instance')).toMatchObject({
      engine: 'postgres',
      engineVersion: '16',
      autoMinorVersionUpgrade: true,
      identifier: 'shop-orders-db-prod',
      instanceClass: 'db.t4g.small',
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      multiAz: false,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: 'shop-orders-db-prod-final',
      iamDatabaseAuthenticationEnabled: false,
    });
  });

  it('has its canonical Secret from the one that Crossplane wrote', () => {
    expect(templateOf(provided('postgres'), 'orders-db-app')).toEqual({
      host: '{{ if eq .host "" }}{{ fail "host is not known yet" }}{{ end }}{{ .host }}',
      port: '{{ .port }}',
      dbname: 'orders_db',
      username: '{{ .username }}',
      password: '{{ .password }}',
      sslmode: 'require',
      uri: 'postgresql://{{ .username }}:{{ .password | urlquery }}@{{ .host }}:{{ .port }}/orders_db?sslmode=require',
      'jdbc-uri':
        'jdbc:postgresql://{{ .host }}:{{ .port }}/orders_db?user={{ .username }}&password={{ .password | urlquery }}&sslmode=require',
    });
  });

  it('stands in two zones from size M on, where there is room', () => {
    const inZones = (size: NamedSize, room: number) =>
      forProvider(provided('postgres', { size }, account, room), 'Instance').multiAz;
    expect(inZones(Size.S, 3)).toBe(false);
    expect(inZones(Size.M, 3)).toBe(true);
    expect(inZones(Size.M, 1)).toBe(false);
  });

  it('refuses connections without TLS from version 15 on', () => {
    expect(provided('postgres', { version: 14 }).statement.tls).toBe('offered');
    expect(provided('postgres', { version: 15 }).statement.tls).toBe('required');
  });

  it('gives the certificates of RDS where it has them', () => {
    const rdsCertificates = '-----BEGIN CERTIFICATE-----\n';
    const made = provided('postgres', {}, { ...account, rdsCertificates });
    expect(made.gives['Secret/orders-db-app']).toContain('ca.crt');
    expect(templateOf(made, 'orders-db-app')).toMatchObject({ 'ca.crt': rdsCertificates });
  });

  it('is refused with both sides named', () => {
    const { rds, ...others } = account.vpc.subnetGroups ?? {};
    expect(rds).toBe('databases');
    const facts = { ...account, vpc: { ...account.vpc, subnetGroups: others } };
    const own = { version: 19, database: 'db', extensions: ['pgcrypto', 'timescaledb'] };
    expect(refused('postgres', own, facts)).toEqual([
      {
        found: 'RDS stands in a DB subnet group, and aws() names none',
        fix: 'Give aws() vpc.subnetGroups.rds',
      },
      {
        found: 'its database is db, which RDS keeps for itself',
        fix: "Give it another one, such as database: 'app'",
      },
      {
        found: 'it wants PostgreSQL 19, and aws() has 14 to 18',
        fix: 'Move it to one of these, or name another provider for it',
      },
      {
        found: 'it wants the extensions timescaledb, which RDS does not have',
        fix: 'Do without them, or name another provider for it',
      },
    ]);
  });
});

describe('a MySql of aws()', () => {
  it('is MySQL 8.4 unless it wants another, and offers TLS', () => {
    const made = provided('mysql');
    expect(forProvider(made, 'Instance')).toMatchObject({ engine: 'mysql', engineVersion: '8.4' });
    expect(made.statement).toMatchObject({ engine: 'MySQL 8.4 on Amazon RDS', tls: 'offered' });
    expect(templateOf(made, 'orders-db-app')).toMatchObject({ tls: 'true' });
    expect(provided('mysql', { version: '8.0' }).statement.engine).toBe(
      'MySQL 8.0 on Amazon RDS, in Extended Support',
    );
  });

  it('is refused a version that RDS does not have', () => {
    expect(refused('mysql', { version: '5.7' })).toEqual([
      {
        found: 'it wants MySQL 5.7, and aws() has 8.0 and 8.4',
        fix: 'Move it to one of these, or name another provider for it',
      },
    ]);
  });

  it('is refused a database that MySQL has already', () => {
    expect(refused('mysql', { database: 'sys' })).toEqual([
      {
        found: 'its database is sys, which RDS keeps for itself',
        fix: "Give it another one, such as database: 'app'",
      },
    ]);
  });
});

describe('a Redis of aws()', () => {
  it('is a cache with TLS, a password and no snapshots', () => {
    const made = provided('redis');
    expect(forProvider(made, 'ReplicationGroup')).toMatchObject({
      engine: 'valkey',
      numCacheClusters: 1,
      automaticFailoverEnabled: false,
      multiAzEnabled: false,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: 'true',
      autoGenerateAuthToken: true,
      snapshotRetentionLimit: 0,
    });
    expect(templateOf(made, 'orders-db-redis')).toMatchObject({
      tls: 'true',
      username: 'default',
      uri: 'rediss://:{{ .password | urlquery }}@{{ .host }}:{{ .port }}',
    });
  });

  it('has a replica and snapshots when it is durable, and says what may be lost', () => {
    const made = provided('redis', { durable: true });
    expect(forProvider(made, 'ReplicationGroup')).toMatchObject({
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      snapshotRetentionLimit: 7,
    });
    expect(made.statement.backup).toBe(
      'a snapshot a day, 7 days; what came since is lost if both nodes are',
    );
  });

  it('is refused with both sides named', () => {
    const vpc = { cidrs: account.vpc.cidrs, securityGroupIds: account.vpc.securityGroupIds };
    const own = { version: 8, durable: true };
    expect(refused('redis', own, { ...account, vpc }, 1)).toEqual([
      {
        found: 'ElastiCache stands in a cache subnet group, and aws() names none',
        fix: 'Give aws() vpc.subnetGroups.elasticache',
      },
      {
        found:
          'it wants the commands of Redis 8, and aws() has Valkey 8.2, with those of Redis 7 and before',
        fix: 'Use those, or name another provider for it',
      },
      {
        found:
          'it is durable, and the environment has room for one node, which is empty when ElastiCache replaces it',
        fix: 'Name another provider for it, or give the environment room for two',
      },
    ]);
  });
});

describe('a RabbitMq of aws()', () => {
  it('is one broker, and a cluster over the zones from size M on', () => {
    const broker = (size: NamedSize, room?: number) =>
      forProvider(provided('rabbitmq', { size }, account, room), 'Broker');
    expect(broker(Size.S)).toMatchObject({
      deploymentMode: 'SINGLE_INSTANCE',
      subnetIds: ['subnet-0a1b'],
      publiclyAccessible: false,
    });
    expect(broker(Size.M)).toMatchObject({
      deploymentMode: 'CLUSTER_MULTI_AZ',
      subnetIds: ['subnet-0a1b', 'subnet-0c2d', 'subnet-0e3f'],
    });
    expect(broker(Size.M, 2)).toMatchObject({ deploymentMode: 'SINGLE_INSTANCE' });
  });

  it('has no external name: Amazon MQ makes up its ID', () => {
    const { manifests } = provided('rabbitmq');
    const broker = manifests.find(({ kind }) => kind === 'Broker');
    expect(broker?.metadata.annotations).not.toHaveProperty(['crossplane.io/external-name']);
  });

  it('gives workloads a user of their own, and the operator the management API', () => {
    const { manifests } = provided('rabbitmq');
    expect(templateOf({ manifests }, 'orders-db-management')).toEqual({
      uri: '{{ if eq .console "" }}{{ fail "console is not known yet" }}{{ end }}{{ .console }}',
      username: '{{ .username }}',
      password: '{{ .password }}',
    });
    const reads = (name: string) =>
      (specOf({ manifests }, 'ExternalSecret', name).data as { remoteRef: object }[]).map(
        ({ remoteRef }) => remoteRef,
      );
    expect(reads('orders-db-default-user')).toEqual([
      { key: 'orders-db-connection', property: 'instance_0_endpoint_0' },
      { key: 'orders-db-user', property: 'username' },
      { key: 'orders-db-user', property: 'password' },
    ]);
    expect(reads('orders-db-management')).toEqual([
      { key: 'orders-db-connection', property: 'instance_0_console_url' },
      { key: 'orders-db-admin', property: 'username' },
      { key: 'orders-db-admin', property: 'password' },
    ]);
  });

  it('makes its passwords up once, and keeps them as long as the broker', () => {
    const policy = (deletionPolicy: 'retain' | 'delete') => {
      const { manifests } = provided('rabbitmq', { deletionPolicy });
      const { refreshPolicy, target } = specOf({ manifests }, 'ExternalSecret', 'orders-db-admin');
      return [refreshPolicy, (target as { creationPolicy: string }).creationPolicy];
    };
    expect(policy('retain')).toEqual(['CreatedOnce', 'Orphan']);
    expect(policy('delete')).toEqual(['CreatedOnce', 'Owner']);
  });

  it('declares queues with their dead letters, exchanges and bindings', () => {
    const { manifests } = provided('rabbitmq', {
      queues: { 'orders.created': { messageTtlSeconds: 60 }, orders: { deadLetters: false } },
      exchanges: { events: { type: 'topic' } },
      bindings: [{ exchange: 'events', queue: 'orders', routingKey: 'orders.#' }],
    });
    const specs = manifests.filter(({ apiVersion }) => apiVersion === 'rabbitmq.com/v1beta1');
    expect(specs.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'Queue/orders-db-orders.created',
      'Queue/orders-db-orders.created.dead',
      'Queue/orders-db-orders',
      'Exchange/orders-db-events',
      expect.stringMatching(/^Binding\/orders-db-binding-events-orders-orders-[0-9a-f]{8}$/),
      'User/orders-db',
      'Permission/orders-db',
    ]);
    expect(specs[0]?.spec).toEqual({
      rabbitmqClusterReference: { connectionSecret: { name: 'orders-db-management' } },
      name: 'orders.created',
      type: 'quorum',
      vhost: '/',
      durable: true,
      autoDelete: false,
      deletionPolicy: 'retain',
      arguments: {
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'orders.created.dead',
        'x-delivery-limit': 20,
        'x-message-ttl': 60_000,
      },
    });
  });

  it('is refused without subnets', () => {
    const { subnetIds = [], ...vpc } = account.vpc;
    const fix = 'Give aws() vpc.subnetIds, private ones in different zones';
    expect(refused('rabbitmq', {}, { ...account, vpc })).toEqual([
      { found: 'Amazon MQ stands in subnets, and aws() names none', fix },
    ]);
    const one = { ...account, vpc: { ...vpc, subnetIds: subnetIds.slice(0, 1) } };
    expect(refused('rabbitmq', {}, one)).toEqual([]);
    expect(refused('rabbitmq', { size: Size.M }, one)).toEqual([
      { found: 'its nodes stand in different zones, and aws() names one subnet', fix },
    ]);
  });
});

describe('a Bucket of aws()', () => {
  it('is private, encrypted and versioned, and its name differs by account', () => {
    const made = provided('bucket');
    const { manifests } = made;
    expect(manifests.find(({ kind }) => kind === 'ConfigMap')?.data).toEqual({
      bucket: 'shop-orders-db-prod-1abf9fea',
      region: 'eu-central-1',
    });
    expect(forProvider(made, 'BucketPublicAccessBlock')).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(forProvider(made, 'BucketServerSideEncryptionConfiguration').rule).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
    ]);
    expect(forProvider(made, 'BucketVersioning').versioningConfiguration).toEqual({
      status: 'Enabled',
    });
    expect(forProvider(made, 'Bucket').forceDestroy).toBe(false);
    expect(manifests.map(({ kind }) => kind)).not.toContain('BucketLifecycleConfiguration');
  });

  it('removes objects, and what was left of them, after their days', () => {
    const made = provided('bucket', { expireDays: 30, deletionPolicy: 'delete' });
    expect(forProvider(made, 'BucketLifecycleConfiguration').rule).toMatchObject([
      { expiration: [{ days: 30 }], noncurrentVersionExpiration: [{ noncurrentDays: 30 }] },
    ]);
    expect(forProvider(made, 'Bucket').forceDestroy).toBe(true);
  });

  it('has no keys: workloads reach S3, and the agent that gives them their identity', () => {
    const vpc = { ...account.vpc, s3Cidrs: ['3.5.136.0/22'] };
    const { gives, reach } = provided('bucket', {}, { ...account, vpc });
    expect(gives).toEqual({ 'ConfigMap/orders-db-bucket': ['bucket', 'region'] });
    expect(reach).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.20.0.0/16' } }, { ipBlock: { cidr: '3.5.136.0/22' } }],
        ports: [443],
      },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [80] },
    ]);
  });
});
