import { describe, expect, it } from '@jest/globals';
import * as path from 'node:path';
import type { Manifest } from '../../lib';
import { cloudPlatform } from '../kustomize/cloud-services';
import { crdSource, kubernetesSources, metadataOnly } from './sources';
import { strictValidator } from './strict-validator';

const own = path.join(__dirname, '..', '..', 'imports', 'crds');
const { GOLDEN_PATH_SCHEMAS, GOLDEN_PATH_CRDS } = process.env;

/** By our own small CRDs, and by those of the projects where they are at hand. */
const validate = strictValidator([
  ...(GOLDEN_PATH_SCHEMAS === undefined ? [metadataOnly] : kubernetesSources(GOLDEN_PATH_SCHEMAS)),
  crdSource(own),
  ...(GOLDEN_PATH_CRDS === undefined ? [] : [{ ...crdSource(GOLDEN_PATH_CRDS), name: 'upstream' }]),
]);

describe('what clouds supply', () => {
  const { problems, manifests } = cloudPlatform().render();
  const objects: readonly Manifest[] = [...manifests.values()].flat();

  it('passes every guardrail, the strict ones too', () => {
    expect(problems).toEqual([]);
  });

  it('has no field that its operators do not know, and all that they want', () => {
    expect([...new Set(objects)].flatMap(validate)).toEqual([]);
  });

  it('has every kind that is made of them', () => {
    expect([...new Set(objects.map(({ kind }) => kind))]).toEqual(
      expect.arrayContaining([
        'SQLInstance',
        'SQLDatabase',
        'SQLUser',
        'RedisInstance',
        'StorageBucket',
        'FlexibleServer',
        'FlexibleServersDatabase',
        'FlexibleServersConfiguration',
        'Redis',
        'PrivateEndpoint',
        'PrivateEndpointsPrivateDnsZoneGroup',
        'SecretStore',
        'Password',
        'ExternalSecret',
      ]),
    );
  });

  it('leaves the application the same in every environment', () => {
    const texts = ['google', 'small', 'azure'].map((environment) =>
      JSON.stringify(
        [...manifests].find(
          ([file]) => file.includes(`${environment}/`) && file.endsWith('application.k8s.yaml'),
        ),
      ).replace(environment, ''),
    );
    expect(new Set(texts).size).toBe(1);
  });
});
