import { describe, expect, it } from '@jest/globals';
import { manifestsOf, templateOf } from '../requests';
import { supplied } from './requests';

describe('passwords', () => {
  it.each([
    ['redis', 'orders-db-redis'],
    ['rabbitmq', 'orders-db-default-user'],
  ] as const)('of %s are made once, and what is around them again and again', (kind, contract) => {
    const provided = supplied(kind);
    const secrets = manifestsOf(provided).filter((object) => object.kind === 'ExternalSecret');
    const specs = new Map(secrets.map(({ metadata, spec }) => [metadata.name, spec as object]));
    expect([...specs.keys()]).toEqual(['orders-db-password', contract]);
    expect(specs.get('orders-db-password')).toMatchObject({ refreshPolicy: 'CreatedOnce' });
    expect(templateOf(provided, 'orders-db-password')).toEqual({ password: '{{ .password }}' });
    expect(specs.get(contract)).not.toHaveProperty('refreshPolicy');
    expect(specs.get(contract)).toMatchObject({
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'SecretStore', name: 'orders-db-secrets' },
      target: {
        name: contract,
        template: { metadata: { annotations: { 'reloader.stakater.com/match': 'true' } } },
      },
      data: [
        {
          secretKey: 'password',
          remoteRef: { key: 'orders-db-password', property: 'password' },
        },
      ],
    });
    const [role] = manifestsOf(provided).filter((object) => object.kind === 'Role');
    expect(role).toMatchObject({
      metadata: { name: 'orders-db-secrets' },
      rules: [{ resources: ['secrets'], resourceNames: ['orders-db-password'], verbs: ['get'] }],
    });
  });
});
