import { describe, expect, it } from '@jest/globals';
import { namespaceStore } from '../../../lib/binding/providers/namespace-store';

describe('a store of the namespace', () => {
  const labels = { app: 'clicks' };
  const place = { namespace: 'shop-dev', labels };
  const { manifests, ref } = namespaceStore('clicks-kafka', place, ['a', 'b']);
  const [account, role, binding, store] = manifests;

  it('reads the Secrets that it names, and no others', () => {
    expect(role?.rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
    ]);
    expect(binding).toMatchObject({
      roleRef: { kind: 'Role', name: 'clicks-kafka' },
      subjects: [{ kind: 'ServiceAccount', name: 'clicks-kafka' }],
    });
    expect(account).toMatchObject({ kind: 'ServiceAccount', automountServiceAccountToken: false });
  });

  it('is found by its name', () => {
    expect(store).toMatchObject({
      kind: 'SecretStore',
      metadata: { name: ref.name, labels },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: 'shop-dev',
            auth: { serviceAccount: { name: 'clicks-kafka' } },
          },
        },
      },
    });
  });
});
