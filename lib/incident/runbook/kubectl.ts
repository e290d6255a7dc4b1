import { isBag, isText, type Manifest, type WorkloadModel } from '../../foundation';
import { selectorText } from '../../observability';
import type { RunbookFacts, WorkloadFacts } from './facts';

/** A command that looks, in the namespace that the responder has chosen. */
export const kubectl = (words: string): string => `kubectl -n "$NS" ${words}`;

/** A command of this library about the service; it reads the rendered manifests of the repository around it. */
export const goldenPath = (
  { application, service }: Pick<RunbookFacts, 'application' | 'service'>,
  command: string,
  ...more: readonly string[]
): string =>
  [
    `npx golden-path ${command} ${service} --application ${application}`,
    '--environment "${ENVIRONMENT:?}" --prometheus "${PROMETHEUS:?}"',
    ...more,
  ].join(' ');

/** A command that changes something, and does nothing where no namespace was chosen: kubectl would take its own. */
export const changing = (words: string): string => `kubectl -n "\${NS:?}" ${words}`;

/** A command for all pods of the workload, whose labels the responder has pasted. */
export const ofPods = (words: string): string => kubectl(`${words} -l "$L"`);

/** The labels of its pods, for the responder to paste. */
export const podLabels = (workload: WorkloadModel): string => `L=${selectorText(workload)}`;

/** A command for the pods of what migrates for it. */
export const ofMigration = (words: string, migration: WorkloadModel): string =>
  kubectl(`${words} -l ${selectorText(migration)}`);

/** The object that runs the workload. */
export const runner = ({ workload }: Pick<WorkloadFacts, 'workload'>): string =>
  `${workload.kind === 'scheduled-job' ? 'cronjob' : 'deployment'}/${workload.name}`;

/** A kind as kubectl takes it, with its group, since kinds such as Cluster have several. */
export function resource({ apiVersion, kind }: Manifest): string {
  const [group = '', version] = apiVersion.split('/');
  const name = kind.toLowerCase();
  return version === undefined || !group.includes('.') ? name : `${name}.${group}`;
}

/** The template of the pods in a Deployment or CronJob. */
export function podSpec(manifest: Manifest | undefined): Readonly<Record<string, unknown>> {
  const spec = manifest?.spec;
  const below = (from: unknown, key: string): unknown => (isBag(from) ? from[key] : undefined);
  const job = below(below(spec, 'jobTemplate'), 'spec') ?? spec;
  const found = below(below(job, 'template'), 'spec');
  return isBag(found) ? found : {};
}

/** A number or text at the top of the spec. */
export function specField(manifest: Manifest | undefined, key: string): unknown {
  const spec: unknown = manifest?.spec;
  return isBag(spec) ? spec[key] : undefined;
}

/** The Secrets and ConfigMaps without which a pod does not start. */
export function neededObjects(manifest: Manifest | undefined): readonly string[] {
  const found = new Set<string>();
  collect(podSpec(manifest), found);
  return [...found].sort();
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  if (!isBag(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const type = KINDS[key];
    const name = isBag(inner) ? (inner.name ?? inner.secretName) : undefined;
    if (type !== undefined && isText(name) && isBag(inner) && inner.optional !== true) {
      found.add(`${type}/${name}`);
    }
    collect(inner, found);
  }
}

const KINDS: Readonly<Record<string, string>> = {
  secretKeyRef: 'secret',
  secretRef: 'secret',
  secret: 'secret',
  configMapKeyRef: 'configmap',
  configMapRef: 'configmap',
  configMap: 'configmap',
};
