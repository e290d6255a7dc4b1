import * as path from 'node:path';
import {
  objectKey,
  ProblemLog,
  type Manifest,
  type Problem,
  type Source,
  type WaiverModel,
} from '../foundation';
import { kindOf, kinds } from './kinds';
import { filesOf, type Manifests, type Synthesized } from './read';
import { inNamespace, namespaceOf } from './namespace';
import { reportedFinding, waiverFacts, type GuardrailReport, type ReportedFinding } from './report';
import { Ruleset, type Finding } from './ruleset';
import { selectRules, type GuardrailProps } from './selection';

/** A file that was read. */
export interface ReadFile extends Manifests {
  /** Its name in reports. */
  readonly file: string;
  /** Given when a platform wrote it. */
  readonly synthesized?: Synthesized;
}

export interface CheckFilesProps extends GuardrailProps {
  /** The namespace of objects that give none, as `kubectl --namespace` has it. */
  readonly namespace?: string;
}

/** All that stands together in one namespace. */
interface FileScene {
  readonly synthesized: Synthesized | undefined;
  readonly files: Set<string>;
  readonly places: Map<Manifest, Source>;
}

/** The same finding in one or several environments. */
interface Grouped {
  readonly finding: Finding;
  readonly scene: FileScene;
  readonly environments: string[];
}

/**
 * Judges what files hold, namespace by namespace. What a platform wrote is judged by environment, with its model, its namespaces and its
 * waivers, so that verdicts are those of the synthesis.
 */
export function checkFiles(
  files: readonly ReadFile[],
  props: CheckFilesProps = {},
): GuardrailReport {
  const rules = selectRules(props);
  const ruleset = new Ruleset(rules);
  const scenes = scenesOf(files, props.namespace);
  const groups = new Map<string, Grouped>();
  let objects = 0;
  for (const scene of scenes) {
    objects += scene.places.size;
    for (const finding of findingsOf(scene, ruleset)) {
      const key = keyOf(finding, scene);
      const known = groups.get(key) ?? { finding, scene, environments: [] };
      if (scene.synthesized) known.environments.push(scene.synthesized.environment.name);
      groups.set(key, known);
    }
  }
  return {
    findings: [...groups.values()].map(reported),
    objects,
    rules: rules.map(({ rule }) => rule.id),
    without: props.without ?? {},
    problems: files.flatMap(problemsOf),
  };
}

function scenesOf(files: readonly ReadFile[], namespace: string | undefined): Iterable<FileScene> {
  const scenes = new Map<string, FileScene>();
  for (const { file, objects, synthesized } of files) {
    for (const { manifest, place } of objects) {
      const object = synthesized
        ? inNamespace(manifest, synthesized.environment.namespace)
        : withNamespace(manifest, namespace);
      const key = synthesized ? `in ${synthesized.folder}` : `of ${namespaceOf(object) ?? ''}`;
      const known = scenes.get(key) ?? { synthesized, files: new Set(), places: new Map() };
      known.files.add(nameOf(file, synthesized));
      known.places.set(object, place);
      scenes.set(key, known);
    }
  }
  return scenes.values();
}

/** The name of a file from the folder of its application on. */
const nameOf = (file: string, synthesized: Synthesized | undefined): string =>
  synthesized
    ? path.relative(synthesized.folder, path.resolve(file)).split(path.sep).join('/')
    : path.basename(file);

function withNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  const kind = kindOf(manifest);
  const isClusterScoped = kind !== undefined && 'clusterScoped' in kinds[kind];
  const isGiven = namespaceOf(manifest) !== undefined || namespace === undefined;
  return isGiven || isClusterScoped ? { ...manifest } : inNamespace(manifest, namespace);
}

function findingsOf(scene: FileScene, ruleset: Ruleset): readonly Finding[] {
  const { places, files, synthesized } = scene;
  const objects = [...places.keys()];
  // With a model, rules take the scene for whole.
  const isWhole = synthesized && filesOf(synthesized).every((name) => files.has(name));
  const known = isWhole && { model: synthesized.model, environment: synthesized.environment };
  return [
    ...objects.flatMap((object) => ruleset.judge(object)),
    ...ruleset.judgeScene({ objects, ...known }),
  ];
}

/** What a platform wrote stands in a folder for each environment, and is one object to people. */
function keyOf({ rule, object, found }: Finding, { synthesized, places }: FileScene): string {
  const place = places.get(object);
  const at = synthesized
    ? `in ${path.dirname(path.dirname(synthesized.folder))}/${synthesized.model.application}`
    : `of ${namespaceOf(object) ?? ''} ${place?.file ?? ''}:${place?.line ?? 0}`;
  return [at, rule.id, objectKey(object), found].join('\n');
}

function reported({ finding, scene, environments }: Grouped): ReportedFinding {
  const { object } = finding;
  const { synthesized } = scene;
  const place = scene.places.get(object);
  const waiver = synthesized?.model.waivers.find((each) => covers(each, finding));
  return {
    // Which one it is differs by environment.
    ...reportedFinding(finding, environments.length > 1 ? undefined : namespaceOf(object)),
    ...(synthesized && {
      environments: inOrder(environments, synthesized),
      at: pathOf(object, synthesized),
    }),
    ...(place && { place }),
    ...(waiver && { waiver: waiverFacts(waiver) }),
  };
}

/** Folders come by their names, environments as the platform lists them. */
const inOrder = (names: readonly string[], { model }: Synthesized): readonly string[] =>
  model.environments.map(({ name }) => name).filter((name) => names.includes(name));

const covers = ({ rule, objects }: WaiverModel, { rule: { id }, object }: Finding): boolean =>
  rule === id &&
  objects.some(({ kind, name }) => kind === object.kind && name === object.metadata.name);

/** The construct that answers for an object: the workload around it, or which its label names. */
function pathOf({ kind, metadata }: Manifest, { model }: Synthesized): string {
  const own = model.objects.find((each) => each.kind === kind && each.name === metadata.name);
  const name = metadata.labels?.['app.kubernetes.io/name'];
  // Migrations stand inside their workloads, and come after them.
  const workload = model.workloads.findLast((each) =>
    own ? own.path.startsWith(`${each.path}/`) : each.name === name,
  );
  return workload?.path ?? own?.path ?? model.application;
}

const problemsOf = ({ problems, file }: ReadFile): readonly Problem[] =>
  problems.flatMap(({ found, fix, place }) => {
    const log = new ProblemLog(file, { resolve: () => place });
    log.error('FileInvalid', found, fix);
    return log.problems;
  });
