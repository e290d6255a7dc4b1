import {
  describe,
  hasTokens,
  isBag,
  isDnsSubdomain,
  type Manifest,
  type ProblemLog,
} from '../foundation';
import { isClusterScoped } from './cluster-scoped';

/** Reports what no object of an application may be or hold, whoever made it. */
export function checkObject(manifest: Manifest, log: ProblemLog): void {
  const { apiVersion, kind, metadata } = manifest;
  const namespace = (metadata as { readonly namespace?: unknown }).namespace;
  if (isClusterScoped(apiVersion, kind)) {
    const found = `${kind} belongs to the whole cluster`;
    log.error('ClusterScopedObject', found, 'Move it to the repository of the platform team');
  } else if (namespace !== undefined) {
    const found = `metadata.namespace is ${describe(namespace)}`;
    log.error(
      'NamespacedObject',
      found,
      'Leave it out; each environment has a namespace of its own',
    );
  }
  if (kind.endsWith('List') && Array.isArray(manifest.items)) {
    const found = `a ${kind} hides ${manifest.items.length} objects`;
    log.error('ManifestInvalid', found, 'Make each of them an object of its own');
  }
  if (!isDnsSubdomain(metadata.name)) {
    const fix = 'Give metadata.name in small letters, digits and -';
    log.error('ManifestInvalid', `metadata.name is ${describe(metadata.name)}`, fix);
  }
  checkText(manifest, '', log);
  for (const pod of podSpecs(manifest)) checkPod(pod, log);
}

/** References in an object that is no workload open no connection, and secrets must not be there at all. */
function checkText(value: unknown, path: string, log: ProblemLog): void {
  if (typeof value === 'string' && hasTokens(value)) {
    const fix = 'Give it to a workload in env or uses, and write the plain address here';
    log.error('ReferenceOutsideWorkload', `${path} holds a reference`, fix);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkText(item, `${path}[${index}]`, log);
    });
  } else if (isBag(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkText(item, path === '' ? key : `${path}.${key}`, log);
    }
  }
}

/** The pod specs inside an object: of a Pod, a controller, or a CronJob. */
function podSpecs(manifest: Manifest): readonly Readonly<Record<string, unknown>>[] {
  const spec = isBag(manifest.spec) ? manifest.spec : {};
  if (manifest.kind === 'Pod') return [spec];
  const job =
    isBag(spec.jobTemplate) && isBag(spec.jobTemplate.spec) ? spec.jobTemplate.spec : spec;
  const { template } = job;
  return isBag(template) && isBag(template.spec) ? [template.spec] : [];
}

function checkPod(pod: Readonly<Record<string, unknown>>, log: ProblemLog): void {
  const containers = [pod.containers, pod.initContainers].flatMap((list: unknown) =>
    Array.isArray(list) ? (list as unknown[]).filter(isBag) : [],
  );
  for (const container of containers) {
    const env = Array.isArray(container.env) ? (container.env as unknown[]).filter(isBag) : [];
    const names = env.map(({ name }) => name);
    for (const name of new Set(names.filter((item, index) => names.indexOf(item) !== index))) {
      const found = `container ${describe(container.name)} has two variables ${describe(name)}`;
      log.error('EnvNameTaken', found, 'Keep one of them');
    }
  }
}
