import { describe, expect, it } from '@jest/globals';
import { inCluster, type InClusterProps } from '../../../../lib';
import { specOf } from '../requests';
import { refusals, supplied, type Wish } from './requests';

const store = {
  destinationPath: 's3://backups/prod',
  endpointUrl: 'https://s3.example.com',
  credentials: 'backup',
} as const;
/** An environment without a secret store. */
const storeless = { secretStore: undefined } as object;
const wish = (backup: InClusterProps['backup'], facts: Wish['facts'] = {}): Wish => ({
  options: backup ? { backup } : {},
  facts,
});

describe('the credentials of backups', () => {
  it.each(['postgres', 'mysql'] as const)('of %s come from the secret store', (kind) => {
    const provided = supplied(kind, wish({ ...store, entry: 'platform/backup' }));
    expect(provided.shared).toHaveLength(1);
    expect(provided.shared?.[0]).toMatchObject({
      kind: 'ExternalSecret',
      metadata: {
        name: 'backup',
        labels: { 'app.kubernetes.io/part-of': 'shop' },
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { name: 'backup' },
        data: [
          {
            secretKey: 'accessKeyId',
            remoteRef: { key: 'platform/backup', property: 'accessKeyId' },
          },
          {
            secretKey: 'secretAccessKey',
            remoteRef: { key: 'platform/backup', property: 'secretAccessKey' },
          },
        ],
      },
    });
    const other = supplied(kind, {
      ...wish({ ...store, entry: 'platform/backup' }),
      name: 'bills',
      deletionPolicy: 'delete',
    });
    expect(other.shared).toEqual(provided.shared);
  });

  it('are somebody else’s where no entry is named', () => {
    expect(supplied('postgres', wish(store)).shared).toEqual([]);
    expect(supplied('mysql', wish({ volumeSnapshotClass: 'snapshots' })).shared).toEqual([]);
  });

  it('have no entry where there is no store', () => {
    expect(refusals('mysql', wish({ ...store, entry: 'platform/backup' }, storeless))).toEqual([
      'inCluster() takes backup.credentials from the entry platform/backup, and the environment has no secret store. Give the environment a secretStore.',
    ]);
    expect(refusals('postgres', wish({ ...store, entry: 'platform/backup' }))).toEqual([]);
  });
});

describe('a PostgreSQL that is made anew', () => {
  it('is archived into a folder of its own', () => {
    const again = supplied('postgres', wish({ ...store, generation: 2 }));
    expect(specOf(again, 'Cluster')).toMatchObject({
      plugins: [{ parameters: { barmanObjectName: 'orders-db', serverName: 'orders-db-2' } }],
    });
    const first = supplied('postgres', wish({ ...store, generation: 1 }));
    expect(first).toEqual(supplied('postgres', wish(store)));
    expect(JSON.stringify(first)).not.toContain('serverName');
  });

  it('has a whole generation', () => {
    const backup = { ...store, generation: 1.5, entry: '' };
    const found = inCluster({ backup }).check?.('providers.default') ?? [];
    expect(found.map((refusal) => `${refusal.found}. ${refusal.fix}.`)).toEqual([
      "providers.default.backup.entry is ''. Give an entry of the secretStore, such as 'platform/backup'.",
      'providers.default.backup.generation is 1.5. Give a whole number from 1, such as 2.',
    ]);
  });
});
