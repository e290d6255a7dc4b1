import type { Manifest } from '../../lib';
import { nameOf } from '../upgrade/compare';
import { kubectl, quietly } from './kubectl';
import type { Stored } from './objects';

/**
 * What stands in a namespace with the labels of an application, and is not in its rendering: applying without pruning leaves it there.
 * Named as a comparison of two renderings names what is removed.
 */
export async function leftovers(
  namespace: string,
  application: string,
  rendering: readonly Manifest[],
): Promise<readonly string[]> {
  const types = ['api-resources', '--namespaced', '--verbs=list,delete', '-o', 'name'];
  // Endpoints and their slices are copies that controllers make, with the labels of the Service.
  const kinds = (await quietly(types))
    .trim()
    .split('\n')
    .filter((name) => !/^endpoint/.test(name));
  const labels = [
    'app.kubernetes.io/managed-by=cdk8s-golden-path',
    `app.kubernetes.io/part-of=${application}`,
  ].join(',');
  const args = ['get', kinds.join(','), '-n', namespace, '-l', labels, '-o', 'json'];
  const { code, stdout, stderr } = await kubectl(args);
  if (code !== 0) throw new Error(stderr);
  const { items } = JSON.parse(stdout) as { readonly items: readonly Stored[] };
  const wanted = new Set(rendering.map(nameOf));
  return items
    .filter(({ metadata }) => !('ownerReferences' in metadata))
    .map(nameOf)
    .filter((name) => !wanted.has(name))
    .sort();
}
