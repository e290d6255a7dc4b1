import {
  describe,
  hasTokens,
  heldIn,
  isBag,
  isObjectName,
  isSecretReference,
  isServiceReference,
  isLabelKey,
  isLabelValue,
  isText,
  type Manifest,
  type ProblemLog,
} from '../foundation';
import { isClusterScoped } from './cluster-scoped';

/** Whether an object is a manifest at all. Reports what it lacks. */
export function isManifest(json: unknown, log: ProblemLog): json is Manifest {
  const object = isBag(json) ? json : {};
  const name = isBag(object.metadata) ? object.metadata.name : undefined;
  const { apiVersion, kind } = object;
  for (const [path, value] of Object.entries({ apiVersion, kind, 'metadata.name': name })) {
    if (typeof value === 'string' && value !== '') continue;
    log.error('ManifestInvalid', `${path} is ${describe(value)}`, `Give ${path} as text`);
  }
  return log.errors === 0;
}

/**
 * Reports what no object of an application may be or hold, whoever made it.
 * @param application - the id of the application, which its objects have as a label: a wrong one is reported there
 */
export function checkObject(manifest: Manifest, application: string, log: ProblemLog): void {
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
  if (!isObjectName(metadata.name)) {
    const fix = 'Give metadata.name in small letters, digits and -';
    log.error('ManifestInvalid', `metadata.name is ${describe(metadata.name)}`, fix);
  }
  checkMetadata(metadata, application, log);
  if (holdsReference(manifest)) checkText(manifest, '', log);
  for (const pod of podSpecs(manifest)) checkPod(pod, log);
}

function checkMetadata(
  { labels, annotations }: Manifest['metadata'],
  application: string,
  log: ProblemLog,
): void {
  const check = (field: string, entries: object, isValue: (value: unknown) => boolean): void => {
    for (const [key, value] of Object.entries(entries)) {
      if (isLabelKey(key) && isValue(value)) continue;
      const found = `metadata.${field} has ${describe(key)} with ${describe(value)}`;
      log.error('LabelInvalid', found, 'Give what Kubernetes accepts there');
    }
  };
  check('labels', labels ?? {}, (value) => value === application || isLabelValue(value));
  check('annotations', annotations ?? {}, isText);
}

/** Asked first, because {@link checkText} writes a path for every field. */
function holdsReference(value: unknown): boolean {
  if (typeof value === 'string') return hasTokens(value);
  if (Array.isArray(value)) return value.some(holdsReference);
  return isBag(value) && (isLost(value) || Object.values(value).some(holdsReference));
}

/** Whether an object was a reference before its insides were copied into a manifest. */
const isLost = (value: unknown): boolean => isSecretReference(value) || isServiceReference(value);

const SECRET_FIX = 'Give it to a workload in env or files';

/** References in an object that is no workload open no connection, and secrets must not be there at all. */
function checkText(value: unknown, path: string, log: ProblemLog): void {
  if (typeof value === 'string' && hasTokens(value)) {
    const held = heldIn(value);
    const fix = held.startsWith('the secret')
      ? SECRET_FIX
      : 'Give it to a workload in env or uses, and write the plain address here';
    log.error('ReferenceOutsideWorkload', `${path} holds ${held}`, fix);
  } else if (isLost(value)) {
    log.error('ReferenceOutsideWorkload', `${path} is ${describe(value)}`, SECRET_FIX);
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
