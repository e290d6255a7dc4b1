import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { facets, type Manifest, type Rendering } from '../../lib';

type Bag = Readonly<Record<string, unknown>>;

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;
const QUANTITY = /^\d{1,12}(\.\d{1,3})?(m|k|M|G|Ki|Mi|Gi|e\d{1,2})?$|^\.\d{1,3}$/;
const LONGEST: Readonly<Record<string, number>> = { Service: 63, Job: 63, CronJob: 52 };

/** The phase-1 texts of a rendering, by file. Fails when a file is not the same in all environments where it stands. */
export function phaseOneTexts({ files }: Pick<Rendering, 'files'>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, text] of files) {
    const [, application = '', file = ''] = path.split('/');
    if (!file.endsWith('.k8s.yaml') || file === 'environment.k8s.yaml') continue;
    const key = `${application}/${file}`;
    equal(text, texts.get(key) ?? text, `${path} differs from another environment`);
    texts.set(key, text);
  }
  return texts;
}

/** Fails unless a rendering without errors holds what is promised of every one. */
export function checkSound(rendering: Rendering): void {
  phaseOneTexts(rendering);
  const seen = new Set<string>();
  for (const [path, text] of rendering.files) {
    ok(!text.includes('\u0001'), `${path} holds a control character`);
    if (seen.has(text)) continue;
    seen.add(text);
    if (path.endsWith('.json')) checkLeaves(JSON.parse(text), path);
    else checkFile(path, text, rendering.manifests.get(path));
  }
}

function checkFile(path: string, text: string, manifests: readonly Manifest[] | undefined): void {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  ok(Array.isArray(documents), `${path} is empty`);
  const parsed = documents.map((document) => {
    deepStrictEqual([...document.errors, ...document.warnings], [], path);
    return document.toJS() as Manifest;
  });
  if (path.endsWith('kustomization.yaml')) return;
  deepStrictEqual(parsed, manifests, `${path} reads differently from what was written`);
  for (const manifest of parsed) checkManifest(manifest, path);
}

function checkManifest(manifest: Manifest, path: string): void {
  const at = `${path} ${manifest.kind}/${manifest.metadata.name}`;
  checkLeaves(manifest, at);
  if (!path.endsWith('environment.k8s.yaml')) ok(!('namespace' in manifest.metadata), at);
  match(manifest.metadata.name, /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, at);
  ok(manifest.metadata.name.length <= (LONGEST[manifest.kind] ?? 253), at);
  for (const label of Object.values(manifest.metadata.labels ?? {})) match(label, LABEL, at);
  if (manifest.kind === 'ConfigMap') {
    for (const key of Object.keys(manifest.data as Bag)) match(key, /^[-._a-zA-Z0-9]{1,253}$/, at);
  }
  for (const pod of podSpecs(manifest)) checkPod(pod, at);
}

/** No leaf is null or undefined, and no text holds a reference that was not resolved. */
function checkLeaves(value: unknown, at: string): void {
  ok(value !== null && value !== undefined, `${at} has an empty leaf`);
  if (typeof value === 'string') ok(!value.includes('\u0001gp:'), `${at} holds a reference`);
  if (typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) checkLeaves(item, `${at}.${key}`);
}

interface PodSpec extends Bag {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes: readonly (Bag & { readonly name: string })[];
}
interface Container extends Bag {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: unknown }[];
  readonly ports?: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources: { readonly requests: Bag; readonly limits: Bag };
}

/** The pod specs of a manifest, wherever a template stands. */
function podSpecs(value: unknown): readonly PodSpec[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'containers' in value && 'serviceAccountName' in value ? [value as unknown as PodSpec] : [];
  return [...own, ...Object.values(value).flatMap(podSpecs)];
}

const FORBIDDEN = ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'shareProcessNamespace'];

/** Pod Security `restricted`, and what the API server asks of names. */
function checkPod(pod: PodSpec, at: string): void {
  const context = pod.securityContext as Bag;
  equal(context.runAsNonRoot, true, at);
  deepStrictEqual(context.seccompProfile, { type: 'RuntimeDefault' }, at);
  ok(context.runAsUser !== 0 && context.fsGroup !== 0, at);
  for (const key of FORBIDDEN) ok(!(key in pod), `${at} has ${key}`);
  const volumes = pod.volumes.map(({ name }) => name);
  checkNames(volumes, 63, `${at} volumes`);
  for (const volume of pod.volumes) {
    const [source] = Object.keys(volume).filter((key) => key !== 'name');
    ok(source === 'emptyDir' || source === 'projected', `${at} has a volume of ${source ?? '-'}`);
    if (source === 'emptyDir')
      match((volume.emptyDir as { sizeLimit: string }).sizeLimit, QUANTITY);
  }
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  checkNames(
    containers.map(({ name }) => name),
    63,
    `${at} containers`,
  );
  for (const container of containers) checkContainer(container, volumes, `${at} ${container.name}`);
}

function checkContainer(container: Container, volumes: readonly string[], at: string): void {
  const { capabilities, ...context } = container.securityContext as Bag;
  deepStrictEqual(capabilities, { drop: ['ALL'] }, at);
  deepStrictEqual(context.seccompProfile, { type: 'RuntimeDefault' }, at);
  equal(context.allowPrivilegeEscalation, false, at);
  equal(context.privileged, false, at);
  equal(context.readOnlyRootFilesystem, true, at);
  equal(context.runAsNonRoot, true, at);
  ok(context.runAsUser !== 0 && !('procMount' in context), at);
  checkNames(
    (container.ports ?? []).map(({ name }) => name),
    15,
    `${at} ports`,
  );
  const env = container.env.map(({ name }) => name);
  equal(new Set(env).size, env.length, `${at} env`);
  ok(
    container.env.every(({ value }) => value === undefined || typeof value === 'string'),
    at,
  );
  const mounts = container.volumeMounts.map(({ mountPath }) => mountPath);
  equal(new Set(mounts).size, mounts.length, `${at} mounts`);
  for (const { name } of container.volumeMounts) ok(volumes.includes(name), `${at} mounts ${name}`);
  const { requests, limits } = container.resources;
  for (const amount of [...Object.values(requests), ...Object.values(limits)]) {
    match(String(amount), QUANTITY, at);
  }
}

function checkNames(names: readonly string[], longest: number, at: string): void {
  equal(new Set(names).size, names.length, `${at}: ${names.join(', ')}`);
  for (const name of names) ok(NAME.test(name) && name.length <= longest, `${at}: ${name}`);
}

/** The files of phase 1 whose presence depends on the environment. */
export const isFacetFile = (file: string): boolean =>
  facets.some((facet) => file.endsWith(`${facet}.k8s.yaml`));
