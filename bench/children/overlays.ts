/** Writes objects as people write them for kustomize: `overlays.ts <together|by-service> <objects> <folder>`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../lib';
import { renderYaml } from '../../lib/foundation';
import { childArguments } from '../child';
import { allOf, identity, readObjects } from '../objects';
import { LANDSCAPE } from '../services';

type Bag = Readonly<Record<string, unknown>>;

const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of an object is not as in the base, with `null` for what is gone. Lists are given in full. */
function difference(base: Bag, wanted: Bag): Bag {
  const gone = Object.keys(base).filter((key) => !(key in wanted));
  const changed = Object.entries(wanted).filter(([key, value]) => {
    return !isDeepStrictEqual(base[key], value);
  });
  const entries = changed.map(([key, value]) => {
    const old = base[key];
    return [key, isBag(old) && isBag(value) ? difference(old, value) : value] as const;
  });
  return Object.fromEntries([...gone.map((key) => [key, null] as const), ...entries]);
}

function patch({ apiVersion, kind, metadata }: Manifest, change: Bag): Bag {
  return { apiVersion, kind, metadata: { name: metadata.name }, ...change };
}

/**
 * A base with what two environments or more have, and an overlay for each with a patch for every object that differs there
 * (bounds, hostnames, settings), and what it has alone.
 */
function writeOverlays(
  folder: string,
  wanted: ReadonlyMap<string, readonly Manifest[]>,
  namespaced: (environment: string) => string,
): void {
  const counts = new Map<string, number>();
  const base = new Map<string, Manifest>();
  for (const object of [...wanted.values()].flat()) {
    const key = identity(object);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!base.has(key)) base.set(key, object);
  }
  for (const [key, count] of counts) if (count === 1) base.delete(key);
  writeSet(join(folder, 'base'), { 'objects.yaml': [...base.values()] }, {});

  for (const [environment, objects] of wanted) {
    const own = new Map(objects.map((object) => [identity(object), object]));
    const patches = [...base].flatMap(([key, old]) => {
      const object = own.get(key);
      if (!object) return [patch(old, { $patch: 'delete' })];
      return isDeepStrictEqual(object, old) ? [] : [patch(old, difference(old, object))];
    });
    const alone = objects.filter((object) => !base.has(identity(object)));
    writeSet(
      join(folder, 'overlays', environment),
      alone.length === 0 ? {} : { 'objects.yaml': alone },
      Object.fromEntries(patches.map((change, index) => [`patch-${index}.yaml`, [change]])),
      { namespace: namespaced(environment), resources: ['../../base'] },
    );
  }
}

function writeSet(
  folder: string,
  resources: Readonly<Record<string, readonly Bag[]>>,
  patches: Readonly<Record<string, readonly Bag[]>>,
  head: { readonly namespace?: string; readonly resources?: readonly string[] } = {},
): void {
  mkdirSync(folder, { recursive: true });
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...head,
    resources: [...(head.resources ?? []), ...Object.keys(resources)],
    patches: Object.keys(patches).map((path) => ({ path })),
  };
  const files = { 'kustomization.yaml': [kustomization], ...resources, ...patches };
  for (const [name, documents] of Object.entries(files)) {
    writeFileSync(join(folder, name), renderYaml(documents));
  }
}

const argument = childArguments();
const given = Object.entries(readObjects(argument(1)));
const namespaced = (environment: string): string => `${LANDSCAPE}-${environment}`;
if (argument(0) === 'together') {
  const wanted = new Map(given.map(([environment, objects]) => [environment, allOf(objects)]));
  writeOverlays(argument(2), wanted, namespaced);
} else {
  for (const service of Object.keys(given[0]?.[1].services ?? {})) {
    const wanted = given.map(([name, { services }]) => [name, services[service] ?? []] as const);
    writeOverlays(join(argument(2), service), new Map(wanted), namespaced);
  }
}
