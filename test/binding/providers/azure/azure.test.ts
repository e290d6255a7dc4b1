import { describe, expect, it } from '@jest/globals';
import { azure } from '../../../../lib';
import { providerChecks } from '../../../../lib/testing';
import type { ServiceKind } from '../../../../lib';
import { azureAccount as facts, azureGroupId as group } from '../../../accounts';
import { objectOf, provided, requestFor, templateOf } from '../requests';
import { here, six, wishFor } from './account';

const NAME = 'shop-orders-db-prod-6e852cce';

describe('azure()', () => {
  it.each(providerChecks(here, { props: { redis: { version: 6 } } }))(
    '$kind $name',
    ({ findings }) => {
      expect(findings).toEqual([]);
    },
  );

  it('has no bucket, and Redis 6 alone', () => {
    const checks = providerChecks(here);
    expect(new Set(checks.map(({ kind }) => kind))).toEqual(
      new Set(['postgres', 'mysql', 'redis']),
    );
    const found = checks.filter(({ findings }) => findings.length > 0);
    expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'redis supplies the sizes S and M',
    ]);
  });

  it.each<readonly ['postgres' | 'mysql', object]>([
    [
      'postgres',
      {
        version: '16',
        storage: { storageSizeGB: 128, autoGrow: 'Disabled' },
        network: {
          delegatedSubnetResourceReference: { armId: facts.postgres.subnet },
          privateDnsZoneArmResourceReference: { armId: facts.postgres.dnsZone },
          publicNetworkAccess: 'Disabled',
        },
      },
    ],
    [
      'mysql',
      {
        version: '8.0.21',
        storage: { storageSizeGB: 128, autoGrow: 'Enabled', autoIoScaling: 'Enabled' },
        network: {
          delegatedSubnetResourceReference: { armId: facts.mysql.subnet },
          privateDnsZoneResourceReference: { armId: facts.mysql.dnsZone },
          publicNetworkAccess: 'Disabled',
        },
      },
    ],
  ])('%s is a private server with backups and a standby', (kind, spec) => {
    expect(objectOf(provided(here, kind, { size: 'M' }), 'FlexibleServer')).toEqual({
      apiVersion:
        kind === 'postgres'
          ? 'dbforpostgresql.azure.com/v1api20240801'
          : 'dbformysql.azure.com/v1api20231230',
      kind: 'FlexibleServer',
      metadata: {
        name: 'orders-db',
        labels: requestFor(kind).labels,
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          'serviceoperator.azure.com/reconcile-policy': 'detach-on-delete',
        },
      },
      spec: {
        azureName: NAME,
        location: 'westeurope',
        owner: { armId: group },
        administratorLogin: 'app',
        administratorLoginPassword: { name: 'orders-db-password', key: 'password' },
        sku: { name: 'Standard_D2ads_v5', tier: 'GeneralPurpose' },
        backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' },
        highAvailability: { mode: 'ZoneRedundant' },
        ...spec,
      },
    });
  });

  it('asks for the machine, the disk and the standby of the size', () => {
    const machines = (['XS', 'S', 'M', 'L', 'XL'] as const).map((size) => {
      const { spec } = objectOf(provided(here, 'postgres', { size }), 'FlexibleServer');
      const { sku, storage, highAvailability } = spec as {
        sku: { name: string };
        storage: { storageSizeGB: number };
        highAvailability: { mode: string };
      };
      return [size, sku.name, storage.storageSizeGB, highAvailability.mode];
    });
    expect(machines).toEqual([
      ['XS', 'Standard_B1ms', 32, 'Disabled'],
      ['S', 'Standard_B2s', 64, 'Disabled'],
      ['M', 'Standard_D2ads_v5', 128, 'ZoneRedundant'],
      ['L', 'Standard_D4ads_v5', 256, 'ZoneRedundant'],
      ['XL', 'Standard_D8ads_v5', 512, 'ZoneRedundant'],
    ]);
  });

  it.each<readonly [ServiceKind, string, object]>([
    ['postgres', 'FlexibleServer', { highAvailability: { mode: 'Disabled' } }],
    ['mysql', 'FlexibleServer', { storage: { autoGrow: 'Disabled' } }],
    ['redis', 'Redis', { sku: { name: 'Basic', family: 'C', capacity: 4 } }],
  ])('makes no standby of %s where there is room for one', (kind, object, spec) => {
    const wish = { ...wishFor(kind), size: 'XL' as const, facts: { instances: () => 1 } };
    const made = provided(here, kind, wish);
    expect(objectOf(made, object)).toMatchObject({ spec });
    expect(made.statement.highlyAvailable).toBe(false);
  });

  it('makes the database, asks for TLS, and allows the extensions', () => {
    const made = provided(here, 'postgres', {
      props: { extensions: ['pgcrypto', 'uuid-ossp'] },
    });
    const owner = { name: 'orders-db' };
    expect(objectOf(made, 'FlexibleServersDatabase').spec).toEqual({
      azureName: 'orders_db',
      owner,
      charset: 'UTF8',
      collation: 'en_US.utf8',
    });
    const configurations = made.manifests.filter(
      ({ kind }) => kind === 'FlexibleServersConfiguration',
    );
    expect(configurations.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      [
        'orders-db-require-secure-transport',
        { azureName: 'require_secure_transport', owner, source: 'user-override', value: 'on' },
      ],
      [
        'orders-db-azure-extensions',
        {
          azureName: 'azure.extensions',
          owner,
          source: 'user-override',
          value: 'PGCRYPTO,UUID-OSSP',
        },
      ],
    ]);
  });

  it('copies backups to the paired region where the account says so', () => {
    const made = provided(azure({ ...facts, geoRedundantBackup: true }), 'mysql');
    expect(objectOf(made, 'FlexibleServer')).toMatchObject({
      spec: { backup: { geoRedundantBackup: 'Enabled' } },
    });
    expect(made.statement.backup).toBe(
      'daily, and any moment of the last 14 days; copied to the paired region',
    );
  });

  it('makes Redis with TLS alone, at a private endpoint with a name in the private zone', () => {
    const made = provided(here, 'redis', { ...six, size: 'M' });
    expect(objectOf(made, 'Redis').spec).toEqual({
      azureName: NAME,
      location: 'westeurope',
      owner: { armId: group },
      redisVersion: '6',
      sku: { name: 'Standard', family: 'C', capacity: 2 },
      enableNonSslPort: false,
      minimumTlsVersion: '1.2',
      publicNetworkAccess: 'Disabled',
      redisConfiguration: { 'maxmemory-policy': 'allkeys-lru' },
      operatorSpec: {
        secrets: { primaryKey: { name: 'orders-db-access-keys', key: 'primaryKey' } },
      },
    });
    expect(objectOf(made, 'PrivateEndpoint').spec).toEqual({
      azureName: NAME,
      location: 'westeurope',
      owner: { armId: group },
      subnet: { reference: { armId: facts.redis.subnet } },
      privateLinkServiceConnections: [
        {
          name: 'orders-db',
          groupIds: ['redisCache'],
          privateLinkServiceReference: {
            group: 'cache.azure.com',
            kind: 'Redis',
            name: 'orders-db',
          },
        },
      ],
    });
    expect(objectOf(made, 'PrivateEndpointsPrivateDnsZoneGroup').spec).toEqual({
      azureName: 'default',
      owner: { name: 'orders-db' },
      privateDnsZoneConfigs: [
        { name: 'redis', privateDnsZoneReference: { armId: facts.redis.dnsZone } },
      ],
    });
    expect(made.reach).toEqual([{ to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [6380] }]);
  });

  it.each<readonly [ServiceKind, string, Readonly<Record<string, string>>]>([
    [
      'postgres',
      'orders-db-app',
      {
        host: `${NAME}.postgres.database.azure.com`,
        port: '5432',
        dbname: 'orders_db',
        username: 'app',
        password: '{{ .password }}',
        sslmode: 'require',
        uri: `postgresql://app:{{ .password }}@${NAME}.postgres.database.azure.com:5432/orders_db?sslmode=require`,
        'jdbc-uri': `jdbc:postgresql://${NAME}.postgres.database.azure.com:5432/orders_db?user=app&password={{ .password }}&sslmode=require`,
      },
    ],
    [
      'mysql',
      'orders-db-app',
      {
        host: `${NAME}.mysql.database.azure.com`,
        port: '3306',
        dbname: 'orders_db',
        username: 'app',
        password: '{{ .password }}',
        tls: 'true',
        uri: `mysql://app:{{ .password }}@${NAME}.mysql.database.azure.com:3306/orders_db`,
      },
    ],
    [
      'redis',
      'orders-db-redis',
      {
        host: `${NAME}.redis.cache.windows.net`,
        port: '6380',
        address: `${NAME}.redis.cache.windows.net:6380`,
        // Access keys have characters that mean something in a URL.
        uri: `rediss://:{{ .password | urlquery }}@${NAME}.redis.cache.windows.net:6380`,
        username: 'default',
        password: '{{ .password }}',
        tls: 'true',
      },
    ],
  ])('writes the Secret of the contract for %s', (kind, name, keys) => {
    const made = provided(here, kind, wishFor(kind));
    expect(templateOf(made, name)).toEqual(keys);
    expect(made.gives).toEqual({ [`Secret/${name}`]: Object.keys(keys) });
  });

  it('reads the access keys by a service account that may read them alone', () => {
    const made = provided(here, 'redis', six);
    expect(objectOf(made, 'SecretStore')).toMatchObject({
      metadata: { name: 'orders-db-access-keys' },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: 'shop-prod',
            server: {
              url: 'kubernetes.default',
              caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' },
            },
            auth: { serviceAccount: { name: 'orders-db-access-keys' } },
          },
        },
      },
    });
    expect(objectOf(made, 'Role').rules).toEqual([
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: ['orders-db-access-keys'],
        verbs: ['get'],
      },
    ]);
    expect(objectOf(made, 'ExternalSecret')).toMatchObject({
      spec: {
        secretStoreRef: { kind: 'SecretStore', name: 'orders-db-access-keys' },
        data: [
          {
            secretKey: 'password',
            remoteRef: { key: 'orders-db-access-keys', property: 'primaryKey' },
          },
        ],
      },
    });
  });

  it.each<readonly [ServiceKind, string]>([
    ['postgres', 'FlexibleServer'],
    ['mysql', 'FlexibleServer'],
    ['redis', 'Redis'],
  ])('deletes %s for good when it is told to', (kind, object) => {
    const made = provided(here, kind, { ...wishFor(kind), deletionPolicy: 'delete' });
    expect(objectOf(made, object).metadata.annotations).toEqual({
      'serviceoperator.azure.com/reconcile-policy': 'manage',
    });
    expect(made.statement.deletion).toMatch(/ is deleted with all its data$/);
  });

  it('states what it makes', () => {
    expect(provided(here, 'postgres', { size: 'M' }).statement).toEqual({
      engine: 'PostgreSQL 16 by Azure flexible server',
      tls: 'required',
      encryptedAtRest: 'yes',
      backup: 'daily, and any moment of the last 14 days',
      highlyAvailable: true,
      deletion: `the server ${NAME} stays in its resource group`,
      availability: {
        exporter: 'azure_exporter of Grafana Alloy',
        metric: 'azure_microsoft_dbforpostgresql_flexibleservers_is_db_alive_minimum_count',
        labels: { resourceName: NAME },
        means: 'positive',
      },
    });
    expect(provided(here, 'redis', six).statement.backup).toBe('none: a cache may be empty');
  });
});
