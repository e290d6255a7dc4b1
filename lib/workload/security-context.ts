import { custom, type ContainerSecurityContext, type PodSecurityContext } from '../foundation';

/**
 * Who a pod runs as: a number (user, group and file group), `'image'` (the image's own numeric user, which its files belong to), or
 * `'assigned'` (the cluster assigns ids, as OpenShift does).
 */
export type User = number | 'image' | 'assigned';

/**
 * Above 10,000, so that it is no user of the node and none of the ids that images commonly use; kube-score, Checkov and Trivy ask for it.
 */
export const stockUser: User = 10001;

export const userShape = custom(
  (value) =>
    value === 'image' ||
    value === 'assigned' ||
    (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 2 ** 31 - 1),
  "a user id from 1, 'image' or 'assigned'",
);

/**
 * What Pod Security `restricted` asks of a pod, and ids.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSecurityContext(user: User): PodSecurityContext {
  const group = typeof user === 'number' ? user : (stockUser as number);
  return {
    runAsNonRoot: true,
    ...(typeof user === 'number' && { runAsUser: user, runAsGroup: user }),
    // Scratch and secret files belong to this group, whoever the image runs as.
    ...(user !== 'assigned' && { fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch' }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The same, restated on each container: linters and some admission rules read only there, and an injected container inherits nothing lax. */
export function containerSecurityContext(user: User): ContainerSecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    ...(typeof user === 'number' && { runAsUser: user, runAsGroup: user }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
