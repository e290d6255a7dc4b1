import { describe, isDnsLabel, type Manifest } from '../foundation';
import { INJECT } from '../game-day';
import { GUARDED } from '../guardrail';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';

/** The oldest Kubernetes promised: a pinned version keeps an upgrade of the cluster from changing what is admitted. */
const POD_SECURITY_VERSION = 'v1.30';

/** Deleting a namespace deletes the data in it, so neither Argo CD nor Flux may prune it. */
export const KEEP: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/**
 * The namespace, with Pod Security `restricted` enforced.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function bindNamespace(bound: Bound): Binding {
  const { environment, namespace, phaseOne } = bound;
  if (!isDnsLabel(namespace)) {
    const log = bindingLog(bound);
    const fix = 'Shorten the application, or give the environment a namespace rule';
    const found = describe(environment.namespace(phaseOne.application));
    log.error('NamespaceInvalid', `the namespace would be ${found}`, fix);
    return { manifests: [], problems: log.problems };
  }
  if (environment.props.namespace?.kind === 'existing') return { manifests: [] };
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, POD_SECURITY_VERSION],
  ]);
  const members = environment.props.mesh?.members;
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        ...boundLabels(bound),
        ...GUARDED,
        'golden-path/application': phaseOne.application,
        'golden-path/environment': environment.name,
        'golden-path/stage': environment.stage,
        ...(Object.fromEntries(modes) as Record<string, string>),
        ...members?.labels,
      },
      annotations: {
        ...members?.annotations,
        ...(environment.props.gameDays && INJECT),
        ...KEEP,
        'golden-path/owner': phaseOne.owner,
      },
    },
  };
  return { manifests: [manifest] };
}
