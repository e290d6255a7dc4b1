import type { FixedSize } from '../sizing';

/**
 * What brings the data to a release before its pods come: a Job with the image, the variables, the files and the dependencies of the main
 * container, without its checks, init containers, sidecars and annotations. It runs while the old code still serves, so **the old code
 * must run on the new schema**; see docs/migrations.md. It runs again after any change of the image, so it must find out itself what is
 * left to do, and hold a lock meanwhile.
 */
export interface Migrate {
  /** What runs in the image of the workload: `['bin/orders', 'migrate']`. */
  readonly command: readonly string[];
  /** @default none - those of the image belong to another command */
  readonly args?: readonly string[];
  /**
   * How long it may take, retries and all that it waits for included.
   * @default 1800 - in a new environment its pod waits until the database is made; Google's own client gives Cloud SQL as much
   * @see https://cloud.google.com/workflows/docs/reference/googleapis/sqladmin/v1/instances/insert
   */
  readonly deadlineSeconds?: number;
  /**
   * How often a failed run is tried again.
   * @default 6 - Kubernetes' own; with its growing pauses ten minutes for a database that is made and does not answer yet
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
   */
  readonly retries?: number;
  /** @default that of the workload, or what it started with - it costs nothing while it does not run */
  readonly size?: FixedSize;
}
