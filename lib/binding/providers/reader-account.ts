import type { ServiceRequest } from '../../backing-service';
import type { Manifest } from '../../foundation';

/** Where an account stands, and the labels of its objects. */
export type Place = Pick<ServiceRequest, 'labels' | 'namespace'>;

/** One thing that may be done, as a Role has it. */
export type ReaderRule = Readonly<
  Record<'apiGroups' | 'resources' | 'resourceNames' | 'verbs', readonly string[]>
>;

/** A service account of External Secrets' own, that may do one thing. */
export function readerAccount(
  name: string,
  { labels, namespace }: Place,
  rule: ReaderRule,
): readonly Manifest[] {
  const metadata = { name, labels };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: [rule] },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}
