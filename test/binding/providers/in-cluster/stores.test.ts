import { describe, expect, it } from '@jest/globals';
import type { InClusterProps } from '../../../../lib';
import { specOf, templateOf } from '../requests';
import { supplied, type Wish } from './requests';

describe('redis', () => {
  interface Set {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [{ readonly args: readonly string[] }];
        readonly volumes: readonly object[];
      };
    };
    readonly volumeClaimTemplates?: readonly object[];
  }
  const setOf = (wish?: Wish): Set =>
    specOf(supplied('redis', wish), 'StatefulSet') as unknown as Set;
  const argument = (set: Set, name: string): string | undefined => {
    const { args } = set.template.spec.containers[0];
    return args[args.indexOf(name) + 1];
  };

  it('gives the contract and, beside it, who may do what', () => {
    expect(templateOf(supplied('redis'), 'orders-db-redis')).toEqual({
      host: 'orders-db.shop-prod.svc',
      port: '6379',
      address: 'orders-db.shop-prod.svc:6379',
      tls: 'false',
      username: 'default',
      password: '{{ .password }}',
      uri: 'redis://default:{{ .password }}@orders-db.shop-prod.svc:6379',
      'users.acl':
        'user default on >{{ .password }} ~* &* +@all -@admin\nuser probe on nopass -@all +ping\n',
    });
  });

  it('as a cache throws away what is oldest, and as a store nothing', () => {
    const cache = setOf();
    expect(argument(cache, '--maxmemory')).toBe('716mb');
    expect(argument(cache, '--maxmemory-policy')).toBe('allkeys-lru');
    expect(argument(cache, '--appendonly')).toBe('no');
    expect(cache.volumeClaimTemplates).toBeUndefined();
    expect(cache.template.spec.volumes).toContainEqual({
      name: 'data',
      emptyDir: { sizeLimit: '100Mi' },
    });
    const kept = setOf({ props: { durable: true } });
    expect(argument(kept, '--maxmemory-policy')).toBe('noeviction');
    expect(argument(kept, '--appendonly')).toBe('yes');
    expect(kept).toMatchObject({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '10Gi' } } } }],
    });
    const wish: Wish = { props: { durable: true }, deletionPolicy: 'delete' };
    expect(setOf(wish)).toMatchObject({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
    });
  });

  it('that nobody uses is closed in both directions', () => {
    const provided = supplied('redis', { facts: { callers: [] } });
    expect(specOf(provided, 'NetworkPolicy')).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'orders-db', 'app.kubernetes.io/part-of': 'shop' },
      },
      policyTypes: ['Ingress', 'Egress'],
    });
  });
});

describe('bucket', () => {
  const configOf = (wish: Wish): unknown =>
    supplied('bucket', wish).manifests.find(({ kind }) => kind === 'ConfigMap')?.data;

  it('is a bucket of the one SeaweedFS, with an identity that may use it alone', () => {
    const provided = supplied('bucket', { name: 'invoices' });
    expect(specOf(provided, 'Bucket')).toEqual({
      name: 'shop-invoices-prod',
      clusterRef: { name: 'seaweedfs' },
      reclaimPolicy: 'Retain',
      adoptExisting: true,
      versioning: 'Enabled',
    });
    const resources = (
      specOf(provided, 'S3Policy') as { statements: readonly { resources: unknown }[] }
    ).statements.map((statement) => statement.resources);
    expect(resources).toEqual([['shop-invoices-prod'], ['shop-invoices-prod/*']]);
    expect(specOf(provided, 'S3Credentials')).toMatchObject({
      secretRef: {
        name: 'invoices-bucket-credentials',
        accessKeyField: 'accessKeyId',
        secretKeyField: 'secretAccessKey',
      },
    });
    expect(configOf({ name: 'invoices' })).toEqual({
      bucket: 'shop-invoices-prod',
      region: 'us-east-1',
      endpoint: 'http://seaweedfs-s3.shop-prod.svc:8333',
      forcePathStyle: 'true',
    });
  });

  it('is removed with all in it where it may be, and its objects expire with their versions', () => {
    const wish: Wish = { deletionPolicy: 'delete', props: { expireDays: 3 } };
    expect(specOf(supplied('bucket', wish), 'Bucket')).toMatchObject({
      reclaimPolicy: 'Delete',
      adoptExisting: false,
    });
    expect(specOf(supplied('bucket', wish), 'BucketLifecyclePolicy')).toMatchObject({
      rules: [{ expiration: { days: 3 }, noncurrentVersionExpiration: { noncurrentDays: 3 } }],
    });
    const plain: Wish = { props: { expireDays: 3, versioned: false } };
    expect(specOf(supplied('bucket', plain), 'BucketLifecyclePolicy')).toMatchObject({
      rules: [{ id: 'expire', status: 'Enabled', expiration: { days: 3 } }],
    });
  });

  it('may be in a SeaweedFS of the platform', () => {
    const options: InClusterProps = {
      s3: { cluster: 'objects', namespace: 'storage', highlyAvailable: true, backup: 'daily' },
    };
    const provided = supplied('bucket', { options, size: 'XL' });
    expect(provided.shared).toBeUndefined();
    expect(specOf(provided, 'Bucket')).toMatchObject({
      clusterRef: { name: 'objects', namespace: 'storage' },
    });
    expect(configOf({ options })).toMatchObject({
      endpoint: 'http://objects-s3.storage.svc:8333',
    });
    expect(provided.reach).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storage' } },
            podSelector: {
              matchLabels: {
                'app.kubernetes.io/name': 'seaweedfs',
                'app.kubernetes.io/instance': 'objects',
                'app.kubernetes.io/component': 's3',
              },
            },
          },
        ],
        ports: [8333],
      },
    ]);
    expect(provided.statement).toMatchObject({ highlyAvailable: true, backup: 'daily' });
  });

  it('has a name that fits', () => {
    const name = 'a'.repeat(40);
    const facts = { application: 'b'.repeat(40) };
    const bucket = specOf(supplied('bucket', { name, facts }), 'Bucket') as { name: string };
    expect(bucket.name).toHaveLength(63);
    const other = specOf(
      supplied('bucket', { name, facts: { ...facts, environment: 'dev' } }),
      'Bucket',
    ) as { name: string };
    expect(other.name).not.toBe(bucket.name);
  });
});
