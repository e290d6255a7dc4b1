import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib';
import { MIGRATE } from '../../lib/foundation';
import { quietly } from './kubectl';

/** An object as the server stores it. */
export interface Stored extends Manifest {
  readonly metadata: Manifest['metadata'] & {
    readonly namespace?: string;
    readonly resourceVersion: string;
    readonly uid: string;
    readonly generation?: number;
  };
}

/** The folders of an application in the order in which they are applied. */
export const inOrder = (folder: string): readonly string[] =>
  [path.join(folder, MIGRATE), folder].filter((each) => fs.existsSync(each));

/** What kustomize makes of all folders of an application. */
export async function builtWhole(folder: string): Promise<readonly Manifest[]> {
  const parts = await Promise.all(inOrder(folder).map(built));
  return parts.flat();
}

/** What kustomize makes of a folder. */
export async function built(folder: string): Promise<readonly Manifest[]> {
  const documents = parseAllDocuments(await quietly(['kustomize', folder]));
  return documents.map((document) => document.toJS() as Manifest);
}

/** Leaves out what the server adds that differs by place and time: states, times, ids, and the addresses that a Service is given. */
export function withoutPlaceAndTime(object: object): unknown {
  const left = [
    ...['status', 'creationTimestamp', 'clusterIPs'],
    ...['batch.kubernetes.io/controller-uid', 'controller-uid'],
  ];
  const text = JSON.stringify(object, (key, value: unknown) =>
    left.includes(key) || (key === 'clusterIP' && value !== 'None') ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}

/** What tells an object of the cluster from all others. */
export const idOf = ({ kind, metadata }: Manifest): string =>
  [kind, (metadata as { namespace?: string }).namespace ?? '', metadata.name].join('/');

interface PodTemplate {
  readonly metadata?: object;
  readonly spec: object;
}

/** The pod template of an object; undefined when it has none. */
export function podTemplateOf({ kind, spec }: Manifest): PodTemplate | undefined {
  const bag = spec as { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } };
  if (kind === 'CronJob') return bag.jobTemplate?.spec.template;
  return ['Deployment', 'Job', 'StatefulSet', 'DaemonSet'].includes(kind)
    ? bag.template
    : undefined;
}

/** The same objects in other namespaces. */
export const renamed = (
  manifests: readonly Manifest[],
  rename: (namespace: string) => string,
): readonly Manifest[] =>
  manifests.map((manifest) => {
    const { namespace } = manifest.metadata as { namespace?: string };
    const metadata = {
      ...manifest.metadata,
      ...(namespace !== undefined && { namespace: rename(namespace) }),
      ...(manifest.kind === 'Namespace' && { name: rename(manifest.metadata.name) }),
    };
    return { ...manifest, metadata };
  });

/** Objects as the text of one list. */
export const listOf = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
