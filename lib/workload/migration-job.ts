import { createHash } from 'node:crypto';
import type { Manifest } from '../foundation';
import { jobSpec, type JobFacts } from './job';
import type { Workload } from './workload';

/** Pods get the name of their Job as a label. */
const LONGEST = 63;
const HASH_LENGTH = 8;

/** The workload that migrates, beside the one whose release waits for it. */
export const migrationName = (workload: string): string => `${workload}-migrate`;

/** The longest name of a workload that can have a migration: the Job adds a suffix and a hash to it. */
export const LONGEST_MIGRATED = LONGEST - migrationName('').length - 1 - HASH_LENGTH;

/**
 * A Job that has run stays, whoever reconciles: a rollback would else run the migration of the older release again, and that knows nothing
 * of the newer schema.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/
 */
const STAYS: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/**
 * The Job that migrates, still without the hash in its name. It has no `ttlSecondsAfterFinished`: whoever reconciles would find it missing
 * and run it again.
 */
export const migrationJob = ({ name, pod }: Workload, facts: JobFacts): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, labels: pod.labels, annotations: STAYS },
  spec: jobSpec(pod, facts),
});

/**
 * The name of a Job by all that it consists of, patches included. Kubernetes lets nobody change the template of a Job, so a change is
 * another Job, which runs; where nothing changed, nothing runs again.
 */
export function nameByContent(manifest: Manifest): string {
  const hash = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  return `${manifest.metadata.name}-${hash.slice(0, HASH_LENGTH)}`;
}
