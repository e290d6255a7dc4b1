import type { Manifest } from './manifest';

/** The folder of what is applied and awaited before the rest of an application, a kustomization of its own. */
export const MIGRATE = 'migrate';

/** Whether a file, named without its ending from the folder of the application on, is applied and awaited first. */
export const isFirst = (name: string): boolean => name.startsWith(`${MIGRATE}/`);

/**
 * Marks an object as one that Argo CD applies, and finds healthy, before the rest; inert without Argo CD.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const inFirstWave = (manifest: Manifest): Manifest => ({
  ...manifest,
  metadata: {
    ...manifest.metadata,
    annotations: { ...manifest.metadata.annotations, 'argocd.argoproj.io/sync-wave': '-1' },
  },
});
