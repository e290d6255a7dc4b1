import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../lib';
import { objectKey } from '../../lib/foundation';

/** What applying one rendering over another comes to, where it is more than a change in place. Objects are named `Kind.group/name`. */
export interface Comparison {
  /** Objects that are left over: applying removes nothing. */
  readonly removed: readonly string[];
  readonly created: readonly string[];
  /** Removed objects that come back under another name: most of the time a workload whose id changed. They are among the other two. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Fields that the API server lets nobody change: these objects must be deleted first. */
  readonly immutable: readonly { readonly object: string; readonly field: string }[];
}

/**
 * Fields that cannot be changed. Of a Service's address only `None` is ours to say: it is refused when an address was assigned, and taken
 * without effect the other way round.
 */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  'ClusterRoleBinding.rbac.authorization.k8s.io': ['roleRef'],
  'DaemonSet.apps': ['spec.selector'],
  'Deployment.apps': ['spec.selector'],
  'Job.batch': ['spec.completionMode', 'spec.completions', 'spec.selector', 'spec.template'],
  'RoleBinding.rbac.authorization.k8s.io': ['roleRef'],
  Secret: ['type'],
  Service: ['spec.clusterIP'],
  'StatefulSet.apps': [
    'spec.podManagementPolicy',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
};
const DATA: readonly string[] = ['binaryData', 'data', 'immutable', 'stringData'];

const placeOf = (manifest: Manifest): string => {
  const { namespace } = manifest.metadata as { readonly namespace?: string };
  return namespace === undefined ? '' : `${namespace}: `;
};

/** What tells an object from all others. */
export const nameOf = (manifest: Manifest): string => placeOf(manifest) + objectKey(manifest);

/** Compares what was applied with what will be. */
export function compareRenderings(
  before: readonly Manifest[],
  after: readonly Manifest[],
): Comparison {
  const old = new Map(before.map((manifest) => [nameOf(manifest), manifest]));
  const next = new Map(after.map((manifest) => [nameOf(manifest), manifest]));
  const removed = before.filter((manifest) => !next.has(nameOf(manifest)));
  const created = after.filter((manifest) => !old.has(nameOf(manifest)));
  return {
    removed: removed.map(nameOf).sort(),
    created: created.map(nameOf).sort(),
    renamed: renamings(removed, created),
    immutable: after.flatMap((manifest) => {
      const was = old.get(nameOf(manifest));
      const fields = was ? immutableFields(was).filter((path) => differ(was, manifest, path)) : [];
      return fields.map((field) => ({ object: nameOf(manifest), field }));
    }),
  };
}

function immutableFields(was: Manifest): readonly string[] {
  const kind = objectKey(was).replace(/\/.*/, '');
  return [...(IMMUTABLE[kind] ?? []), ...(was.immutable === true ? DATA : [])];
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (bag, key) => (bag as Readonly<Record<string, unknown>> | undefined)?.[key],
      value,
    );
const differ = (a: Manifest, b: Manifest, path: string): boolean =>
  !isDeepStrictEqual(at(a, path), at(b, path));

/** Pairs objects that are the same but for the name of their workload. */
function renamings(
  removed: readonly Manifest[],
  created: readonly Manifest[],
): Comparison['renamed'] {
  const left = new Map(created.map((manifest) => [manifest, nameless(manifest)]));
  return removed.flatMap((from) => {
    const wanted = nameless(from);
    for (const [to, text] of left) {
      if (text !== wanted) continue;
      left.delete(to);
      return [{ from: nameOf(from), to: nameOf(to) }];
    }
    return [];
  });
}

/** An object as text, in which the name of its workload is blank wherever a text is that name, or begins with it. */
function nameless(manifest: Manifest): string {
  const name = manifest.metadata.labels?.['app.kubernetes.io/name'] ?? manifest.metadata.name;
  const blank = (text: string): string =>
    text === name || text.startsWith(`${name}-`) ? ` ${text.slice(name.length)}` : text;
  return JSON.stringify(manifest, (_, value: unknown) =>
    typeof value === 'string' ? blank(value) : value,
  );
}

/** The comparison for people, one line for each finding. */
export const linesOf = ({
  removed,
  created,
  renamed,
  immutable,
}: Comparison): readonly string[] => [
  ...renamed.map(({ from, to }) => `made anew, as ${to}: ${from}`),
  ...immutable.map(({ object, field }) => `to be deleted first, as ${field} changes: ${object}`),
  ...removed.map((object) => `left over: ${object}`),
  ...created.map((object) => `new: ${object}`),
];
