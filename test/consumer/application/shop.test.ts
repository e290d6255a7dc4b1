import { platform } from '@example/platform';
import { Testing } from 'cdk8s';
import { WebService } from 'cdk8s-golden-path';
import { synthesize } from 'cdk8s-golden-path/testing';
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

test('the testing kit binds it to the environments of the platform', () => {
  const shop = synthesize((app) => new Shop(app), platform);
  expect(shop.problems).toEqual([]);
  const wanted = { kind: 'ConfigMap', name: 'orders-settings', environment: 'dev' };
  expect(shop.find(wanted).data).toEqual({ LOG_LEVEL: 'debug' });
});

test('a problem names the line of this folder', () => {
  const { problems } = synthesize((app) => {
    const shop = new Shop(app);
    new WebService(shop, 'a', { image: 'x:latest', port: 8080, health: '/' });
  }, platform);
  expect(problems.map(({ code, source }) => [code, source?.file])).toEqual([
    ['ImageUnpinned', 'shop.test.ts'],
  ]);
});
