import { describe, expect, it } from '@jest/globals';
import type { InClusterProps, Provided } from '../../../../lib';
import { kindsIn, specOf, templateOf } from '../requests';
import { supplied, type Wish } from './requests';

const store: InClusterProps = {
  backup: {
    destinationPath: 's3://backups/prod',
    endpointUrl: 'https://s3.example.com:9000',
    credentials: 'backup',
    days: 30,
  },
};
const snapshots: InClusterProps = { backup: { volumeSnapshotClass: 'snapshots' } };

describe('postgres', () => {
  it('is a cluster whose own Secret is the contract, watched by Reloader', () => {
    const provided = supplied('postgres', { size: 'M', options: { storageClass: 'fast' } });
    expect(specOf(provided, 'Cluster')).toEqual({
      instances: 3,
      imageName: 'ghcr.io/cloudnative-pg/postgresql:16-standard-bookworm',
      bootstrap: { initdb: { database: 'orders_db', owner: 'orders_db', dataChecksums: true } },
      storage: { size: '20Gi', storageClass: 'fast' },
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } },
      postgresql: {
        parameters: { shared_buffers: '512MB' },
        synchronous: { method: 'any', number: 1, dataDurability: 'preferred' },
      },
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'preferred',
        topologyKey: 'kubernetes.io/hostname',
      },
      enableSuperuserAccess: false,
      enablePDB: true,
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover',
      inheritedMetadata: { annotations: { 'reloader.stakater.com/match': 'true' } },
    });
    expect(kindsIn(provided)).toEqual(['Cluster', 'NetworkPolicy']);
    expect(provided.statement).toEqual({
      engine: 'PostgreSQL 16 by CloudNativePG',
      tls: 'offered',
      encryptedAtRest: 'by the storage class',
      backup: 'none: inCluster() was given no backup',
      highlyAvailable: true,
      deletion:
        'nothing: Argo CD and Flux may not prune it; whoever wants it gone deletes it by hand',
      availability: {
        exporter: "CloudNativePG's own",
        metric: 'cnpg_collector_up',
        labels: { cluster: 'orders-db', namespace: 'shop-prod' },
        means: 'positive',
      },
    });
  });

  it('with one instance has no budget, which would stop the drain of its node', () => {
    const cluster = specOf(supplied('postgres'), 'Cluster');
    expect(cluster).toMatchObject({ enablePDB: false, primaryUpdateMethod: 'restart' });
    expect(cluster).not.toHaveProperty('postgresql.synchronous');
  });

  it('gets its extensions, and the library that one of them preloads', () => {
    const extensions = ['pg_stat_statements', 'uuid-ossp'];
    const provided = supplied('postgres', { props: { extensions }, deletionPolicy: 'delete' });
    expect(specOf(provided, 'Database')).toEqual({
      cluster: { name: 'orders-db' },
      name: 'orders_db',
      owner: 'orders_db',
      ensure: 'present',
      databaseReclaimPolicy: 'retain',
      extensions: extensions.map((name) => ({ name, ensure: 'present' })),
    });
    expect(specOf(provided, 'Cluster')).toHaveProperty(
      ['postgresql', 'parameters', 'pg_stat_statements.track'],
      'top',
    );
  });

  it('lets in those who use it, its operator and Prometheus', () => {
    const pods = { podSelector: { matchLabels: { 'cnpg.io/cluster': 'orders-db' } } };
    const inNamespace = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    const options = { operators: { cloudNativePg: 'databases' } };
    const tcp = (port: number) => ({ protocol: 'TCP', port });
    const provided = supplied('postgres', { options });
    expect(specOf(provided, 'NetworkPolicy')).toEqual({
      ...pods,
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders' } } }],
          ports: [tcp(5432)],
        },
        { from: [pods, inNamespace('databases')], ports: [tcp(5432), tcp(8000)] },
        { from: [inNamespace('monitoring')], ports: [tcp(9187)] },
      ],
    });
    expect(provided.reach).toEqual([{ to: [pods], ports: [5432] }]);
  });

  it('is backed up to an object store by the plugin', () => {
    const provided = supplied('postgres', { options: store });
    expect(specOf(provided, 'Cluster')).toMatchObject({
      plugins: [
        {
          name: 'barman-cloud.cloudnative-pg.io',
          enabled: true,
          isWALArchiver: true,
          parameters: { barmanObjectName: 'orders-db' },
        },
      ],
    });
    expect(specOf(provided, 'ObjectStore')).toMatchObject({
      configuration: {
        destinationPath: 's3://backups/prod/shop-prod/shop',
        endpointURL: 'https://s3.example.com:9000',
        s3Credentials: {
          accessKeyId: { name: 'backup', key: 'accessKeyId' },
          secretAccessKey: { name: 'backup', key: 'secretAccessKey' },
        },
      },
      retentionPolicy: '30d',
    });
    expect(specOf(provided, 'ScheduledBackup')).toMatchObject({
      schedule: '0 17 2 * * *',
      method: 'plugin',
      pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
    });
    expect(provided.statement.backup).toBe('daily, 30 days');
  });

  it('is backed up by snapshots', () => {
    const provided = supplied('postgres', { options: snapshots });
    expect(specOf(provided, 'Cluster')).toMatchObject({
      backup: { volumeSnapshot: { className: 'snapshots', snapshotOwnerReference: 'none' } },
    });
    expect(specOf(provided, 'ScheduledBackup')).toMatchObject({ method: 'volumeSnapshot' });
    expect(provided.statement.backup).toBe(
      'daily snapshots of the volume, until somebody deletes them',
    );
  });
});

describe('mysql', () => {
  it.each<readonly [string, Wish]>([
    ['orders-db', {}],
    ['orders-db-primary', { size: 'M' }],
  ])('gives the contract at %s, with TLS and what verifies it', (service, wish) => {
    const host = `${service}.shop-prod.svc`;
    const made = supplied('mysql', wish);
    expect(templateOf(made, 'orders-db-app')).toEqual({
      host,
      port: '3306',
      dbname: 'orders_db',
      username: 'orders_db',
      password: '{{ .password }}',
      uri: `mysql://orders_db:{{ .password }}@${host}:3306/orders_db`,
      tls: 'true',
      'ca.crt': '{{ .ca }}',
    });
    expect(specOf(made, 'ExternalSecret', 'orders-db-app').data).toEqual([
      { secretKey: 'password', remoteRef: { key: 'orders-db-password', property: 'password' } },
      { secretKey: 'ca', remoteRef: { key: 'orders-db-ca-bundle', property: 'ca.crt' } },
    ]);
  });

  const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
  };

  it.each<readonly [string, Wish]>([
    ['one', {}],
    ['three', { size: 'M' }],
  ])('passes Pod Security in every container, with %s', (_, wish) => {
    const spec = specOf(supplied('mysql', wish), 'MariaDB') as Record<string, object>;
    const seccomp = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    expect(spec).toMatchObject({
      podSecurityContext: seccomp,
      securityContext: restricted,
      metrics: { exporter: { podSecurityContext: seccomp, securityContext: restricted } },
      ...(wish.size && {
        galera: {
          agent: { securityContext: restricted },
          initContainer: { securityContext: restricted },
        },
      }),
    });
    expect(spec).toHaveProperty('myCnf');
    expect(Object.hasOwn(spec, 'galera')).toBe(wish.size === 'M');
  });

  it('is backed up', () => {
    expect(specOf(supplied('mysql', { options: store }), 'PhysicalBackup')).toMatchObject({
      mariaDbRef: { name: 'orders-db' },
      schedule: { cron: '17 2 * * *' },
      maxRetention: '720h',
      storage: {
        s3: {
          bucket: 'backups',
          prefix: 'prod/shop-prod/shop/orders-db',
          endpoint: 's3.example.com:9000',
          tls: { enabled: true },
        },
      },
    });
    expect(specOf(supplied('mysql', { options: snapshots }), 'PhysicalBackup')).toMatchObject({
      storage: { volumeSnapshot: { volumeSnapshotClassName: 'snapshots' } },
    });
  });

  it('lets its backups in by the labels that they have', () => {
    interface Policy {
      readonly ingress: readonly {
        readonly from: readonly { readonly podSelector?: { readonly matchLabels: object } }[];
        readonly ports?: readonly { readonly port: number }[];
      }[];
    }
    const provided = supplied('mysql', { options: store });
    const { podMetadata } = specOf(provided, 'PhysicalBackup') as {
      readonly podMetadata: { readonly labels: object };
    };
    const ways = (of: Provided): Policy['ingress'] =>
      (specOf(of, 'NetworkPolicy') as unknown as Policy).ingress.filter(({ from }) =>
        from.some(({ podSelector }) => {
          const wanted = Object.entries(podSelector?.matchLabels ?? { none: '' });
          const labels = new Map(Object.entries(podMetadata.labels));
          return wanted.every(([key, value]) => labels.get(key) === value);
        }),
      );
    expect(ways(provided).map(({ ports }) => ports)).toEqual([[{ protocol: 'TCP', port: 3306 }]]);
    expect(ways(supplied('mysql'))).toEqual([]);
  });
});
