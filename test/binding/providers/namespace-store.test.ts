import { describe, expect, it } from '@jest/globals';
import { namespaceStore } from '../../../lib/binding/providers/namespace-store';

describe('a store of the namespace', () => {
  const labels = { app: 'clicks' };
  const place = { namespace: 'shop-dev', labels };
  const [account, role, binding, store] = namespaceStore('clicks-kafka', place, ['a', 'b']);

  it('reads the Secrets that it names, and no others', () => {
    expect(role?.rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
    ]);
    expect(binding).toMatchObject({
      roleRef: { kind: 'Role', name: 'clicks-kafka' },
      subjects: [{ kind: 'ServiceAccount', name: 'clicks-kafka', namespace: 'shop-dev' }],
    });
    expect(account).toMatchObject({ kind: 'ServiceAccount', automountServiceAccountToken: false });
  });

  it('is found by its name', () => {
    expect(store).toMatchObject({
      kind: 'SecretStore',
      metadata: { name: 'clicks-kafka', labels },
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
