import { platform } from '@example/platform';
import { Testing } from 'cdk8s';
import * as golden from 'cdk8s-golden-path/testing';
import { Shop } from './shop';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const kinds = (manifests: readonly Manifest[]): string[] => manifests.map(({ kind }) => kind);

test('the shop stands on the platform of the package', () => {
  const app = platform();
  expect(kinds(Testing.synth(new Shop(app)))).toContain('Deployment');
});

test('the shop stands alone', () => {
  expect(kinds(Testing.synth(new Shop(Testing.app())))).toContain('Deployment');
});

test('the testing kit is found', () => {
  expect(Object.keys(golden)).not.toEqual([]);
});
