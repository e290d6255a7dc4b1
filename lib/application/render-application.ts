import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import {
  MIGRATE,
  objectKey,
  ProblemLog,
  ProblemsFound,
  reasonOf,
  renderYaml,
  sortedManifest,
  type BackingServiceModel,
  type Captured,
  type EdgeModel,
  type Facet,
  type Manifest,
  type Problem,
  type WorkloadModel,
} from '../foundation';
import type { Runbooks } from '../incident';
import type { Links } from '../observability';
import { Application } from './application';
import { checkObject, isManifest } from './check-object';
import { defaultsOf } from './defaults';
import { GoldenObject } from './golden-object';
import { graphTestFiles } from './graph-test-files';
import type { Part } from './part';
import { ruleTestFiles, type RuleTestText } from './rule-test-files';
import type { ResolvedApplication } from './resolve-application';

/** One rendered object, and where it came from. */
export interface RenderedObject {
  readonly manifest: Manifest;
  /** The manifest as a YAML document. */
  readonly yaml: string;
  readonly path: string;
  readonly patches: number;
}

/** A phase-1 file: the same bytes in every environment that has it. */
export interface PhaseOneFile {
  /** Without the ending: `application`, `observability`, or the name of a workload with a presence of its own. Begins with `migrate/` when it is applied first. */
  readonly name: string;
  readonly facet?: Facet;
  /** The workload whose presence decides where the file stands. */
  readonly workload?: WorkloadModel;
  readonly objects: readonly RenderedObject[];
}

/** Phase 1 of one application: everything that a team ships, before any environment exists. */
export interface PhaseOne {
  readonly application: string;
  readonly owner: string;
  /** Where its alerts lead to. */
  readonly links: Links;
  /** What the platform says of runbooks. */
  readonly runbooks: Runbooks;
  /** The text of teams' notes for them, by workload. */
  readonly notes: Readonly<Record<string, string>>;
  /** Its sizing lock by its name alone; where it lies must reach no output. */
  readonly sizingLock?: string;
  readonly path: string;
  /** Where a workload, or else the application, was made in TypeScript. */
  readonly sourceOf: (path: string) => Captured;
  readonly files: readonly PhaseOneFile[];
  readonly workloads: readonly WorkloadModel[];
  readonly services: readonly BackingServiceModel[];
  readonly edges: readonly EdgeModel[];
  /** The tests of its rules, which stand in no environment. */
  readonly ruleTests: readonly RuleTestText[];
  readonly problems: readonly Problem[];
}

/** Renders an application in one pass over its constructs. */
export function renderApplication(application: Application): PhaseOne {
  const resolved = application.resolved();
  application.settle();
  const problems = [...application.problems()];
  const isSound = !problems.some(isError);
  const files = new Map<string, PhaseOneFile & { readonly objects: RenderedObject[] }>();
  const taken = new Map<string, ApiObject>();
  for (const object of objectsOf(application)) {
    const log = new ProblemLog(object.node.path, sourceOf(object, application));
    const rendered = tryRender(object, isSound, log);
    if (rendered) {
      const { manifest } = rendered;
      checkObject(manifest, application.node.id, log);
      checkTaken(manifest, { object, application }, taken, log);
      const place = fileOf(object, resolved);
      const file = files.get(place.name) ?? { ...place, objects: [] };
      const patches = GoldenObject.isGoldenObject(object) ? object.patchCount : 0;
      file.objects.push({ ...rendered, path: object.node.path, patches });
      files.set(file.name, file);
    }
    problems.push(...log.problems);
  }
  problems.push(...checkEmpty(application, files.size, problems));
  const sizes = application.sizes();
  const { links = {}, runbooks = {} } = defaultsOf(application);
  const objects = [...files.values()].flatMap((file) => file.objects);
  return {
    ...{ application: application.node.id, owner: application.owner, links, runbooks },
    notes: notesOf(resolved),
    ...(sizes && { sizingLock: sizes.file }),
    path: application.node.path,
    sourceOf: (path) => application.sourceOf(path),
    files: [...files.values()],
    workloads: [...resolved.workloads.values()].map(({ model }) => model),
    services: resolved.services,
    edges: resolved.edges,
    ruleTests: [...ruleTestFiles(application, objects), ...graphTestFiles(resolved, objects)],
    problems,
  };
}

const notesOf = ({ workloads }: ResolvedApplication): PhaseOne['notes'] =>
  Object.fromEntries(
    [...workloads].flatMap(([name, { notes }]) => (notes === undefined ? [] : [[name, notes]])),
  );

/** The objects of an application in the order of their making, without those of an application inside it. */
function objectsOf(scope: IConstruct): readonly ApiObject[] {
  return scope.node.children.flatMap((child) => {
    if (Application.isApplication(child)) return [];
    const own = ApiObject.isApiObject(child) ? [child] : [];
    return [...own, ...objectsOf(child)];
  });
}

function tryRender(
  object: ApiObject,
  isSound: boolean,
  log: ProblemLog,
): Pick<RenderedObject, 'manifest' | 'yaml'> | undefined {
  const isGolden = GoldenObject.isGoldenObject(object);
  const isPatched = isGolden && object.patchCount > 0;
  try {
    const json: unknown = object.toJson();
    if (!isManifest(json, log)) return undefined;
    const manifest = isGolden ? json : sortedManifest(json);
    return { manifest, yaml: renderYaml([manifest]) };
  } catch (error) {
    // The workload's own problems, and what they led to, are reported with the workload.
    if (error instanceof ProblemsFound || (isGolden && !isPatched && !isSound)) return undefined;
    const reason = reasonOf(error);
    if (isPatched)
      log.error('PatchFailed', `a patch failed with ${reason}`, 'Mend the path of the patch');
    else log.error('ManifestInvalid', `rendering failed with ${reason}`, 'Give plain values');
    return undefined;
  }
}

function checkTaken(
  manifest: Manifest,
  { object, application }: { readonly object: ApiObject; readonly application: Application },
  taken: Map<string, ApiObject>,
  log: ProblemLog,
): void {
  const key = objectKey(manifest);
  const other = taken.get(key);
  taken.set(key, object);
  if (!other || isOfOneId(application.partAround(object), application.partAround(other))) return;
  const found = `${key} is also made by ${other.node.path}`;
  log.error('ObjectNameTaken', found, 'Give one of them another name');
}

/** Whether two workloads have the same id, which is reported once for all their objects. */
const isOfOneId = (one: Part | undefined, other: Part | undefined): boolean =>
  one !== other && one?.construct.node.id === other?.construct.node.id;

/** API groups whose kinds a cluster may lack, and the facet that says so. */
const FACET_GROUPS: ReadonlyMap<string, Facet> = new Map([
  ['monitoring.coreos.com', 'observability'],
]);
/** The same where the platform has chosen a mesh. */
const MESH_GROUPS = ['security.istio.io', 'networking.istio.io', 'policy.linkerd.io'];

function fileOf(object: ApiObject, resolved: ResolvedApplication): Omit<PhaseOneFile, 'objects'> {
  const facet = GoldenObject.isGoldenObject(object)
    ? object.facet
    : (FACET_GROUPS.get(object.apiGroup) ?? meshFacet(object));
  const around = object.node.scopes
    .flatMap(({ node }) => resolved.workloads.get(node.id)?.model ?? [])
    .filter(({ path }) => object.node.path.startsWith(`${path}/`));
  const migration = around.find(({ kind }) => kind === 'migration');
  const workload = (migration ? [migration] : around).find(({ presence }) => presence);
  const name = [workload?.name, facet].filter((part) => part !== undefined).join('.');
  return {
    name: (migration ? `${MIGRATE}/` : '') + (name === '' ? 'application' : name),
    ...(facet && { facet }),
    ...(workload && { workload }),
  };
}

const meshFacet = (object: ApiObject): Facet | undefined =>
  defaultsOf(object).mesh && MESH_GROUPS.includes(object.apiGroup) ? 'mesh' : undefined;

/** Where the golden construct around an object was made; for others the application is the nearest known place. */
function sourceOf(object: Construct, application: Application): Captured {
  const part = application.partAround(object);
  return part?.source ?? application.source;
}

const isError = ({ severity }: Problem): boolean => severity === 'error';

function checkEmpty(
  application: Application,
  files: number,
  problems: readonly Problem[],
): readonly Problem[] {
  if (files > 0 || problems.some(isError)) return [];
  const log = new ProblemLog(application.node.path, application.source);
  const services = application.resolved().services.map(({ name }) => name);
  const found =
    services.length === 0
      ? 'it holds nothing'
      : `it holds no workload: nothing uses ${services.join(', ')}`;
  log.error('ApplicationEmpty', found, 'Add a workload, or remove the application');
  return log.problems;
}
