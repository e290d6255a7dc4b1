/**
 * Fails unless the YAML in a folder holds, for each environment, exactly the objects that this library renders:
 * `same-objects.ts <objects> <output folder>`. The namespace, which kustomize fills in, is passed over.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib';
import { childArguments } from '../child';
import { allOf, identity, readObjects } from '../objects';

function readFolder(folder: string): readonly Manifest[] {
  return readdirSync(folder)
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS() as Manifest)
    .map((manifest) => {
      const metadata = Object.entries(manifest.metadata).filter(([key]) => key !== 'namespace');
      return { ...manifest, metadata: Object.fromEntries(metadata) } as unknown as Manifest;
    });
}

const argument = childArguments();
for (const [environment, objects] of Object.entries(readObjects(argument(0)))) {
  const found = new Map(
    readFolder(join(argument(1), environment)).map((manifest) => [identity(manifest), manifest]),
  );
  const wanted = allOf(objects);
  const differing = wanted.filter((one) => !isDeepStrictEqual(found.get(identity(one)), one));
  if (differing.length === 0 && found.size === wanted.length) continue;
  const first = differing[0] ? identity(differing[0]) : `${found.size} objects`;
  throw new Error(`the objects of ${environment} differ: ${first}`);
}
