import { describe, expect, it } from '@jest/globals';
import { gcp, type GcpProps, type ServiceKind } from '../../../../lib';
import { providerChecks } from '../../../../lib/testing';
import { googleProject as facts } from '../../../accounts';
import { objectOf, provided, refusals, requestFor, templateOf } from '../requests';

const google = gcp(facts);
const { project, region, network, services } = facts;
const withoutApis: GcpProps = { project, region, network, services };

describe('gcp()', () => {
  it.each(providerChecks(google))('$kind $name', ({ findings }) => {
    expect(findings).toEqual([]);
  });

  it('offers what Google speaks the protocol of', () => {
    expect(Object.keys(google.supplies)).toEqual(['postgres', 'mysql', 'redis', 'bucket']);
  });

  it.each<readonly ['postgres' | 'mysql', object]>([
    ['postgres', { pointInTimeRecoveryEnabled: true }],
    ['mysql', { binaryLogEnabled: true }],
  ])('%s is a private instance with TLS, backups and a disk that grows', (kind, log) => {
    expect(objectOf(provided(google, kind, { size: 'M' }), 'SQLInstance')).toEqual({
      apiVersion: 'sql.cnrm.cloud.google.com/v1beta1',
      kind: 'SQLInstance',
      metadata: {
        name: 'orders-db',
        labels: requestFor(kind).labels,
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'cnrm.cloud.google.com/deletion-policy': 'abandon',
          'cnrm.cloud.google.com/project-id': 'shop-prod',
          'cnrm.cloud.google.com/state-into-spec': 'absent',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
      spec: {
        resourceID: 'shop-orders-db-prod',
        databaseVersion: kind === 'postgres' ? 'POSTGRES_16' : 'MYSQL_8_4',
        region: 'europe-west3',
        settings: {
          edition: 'ENTERPRISE',
          tier: 'db-custom-2-7680',
          availabilityType: 'REGIONAL',
          diskType: 'PD_SSD',
          diskAutoresize: true,
          deletionProtectionEnabled: true,
          ipConfiguration: {
            ipv4Enabled: false,
            privateNetworkRef: { external: 'projects/shop-net/global/networks/main' },
            sslMode: 'ENCRYPTED_ONLY',
          },
          backupConfiguration: {
            enabled: true,
            startTime: '03:00',
            transactionLogRetentionDays: 7,
            backupRetentionSettings: { retainedBackups: 14, retentionUnit: 'COUNT' },
            ...log,
          },
        },
      },
    });
  });

  it('asks for the machine and the standby of the size', () => {
    const machines = (['XS', 'S', 'M', 'L', 'XL'] as const).map((size) => {
      const { spec } = objectOf(provided(google, 'postgres', { size }), 'SQLInstance');
      const { tier, availabilityType } = (spec as { settings: Record<string, string> }).settings;
      return [size, tier, availabilityType];
    });
    expect(machines).toEqual([
      ['XS', 'db-g1-small', 'ZONAL'],
      ['S', 'db-custom-1-3840', 'ZONAL'],
      ['M', 'db-custom-2-7680', 'REGIONAL'],
      ['L', 'db-custom-4-15360', 'REGIONAL'],
      ['XL', 'db-custom-8-30720', 'REGIONAL'],
    ]);
  });

  it.each<readonly [ServiceKind, string, unknown]>([
    ['postgres', 'SQLInstance', { settings: { availabilityType: 'ZONAL' } }],
    ['redis', 'RedisInstance', { tier: 'BASIC' }],
  ])('makes no standby of %s where there is room for one', (kind, object, spec) => {
    const made = provided(google, kind, { size: 'XL', facts: { instances: () => 1 } });
    expect(objectOf(made, object)).toMatchObject({ spec });
    expect(made.statement.highlyAvailable).toBe(false);
  });

  it('makes a password once, of letters and digits', () => {
    const made = provided(google, 'postgres');
    expect(objectOf(made, 'Password').spec).toEqual({
      length: 32,
      digits: 8,
      symbols: 0,
      noUpper: false,
      allowRepeat: true,
    });
    expect(objectOf(made, 'ExternalSecret', 'orders-db-password')).toMatchObject({
      metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
      spec: {
        refreshPolicy: 'CreatedOnce',
        dataFrom: [
          { sourceRef: { generatorRef: { kind: 'Password', name: 'orders-db-password' } } },
        ],
      },
    });
    const secretKeyRef = { name: 'orders-db-password', key: 'password' };
    expect(objectOf(made, 'SQLUser').spec).toEqual({
      resourceID: 'app',
      instanceRef: { name: 'orders-db' },
      password: { valueFrom: { secretKeyRef } },
    });
  });

  it('lets a user of MySQL come from anywhere in the network', () => {
    expect(objectOf(provided(google, 'mysql'), 'SQLUser')).toMatchObject({ spec: { host: '%' } });
  });

  it('reads the address from the status, by a token that may get this one object', () => {
    const made = provided(google, 'postgres');
    expect(objectOf(made, 'SecretStore', 'orders-db-status').spec).toEqual({
      provider: {
        webhook: {
          url: 'https://kubernetes.default.svc/apis/sql.cnrm.cloud.google.com/v1beta1/namespaces/shop-prod/sqlinstances/orders-db',
          method: 'GET',
          caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' },
          headers: { Authorization: 'Bearer {{ .auth.token }}' },
          secrets: [{ name: 'auth', secretRef: { name: 'orders-db-status-token' } }],
          result: { jsonPath: '$.status.{{ .remoteRef.key }}' },
        },
      },
    });
    expect(objectOf(made, 'Role', 'orders-db-status').rules).toEqual([
      {
        apiGroups: ['sql.cnrm.cloud.google.com'],
        resources: ['sqlinstances'],
        resourceNames: ['orders-db'],
        verbs: ['get'],
      },
    ]);
    expect(objectOf(made, 'Secret')).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'orders-db-status-token',
        labels: {
          ...requestFor('postgres').labels,
          'external-secrets.io/type': 'webhook',
        },
        annotations: { 'kubernetes.io/service-account.name': 'orders-db-status' },
      },
      type: 'kubernetes.io/service-account-token',
    });
    expect(objectOf(made, 'Role', 'orders-db-password').rules).toEqual([
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: ['orders-db-password'],
        verbs: ['get'],
      },
    ]);
  });

  it.each<readonly [ServiceKind, string, Readonly<Record<string, string>>]>([
    [
      'postgres',
      'orders-db-app',
      {
        host: '{{ .host }}',
        port: '5432',
        dbname: 'orders_db',
        username: 'app',
        password: '{{ .password }}',
        'ca.crt': '{{ .ca }}',
        sslmode: 'require',
        uri: 'postgresql://app:{{ .password }}@{{ .host }}:5432/orders_db?sslmode=require',
        'jdbc-uri':
          'jdbc:postgresql://{{ .host }}:5432/orders_db?user=app&password={{ .password }}&sslmode=require',
      },
    ],
    [
      'mysql',
      'orders-db-app',
      {
        host: '{{ .host }}',
        port: '3306',
        dbname: 'orders_db',
        username: 'app',
        password: '{{ .password }}',
        'ca.crt': '{{ .ca }}',
        tls: 'true',
        uri: 'mysql://app:{{ .password }}@{{ .host }}:3306/orders_db',
      },
    ],
    [
      'redis',
      'orders-db-redis',
      {
        username: 'default',
        host: '{{ .host }}',
        port: '{{ .port }}',
        address: '{{ .host }}:{{ .port }}',
        uri: 'rediss://:{{ .password }}@{{ .host }}:{{ .port }}',
        password: '{{ .password }}',
        tls: 'true',
        'ca.crt': '{{ .ca }}',
      },
    ],
  ])('writes the Secret of the contract for %s', (kind, name, keys) => {
    const made = provided(google, kind);
    expect(templateOf(made, name)).toEqual(keys);
    expect(made.gives).toEqual({ [`Secret/${name}`]: Object.keys(keys) });
  });

  it('fetches each value of the Secret where it is', () => {
    const { spec } = objectOf(provided(google, 'redis'), 'ExternalSecret');
    expect((spec as { data: readonly object[] }).data).toEqual(
      [
        ['host', 'host'],
        ['port', 'port'],
        ['ca', 'serverCaCerts[0].cert'],
        ['password', 'observedState.authString'],
      ].map(([secretKey, key]) => ({
        secretKey,
        remoteRef: { key },
        sourceRef: { storeRef: { kind: 'SecretStore', name: 'orders-db-status' } },
      })),
    );
  });

  it('makes Redis with TLS and AUTH, and with snapshots where it is durable', () => {
    const of = (durable: boolean): unknown =>
      objectOf(provided(google, 'redis', { size: 'M', props: { durable } }), 'RedisInstance').spec;
    const common = {
      resourceID: 'shop-orders-db-prod',
      region: 'europe-west3',
      tier: 'STANDARD_HA',
      memorySizeGb: 4,
      redisVersion: 'REDIS_7_2',
      authEnabled: true,
      transitEncryptionMode: 'SERVER_AUTHENTICATION',
      connectMode: 'PRIVATE_SERVICE_ACCESS',
      authorizedNetworkRef: { external: 'projects/shop-net/global/networks/main' },
    };
    expect(of(false)).toEqual({
      ...common,
      redisConfigs: { 'maxmemory-policy': 'allkeys-lru' },
      persistenceConfig: { persistenceMode: 'DISABLED' },
    });
    expect(of(true)).toEqual({
      ...common,
      redisConfigs: { 'maxmemory-policy': 'noeviction' },
      persistenceConfig: { persistenceMode: 'RDB', rdbSnapshotPeriod: 'ONE_HOUR' },
    });
  });

  it('makes a bucket that nobody else can read, with versions that end', () => {
    const made = provided(google, 'bucket', { props: { expireDays: 90 } });
    expect(objectOf(made, 'StorageBucket').spec).toEqual({
      resourceID: 'shop-orders-db-prod-ddb27aae',
      location: 'europe-west3',
      storageClass: 'STANDARD',
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: 604_800 },
      lifecycleRule: [
        { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
        { action: { type: 'Delete' }, condition: { age: 90, withState: 'LIVE' } },
        { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 30 } },
      ],
    });
    expect(objectOf(made, 'ConfigMap').data).toEqual({
      bucket: 'shop-orders-db-prod-ddb27aae',
      region: 'europe-west3',
      endpoint: 'https://storage.googleapis.com',
      forcePathStyle: 'true',
    });
    expect(objectOf(made, 'ExternalSecret')).toMatchObject({
      metadata: { name: 'orders-db-bucket-credentials' },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        data: ['accessKeyId', 'secretAccessKey'].map((property) => ({
          secretKey: property,
          remoteRef: { key: 'shop/orders-db-hmac', property },
        })),
      },
    });
  });

  it.each<readonly [ServiceKind, string]>([
    ['postgres', 'SQLInstance'],
    ['mysql', 'SQLInstance'],
    ['redis', 'RedisInstance'],
    ['bucket', 'StorageBucket'],
  ])('deletes %s for good when it is told to', (kind, object) => {
    const made = provided(google, kind, { deletionPolicy: 'delete' });
    const { metadata, spec } = objectOf(made, object);
    expect(metadata.annotations).not.toHaveProperty(['cnrm.cloud.google.com/deletion-policy']);
    expect(metadata.annotations?.['cnrm.cloud.google.com/force-destroy']).toBe(
      kind === 'bucket' ? 'true' : undefined,
    );
    const { settings } = spec as { settings?: object };
    if (settings) expect(settings).toHaveProperty('deletionProtectionEnabled', false);
    expect(made.statement.deletion).toMatch(/ is deleted with all its data$/);
  });

  it('states what it makes', () => {
    expect(provided(google, 'postgres', { size: 'M' }).statement).toEqual({
      engine: 'PostgreSQL 16 by Cloud SQL',
      tls: 'required',
      encryptedAtRest: 'yes',
      backup: 'daily, the last 14; and any moment of the last 7 days',
      highlyAvailable: true,
      deletion: 'the instance shop-orders-db-prod stays in the project',
      availability: {
        exporter: 'stackdriver_exporter',
        metric: 'stackdriver_cloudsql_database_cloudsql_googleapis_com_database_up',
        labels: { database_id: 'shop-prod:shop-orders-db-prod' },
        means: 'positive',
      },
    });
  });

  it.each<readonly [string, () => readonly string[], string]>([
    [
      'a version of PostgreSQL',
      () => refusals(google, 'postgres', { props: { version: 19 } }),
      'it wants PostgreSQL 19, and gcp() has 13 to 18. Write a version of 13 to 18, or name another provider for postgres.',
    ],
    [
      'a database that the server has for itself',
      () => refusals(google, 'mysql', { props: { database: 'mysql' } }),
      "its database is mysql, which the servers of gcp() have for themselves. Give it another name, such as database: 'app'.",
    ],
    [
      'a version of Redis',
      () => refusals(google, 'redis', { props: { version: 8 } }),
      'it wants Redis 8, and gcp() has 5, 6, 7. Write a version of 5, 6, 7, or name another provider for redis.',
    ],
    [
      'a bucket whose keys are nowhere',
      () => refusals(google, 'bucket', { facts: { secretStore: undefined } as object }),
      'its HMAC keys come from the entry shop/orders-db-hmac, and the environment has no secret store. Give the environment a secretStore.',
    ],
    [
      'a bucket that pods cannot reach',
      () => refusals(gcp(withoutApis), 'bucket'),
      "it is a bucket, and gcp() does not know where pods reach the APIs of Google. Give gcp() apis, such as ['199.36.153.8/30'] for private.googleapis.com.",
    ],
  ])('refuses %s', (_what, refuse, message) => {
    expect(refuse()).toEqual([message]);
  });

  it('refuses an extension that it does not know, and takes one that it is told of', () => {
    const pgCron = { props: { extensions: ['pg_cron', 'pgcrypto'] } };
    expect(refusals(google, 'postgres', pgCron)).toEqual([
      expect.stringMatching(
        /^it wants the extension pg_cron, and gcp\(\) has amcheck, .*, vector\. Leave it out, or give gcp\(\) extensions: \['pg_cron'\] when its servers have it\.$/,
      ),
    ]);
    expect(refusals(gcp({ ...facts, extensions: ['pg_cron'] }), 'postgres', pgCron)).toEqual([]);
  });

  it('reports facts of the account that are missing or wrong', () => {
    const check = (given: object): unknown => gcp(given as GcpProps).check?.('providers.default');
    expect(check(facts)).toEqual([]);
    expect(check({ region: 'Frankfurt', network: 'main', services: [] })).toEqual([
      {
        found: 'providers.default.project is missing',
        fix: "Give the id of a project such as 'shop-prod'",
      },
      {
        found: "providers.default.region is 'Frankfurt'",
        fix: "Give a region such as 'europe-west3'",
      },
      {
        found: "providers.default.network is 'main'",
        fix: "Give a network such as 'projects/shop-net/global/networks/main'",
      },
      { found: 'providers.default.services is []', fix: 'Give address blocks' },
    ]);
  });
});
