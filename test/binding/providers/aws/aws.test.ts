import { describe, expect, it } from '@jest/globals';
import { Size } from '../../../../lib';
import { serviceSizes, sortedManifest } from '../../../../lib/foundation';
import { KEEP } from '../../../../lib/binding/namespace';
import { awsAccount as account } from '../../../accounts';
import { requestFor, specOf, templateOf } from '../requests';
import { forProvider, kinds, provided, type Offered } from './asking';

const sized = serviceSizes.flatMap((size) => kinds.map((kind) => [kind, size] as const));
const MAIN: Readonly<Record<Offered, string>> = {
  postgres: 'Instance',
  mysql: 'Instance',
  redis: 'ReplicationGroup',
  rabbitmq: 'Broker',
  bucket: 'Bucket',
};

describe('aws()', () => {
  it.each(sized)(
    'gives every required key of a %s of size %s, and none beyond it',
    (kind, size) => {
      const { gives, manifests } = provided(kind, { size: Size[size] });
      for (const { from, object, key, optional } of Object.values(
        requestFor(kind).service.outputs,
      )) {
        const keys = gives[`${from}/${object}`] ?? [];
        expect(optional || keys.includes(key)).toBe(true);
      }
      const known = Object.values(requestFor(kind).service.outputs).map(
        ({ from, object, key }) => `${from}/${object} ${key}`,
      );
      const given = Object.entries(gives).flatMap(([id, keys]) =>
        keys.map((key) => `${id} ${key}`),
      );
      expect(given.filter((each) => !known.includes(each))).toEqual([]);
      for (const [id, keys] of Object.entries(gives)) {
        const [from = '', object = ''] = id.split('/');
        const data =
          from === 'ConfigMap'
            ? manifests.find((each) => each.kind === from && each.metadata.name === object)?.data
            : templateOf({ manifests }, object);
        expect(Object.keys(data as object).sort()).toEqual([...keys].sort());
      }
    },
  );

  it.each(sized)('makes a %s of size %s the same way twice', (kind, size) => {
    const text = () =>
      JSON.stringify(provided(kind, { size: Size[size] }).manifests.map(sortedManifest));
    expect(text()).toBe(text());
  });

  it.each(sized)(
    'lets nobody in from outside to a %s of size %s, and encrypts it',
    (kind, size) => {
      const made = provided(kind, { size: Size[size] });
      const text = JSON.stringify(made.manifests);
      expect(text).not.toMatch(/"publiclyAccessible":true|0\.0\.0\.0\/0/);
      expect(made.statement.encryptedAtRest).toBe('yes');
      const cidrs = made.reach.flatMap(({ to }) => to.map(({ ipBlock }) => ipBlock?.cidr));
      expect(cidrs).toEqual(
        kind === 'bucket' ? ['10.20.0.0/16', '169.254.170.23/32'] : ['10.20.0.0/16'],
      );
    },
  );

  it.each(sized)('says of a %s of size %s how it is backed up and watched', (kind, size) => {
    const { statement } = provided(kind, { size: Size[size] });
    expect(statement.backup).not.toBe('');
    expect(statement.engine).toMatch(/Amazon/);
    expect(statement.availability).toMatchObject({
      exporter: 'yet-another-cloudwatch-exporter',
      metric: expect.stringMatching(/^aws_[a-z0-9_]+_average$/),
      means: 'present',
    });
  });

  it.each(kinds)('keeps the data of a %s when it is taken out', (kind) => {
    const { manifests, statement } = provided(kind);
    expect(specOf({ manifests }, MAIN[kind]).managementPolicies).toEqual([
      'Observe',
      'Create',
      'Update',
      'LateInitialize',
    ]);
    const main = manifests.find((each) => each.kind === MAIN[kind]);
    expect(main?.metadata.annotations).toMatchObject(KEEP);
    expect(statement.deletion).toBe(
      'retained: Crossplane never deletes it, and nobody prunes its object',
    );
  });

  it.each(kinds)('deletes a %s that is to be deleted', (kind) => {
    const { manifests, statement } = provided(kind, { deletionPolicy: 'delete' });
    expect(specOf({ manifests }, MAIN[kind]).managementPolicies).toEqual(['*']);
    expect(JSON.stringify(manifests)).not.toContain('argocd.argoproj.io');
    expect(statement.deletion).toMatch(/^deleted/);
  });

  it.each(kinds)('tags what it makes for a %s', (kind) => {
    expect(forProvider(provided(kind), MAIN[kind]).tags).toEqual({
      'golden-path/application': 'shop',
      'golden-path/environment': 'prod',
      'golden-path/service': 'orders-db',
      'golden-path/stage': 'prod',
    });
  });

  it.each([
    ['postgres', 'Instance', 'kmsKeyId'],
    ['mysql', 'Instance', 'kmsKeyId'],
    ['redis', 'ReplicationGroup', 'kmsKeyId'],
  ] as const)('encrypts a %s with the key that it is given', (kind, main, field) => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/1';
    expect(forProvider(provided(kind), main)).not.toHaveProperty(field);
    const facts = { ...account, kmsKeyArn };
    expect(forProvider(provided(kind, {}, facts), main)[field]).toBe(kmsKeyArn);
  });

  it('takes other instance classes', () => {
    const facts = {
      ...account,
      classes: {
        rds: { S: 'db.m7g.large' },
        elasticache: { S: 'cache.m7g.large' },
        mq: { S: 'mq.m7g.large' },
      },
    };
    expect(forProvider(provided('postgres', {}, facts), 'Instance').instanceClass).toBe(
      'db.m7g.large',
    );
    expect(forProvider(provided('redis', {}, facts), 'ReplicationGroup').nodeType).toBe(
      'cache.m7g.large',
    );
    expect(forProvider(provided('rabbitmq', {}, facts), 'Broker').hostInstanceType).toBe(
      'mq.m7g.large',
    );
  });

  it.each(['postgres', 'mysql', 'redis', 'rabbitmq'] as const)(
    'reads just the Secrets that a %s is made from',
    (kind) => {
      const { manifests } = provided(kind);
      const read = manifests
        .filter((each) => each.kind === 'ExternalSecret')
        .flatMap(({ spec }) => (spec as { data?: { remoteRef: { key: string } }[] }).data ?? [])
        .map(({ remoteRef }) => remoteRef.key);
      const role = manifests.find((each) => each.kind === 'Role');
      expect(role?.rules).toEqual([
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [...new Set(read)].sort(),
          verbs: ['get'],
        },
      ]);
      expect(specOf({ manifests }, 'SecretStore')).toMatchObject({
        provider: { kubernetes: { remoteNamespace: 'shop-prod' } },
      });
    },
  );
});
