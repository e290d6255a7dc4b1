import type { PhaseOne } from '../application';
import type { PhaseTwo } from '../binding';
import {
  compareText,
  objectKey,
  ProblemLog,
  type ApplicationModel,
  type Manifest,
  type Problem,
  type WaivedObject,
  type WaiverModel,
} from '../foundation';
import {
  checkUsed,
  excuses,
  inNamespace,
  reportedFinding,
  Ruleset,
  type Finding,
  type GuardrailReport,
  type ReportedFinding,
  type SelectedRule,
  type Waiver,
  waiverFacts,
} from '../guardrail';
import type { JoinedApplication } from './rendering';

/** One object of one environment, and the construct that answers for it. */
interface Placed {
  readonly manifest: Manifest;
  readonly path: string;
}

/** The same finding in one or several environments. */
interface Grouped {
  readonly finding: Finding;
  readonly path: string;
  readonly environments: string[];
  readonly namespace: string;
  readonly waiver: Waiver | undefined;
}

/** Judges every application of a platform in every environment, after binding: that is what a cluster gets. */
export class Guard {
  readonly #ruleset: Ruleset;
  readonly #waivers: readonly Waiver[];
  readonly #used = new Set<Waiver>();
  readonly #unjudged: string[] = [];
  readonly #findings: ReportedFinding[] = [];
  readonly #problems: Problem[] = [];
  #objects = 0;

  public constructor(rules: readonly SelectedRule[], waivers: readonly Waiver[]) {
    this.#ruleset = new Ruleset(rules);
    this.#waivers = waivers;
  }

  /** Judges one application. Returns its waivers, each with the objects that need it. */
  public judge({ phaseOne, phaseTwo, model }: JoinedApplication): readonly WaiverModel[] {
    const groups = new Map<string, Grouped>();
    const cache = new Map<Manifest, readonly Finding[]>();
    for (const each of phaseTwo) {
      for (const { finding, path, key } of this.#findingsOf(each, model, cache)) {
        const known = groups.get(key);
        if (known) known.environments.push(each.bound.environment.name);
        else {
          const { rule, object } = finding;
          groups.set(key, {
            ...{ finding, path, namespace: each.bound.namespace },
            environments: [each.bound.environment.name],
            waiver: this.#waivers.find((waiver) => excuses(waiver, rule.id, path, object)),
          });
        }
      }
    }
    for (const group of groups.values()) this.#report(group, phaseOne, phaseTwo.length);
    return waiverModels([...groups.values()]);
  }

  /** Says that an application could not be judged: its waivers are neither used nor unused. */
  public skip({ path }: { readonly path: string }): void {
    this.#unjudged.push(path);
  }

  /** Everything that was found, once all applications are judged. */
  public report(without: Readonly<Record<string, string>>): GuardrailReport {
    const ids = this.#ruleset.rules.map(({ rule }) => rule.id);
    const judged = this.#waivers.filter(({ path }) => !this.#mayBeUnjudged(path));
    return {
      findings: this.#findings,
      objects: this.#objects,
      rules: ids,
      without,
      problems: checkUsed(judged, this.#used, new Set(ids)),
    };
  }

  /** What stops or accompanies the synthesis: findings that nobody waived, and that are more than advice. */
  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  #mayBeUnjudged(path: string): boolean {
    const isAround = (outer: string, inner: string): boolean =>
      outer === '' || inner === outer || inner.startsWith(`${outer}/`);
    return this.#unjudged.some((other) => isAround(path, other) || isAround(other, path));
  }

  #findingsOf(
    phaseTwo: PhaseTwo,
    model: ApplicationModel,
    cache: Map<Manifest, readonly Finding[]>,
  ): readonly { readonly finding: Finding; readonly path: string; readonly key: string }[] {
    const { namespace, environment } = phaseTwo.bound;
    const placed = objectsOf(phaseTwo);
    this.#objects += placed.length;
    const paths = new Map<Manifest, string>();
    const objects = placed.map(({ manifest, path }) => {
      const object = inNamespace(manifest, namespace);
      paths.set(object, path);
      return { manifest, object };
    });
    const single = objects.flatMap(({ manifest, object }) => {
      // Objects of phase 1 are the same everywhere but for the namespace, and only `default` makes a difference.
      const known = namespace === 'default' ? undefined : cache.get(manifest);
      const found = known ?? this.#ruleset.judge(object);
      if (namespace !== 'default') cache.set(manifest, found);
      return found.map((finding) => ({ ...finding, object }));
    });
    const scene = {
      objects: objects.map(({ object }) => object),
      model,
      environment:
        model.environments.find(({ name }) => name === environment.name) ?? phaseTwo.model,
    };
    return [...single, ...this.#ruleset.judgeScene(scene)].map((finding) => ({
      finding,
      path: paths.get(finding.object) ?? phaseTwo.bound.phaseOne.path,
      key: [finding.rule.id, objectKey(finding.object), finding.found].join('\n'),
    }));
  }

  #report(group: Grouped, phaseOne: PhaseOne, environments: number): void {
    const { finding, path, waiver } = group;
    const { rule, severity, found, object } = finding;
    const source = phaseOne.sourceOf(path);
    if (waiver) this.#used.add(waiver);
    this.#findings.push(reported(group, source.resolve()));
    if (waiver || severity === 'info') return;
    const log = new ProblemLog(path, source);
    const places = group.environments.length === environments ? '' : inPlaces(group.environments);
    log.broken(
      rule.id,
      severity,
      `${object.kind}/${object.metadata.name}: ${found}${places}`,
      rule.fix,
    );
    this.#problems.push(...log.problems);
  }
}

const inPlaces = (environments: readonly string[]): string => ` (in ${environments.join(', ')})`;

/** All objects of one environment. Those of the binding belong to the workload that their labels name. */
function objectsOf({ manifests, files, bound }: PhaseTwo): readonly Placed[] {
  const paths = new Map(bound.workloads.map(({ name, path }) => [name, path]));
  const workloads = new Set(bound.workloads.map(({ path }) => path));
  // Upwards, and not by asking each workload: a thousand of them have five thousand objects.
  const around = (path: string): string => {
    let at = path.lastIndexOf('/');
    while (at > 0 && !workloads.has(path.slice(0, at))) at = path.lastIndexOf('/', at - 1);
    return at > 0 ? path.slice(0, at) : path;
  };
  return [
    ...manifests.map((manifest) => {
      const name = manifest.metadata.labels?.['app.kubernetes.io/name'] ?? '';
      return { manifest, path: paths.get(name) ?? bound.phaseOne.path };
    }),
    ...files.flatMap(({ objects }) =>
      objects.map(({ manifest, path }) => ({ manifest, path: around(path) })),
    ),
  ];
}

function reported(group: Grouped, source: ReportedFinding['source']): ReportedFinding {
  const { finding, path, environments, namespace, waiver } = group;
  return {
    ...reportedFinding(finding, environments.length > 1 ? undefined : namespace),
    environments,
    at: path,
    ...(source && { source }),
    ...(waiver && { waiver: waiverFacts(waiver) }),
  };
}

function waiverModels(groups: readonly Grouped[]): readonly WaiverModel[] {
  const models = new Map<Waiver, Map<string, WaivedObject>>();
  for (const { waiver, finding } of groups) {
    if (!waiver) continue;
    const { kind, metadata } = finding.object;
    const objects = models.get(waiver) ?? new Map<string, WaivedObject>();
    objects.set(`${kind}/${metadata.name}`, waived(finding.object));
    models.set(waiver, objects);
  }
  return [...models].map(([waiver, objects]) => ({
    rule: waiver.rule,
    ...waiverFacts(waiver),
    path: waiver.path,
    objects: [...objects].sort(([a], [b]) => compareText(a, b)).map(([, object]) => object),
  }));
}

/** The name of a Job that migrates changes with each release; policies that know the one before must excuse the next. */
function waived({ kind, metadata: { name, labels = {} } }: Manifest): WaivedObject {
  const labelled = labels['app.kubernetes.io/name'];
  const isMigration = kind === 'Job' && labels['app.kubernetes.io/component'] === 'migration';
  return { kind, name, ...(isMigration && labelled !== undefined && { labelled }) };
}
