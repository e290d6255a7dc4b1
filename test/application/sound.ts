import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { parseDocument } from 'yaml';
import type { Manifest, Rendering } from '../../lib';

type Bag = Readonly<Record<string, unknown>>;

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;
const QUANTITY = /^\d{1,12}(\.\d{1,3})?(m|k|M|G|Ki|Mi|Gi|e\d{1,2})?$|^\.\d{1,3}$/;
const LONGEST = new Map([
  ['Service', 63],
  ['Job', 63],
  ['CronJob', 52],
]);

/** The phase-1 texts of a rendering, by file. Fails when a file is not the same in all environments where it stands. */
export function phaseOneTexts({ files }: Pick<Rendering, 'files'>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, text] of files) {
    const [, application = '', ...rest] = path.split('/');
    const file = rest.join('/');
    if (!file.endsWith('.k8s.yaml') || rest.at(-1) === 'environment.k8s.yaml') continue;
    const key = `${application}/${file}`;
    equal(text, texts.get(key) ?? text, `${path} differs from another environment`);
    texts.set(key, text);
  }
  return texts;
}

/** Fails unless a rendering without errors holds what is promised of every one. */
export function checkSound(rendering: Rendering, isRaw = false): void {
  phaseOneTexts(rendering);
  checkObjects(rendering);
  const seen = new Set<string>();
  for (const [path, text] of rendering.files) {
    ok(!text.includes('\u0001'), `${path} holds a control character`);
    if (seen.has(text)) continue;
    seen.add(text);
    if (path.endsWith('.json')) checkLeaves(JSON.parse(text), path);
    else if (path.endsWith('.md')) ok(!/undefined|\[object/.test(text), `${path} has a hole`);
    else checkFile(path, text, rendering.manifests.get(path), isRaw);
  }
}

/** No two objects of one application and environment are the same. */
function checkObjects({ manifests }: Rendering): void {
  const keys = new Set<string>();
  for (const [path, list] of manifests) {
    for (const { apiVersion, kind, metadata } of list) {
      const key = `${path.split('/').slice(0, 2).join('/')} ${apiVersion} ${kind}/${metadata.name}`;
      ok(!keys.has(key), `${key} is there twice`);
      keys.add(key);
    }
  }
}

function checkFile(
  path: string,
  text: string,
  manifests: readonly Manifest[] | undefined,
  isRaw: boolean,
): void {
  const parsed = text.split(/^---\n/m).map((document) => parse(document, path));
  if (path.endsWith('kustomization.yaml')) return;
  const written = (manifests ?? []).map((manifest) => JSON.stringify(manifest));
  deepStrictEqual(parsed, written, `${path} reads differently from what was written`);
  for (const json of parsed) checkManifest(JSON.parse(json) as Manifest, path, isRaw);
}

/** Documents that many renderings have in common are read once. */
const read = new Map<string, string>();

function parse(text: string, path: string): string {
  const known = read.get(text);
  if (known !== undefined) return known;
  const document = parseDocument(text, { logLevel: 'silent' });
  deepStrictEqual([...document.errors, ...document.warnings], [], path);
  const json = JSON.stringify(document.toJS());
  if (read.size > 5000) read.clear();
  read.set(text, json);
  return json;
}

function checkManifest(manifest: Manifest, path: string, isRaw: boolean): void {
  const at = `${path} ${manifest.kind}/${manifest.metadata.name}`;
  if (!path.endsWith('environment.k8s.yaml')) ok(!('namespace' in manifest.metadata), at);
  match(manifest.metadata.name, /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, at);
  ok(manifest.metadata.name.length <= (LONGEST.get(manifest.kind) ?? 253), at);
  for (const label of Object.values(manifest.metadata.labels ?? {})) match(label, LABEL, at);
  if (isRaw) return;
  checkLeaves(manifest, at);
  if (manifest.kind === 'ConfigMap') {
    for (const key of Object.keys(manifest.data as Bag)) match(key, /^[-._a-zA-Z0-9]{1,253}$/, at);
  }
  if (manifest.kind === 'NetworkPolicy') checkPolicy(manifest.spec as PolicySpec, at);
  if (manifest.kind === 'HTTPRoute') checkRoute(manifest.spec as RouteSpec, at);
  for (const pod of podSpecs(manifest)) checkPod(pod, at);
}

interface PolicySpec {
  readonly podSelector: { readonly matchLabels?: Bag };
  readonly ingress?: readonly { readonly from?: readonly unknown[] }[];
  readonly egress?: readonly { readonly to?: readonly unknown[] }[];
}
interface RouteSpec {
  readonly rules: readonly { readonly matches: readonly { path: { value: string } }[] }[];
}

/** A rule without peers lets everybody in, or out to everywhere. */
function checkPolicy({ podSelector, ingress = [], egress = [] }: PolicySpec, at: string): void {
  ok(Object.keys(podSelector.matchLabels ?? {}).length > 0, `${at} selects every pod`);
  // Not a workload: what restarts workloads must reach the API server, wherever that is.
  if (podSelector.matchLabels?.['golden-path/restart'] !== undefined) return;
  const peers = [...ingress.map(({ from }) => from), ...egress.map(({ to }) => to)];
  for (const list of peers) ok(list !== undefined && list.length > 0, `${at} has no peers`);
}

/** What the CRD's rules ask of paths; without matches a route takes everything. */
function checkRoute({ rules }: RouteSpec, at: string): void {
  for (const { matches } of rules) {
    ok(matches.length > 0 && matches.length <= 64, `${at} has ${matches.length} matches`);
    for (const { path } of matches) {
      match(path.value, /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/, at);
      ok(path.value.length <= 1024 && !/\/\/|\/\.\.?(\/|$)|%2f/i.test(path.value), at);
    }
  }
}

/** No leaf is null or undefined, and no text holds a reference that was not resolved. */
function checkLeaves(value: unknown, at: string): void {
  ok(value !== null && value !== undefined, `${at} has an empty leaf`);
  if (typeof value === 'string')
    ok(!/golden_path_reference/i.test(value), `${at} holds a reference`);
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
