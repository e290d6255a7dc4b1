import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdk8s';
import {
  Application,
  provideDefaults,
  renderApplication,
  soundDefaults,
  type ApplicationDefaults,
  type PhaseOne,
} from '../application';
import { bind, type OnCallHere, type PhaseTwo } from '../binding';
import {
  checkEnvironment,
  isEnvironment,
  type AnyEnvironment,
  type Environment,
} from '../environment';
import {
  captureSource,
  describe,
  isBag,
  isList,
  isText,
  ProblemLog,
  ProblemsFound,
  reasonOf,
  renderProblem,
  type ApplicationModel,
  type Captured,
  type Problem,
} from '../foundation';
import { selectRules, waiversIn, type GuardrailProps, type SelectedRule } from '../guardrail';
import type { OnCall } from '../incident';
import { AdmissionPolicies } from './admission-policies';
import { routeAlerts } from './alert-routing';
import { writeCatalog, type CatalogOptions } from './catalog';
import { checkContracts } from './check-contracts';
import { checkHostnames } from './check-hostnames';
import { checkMeshes } from './check-meshes';
import { checkPageStages, checkRoutes, onCallHere, withOnCall } from './check-on-call';
import { checkKnown, checkNames, checkNamespaces, checkTree } from './check-platform';
import { checkProps } from './check-props';
import { checkProviders } from './check-providers';
import { checkFeasibility } from './feasibility';
import { Guard } from './guard';
import { writeFiles } from './output';
import { checkPrices, withPrices, type Prices } from './prices';
import { joinPhases, renderFiles, type RenderedFiles, type Rendering } from './rendering';
import { unclaimedSizes } from './unclaimed-sizes';

export interface PlatformProps<E extends readonly AnyEnvironment[]> {
  /** Where applications run. */
  readonly environments: E;
  /** What the platform decides for every application. @default stockDefaults */
  readonly defaults?: Partial<ApplicationDefaults>;
  /** The rules that every object must keep, at synthesis and in the cluster. @default the pack 'golden-path' */
  readonly guardrails?: GuardrailProps;
  /** What it costs to request cores and memory, for `golden-path cost`. @default none - then nothing is priced */
  readonly prices?: Prices;
  /** Who is told of which alerts. Applications of teams that it does not know are a problem then. @default none - no routes are written */
  readonly onCall?: OnCall;
  /** Writes `catalog/<application>/catalog-info.yaml`, by which Backstage knows each application. @default false */
  readonly catalog?: boolean | CatalogOptions;
  /** The output folder. @default what `cdk8s synth --output` says, else `dist` */
  readonly outdir?: string;
}

interface RenderedApplications {
  readonly applications: readonly PhaseOne[];
  readonly models: readonly ApplicationModel[];
  readonly problems: readonly Problem[];
  readonly bindings: readonly PhaseTwo[];
}

/** The name of the variable in which `golden-path synth` asks for a report of the synthesis. It reaches no manifest. */
export const REPORT_VARIABLE = 'GOLDEN_PATH_REPORT';

/** Which platform wrote a folder in this process. */
const writers = new Map<string, object>();

/**
 * What a platform team publishes: the environments and the decisions for every application. It takes the place of a cdk8s `App`, and
 * `cdk8s synth` works on it. Make it in a factory, so that each test and program has one of its own.
 */
export class Platform<
  const E extends readonly AnyEnvironment[] = readonly AnyEnvironment[],
> extends App {
  public readonly environments: E;
  readonly #environments: readonly Environment[];
  readonly #defaults: Partial<ApplicationDefaults>;
  readonly #guardrails: GuardrailProps;
  readonly #prices: Prices | undefined;
  readonly #onCall: OnCallHere | undefined;
  readonly #catalog: boolean | CatalogOptions;
  readonly #problems: readonly Problem[];
  readonly #source: Captured = captureSource();

  public constructor(props: PlatformProps<E>) {
    const { environments, defaults, guardrails, prices, onCall, catalog, outdir } = isBag(props)
      ? props
      : ({} as typeof props);
    super(isText(outdir) ? { outdir } : {});
    const log = new ProblemLog('platform', this.#source);
    checkProps(props, log);
    this.environments = environments;
    const given: unknown = environments;
    this.#environments = isList(given) ? given.filter(isEnvironment) : [];
    this.#problems = log.problems;
    this.#guardrails = log.errors === 0 ? (guardrails ?? {}) : {};
    this.#defaults = soundDefaults(defaults);
    this.#prices = log.errors === 0 ? prices : undefined;
    this.#onCall = log.errors === 0 ? onCallHere(onCall, this.#defaults) : undefined;
    this.#catalog = log.errors === 0 && (catalog ?? false);
    provideDefaults(this, this.#defaults);
  }

  /** Both phases of every application, in memory, judged by the guardrails. Reports problems, throws none. */
  public render(): Rendering {
    const tree = checkTree(this);
    const environmentProblems = this.#environments.map(checkEnvironment);
    const usable = this.#environments.filter(
      (_, index) => !environmentProblems[index]?.some(isError),
    );
    const rules = selectRules(this.#guardrails);
    // Of a platform that is wrong in itself the choices are not known.
    const isSound = !this.#problems.some(isError);
    const { waivers, problems: ofWaivers } = waiversIn(this);
    const guard = new Guard(rules, waivers);
    const rendered: RenderedFiles = { files: new Map(), manifests: new Map() };
    const { applications, models, bindings, problems } = this.#renderApplications(
      usable,
      guard,
      rendered,
    );
    const guardrails = guard.report(this.#guardrails.without ?? {});
    writeCatalog(this.#catalog, this.#defaults.links, models, rendered);
    return {
      ...rendered,
      models,
      guardrails,
      problems: [
        ...this.#problems,
        ...checkNames(this.#environments),
        ...environmentProblems.flat(),
        ...(isSound ? this.#ofFacts(usable) : []),
        ...tree,
        ...problems,
        ...checkProviders(applications, usable),
        ...[checkHostnames, checkNamespaces, checkContracts].flatMap((check) => check(bindings)),
        ...checkFeasibility(applications),
        ...guard.problems,
        ...ofWaivers,
        ...guardrails.problems,
        ...this.#exportPolicies(rules, models, rendered),
        ...(isSound ? routeAlerts(this, this.#onCall, usable, rendered) : []),
      ],
    };
  }

  #renderApplications(
    usable: readonly Environment[],
    guard: Guard,
    rendered: RenderedFiles,
  ): RenderedApplications {
    const applications: PhaseOne[] = [];
    const models: ApplicationModel[] = [];
    const problems: Problem[] = [];
    const bindings: PhaseTwo[] = [];
    for (const application of this.node.findAll().filter(Application.isApplication)) {
      if (application.isStandIn) {
        problems.push(...application.problems());
        guard.skip(application.node);
        continue;
      }
      const phaseOne = renderApplication(application);
      applications.push(phaseOne);
      problems.push(...phaseOne.problems, ...checkKnown(phaseOne, this.#environments));
      problems.push(...checkRoutes(this.#onCall?.onCall, phaseOne, usable));
      const bound = this.#bind(phaseOne, usable, problems);
      bindings.push(...bound);
      const phaseTwo = bound.filter((each) => !each.problems.some(isError));
      const isSound = !phaseOne.problems.some(isError);
      if (!isSound || phaseTwo.length < this.#environments.length) guard.skip(phaseOne);
      if (isSound) {
        const { model, ...joined } = joinPhases({ phaseOne, phaseTwo });
        const whole = { ...joined, model: withOnCall(model, this.#onCall?.onCall, usable) };
        models.push(renderFiles(whole, guard.judge(whole), rendered));
      }
    }
    return { applications, models, problems, bindings };
  }

  /** What is wrong with what the platform and its environments say together. */
  #ofFacts(usable: readonly Environment[]): readonly Problem[] {
    return [
      ...checkMeshes(usable, this.#defaults),
      ...checkPrices(this.#prices, usable),
      ...checkPageStages(this.#onCall?.onCall, this.#environments, this.#source),
    ];
  }

  #exportPolicies(
    rules: readonly SelectedRule[],
    models: readonly ApplicationModel[],
    rendered: RenderedFiles,
  ): readonly Problem[] {
    const names = this.#environments.map(({ name }) => name);
    return this.node
      .findAll()
      .filter(AdmissionPolicies.isAdmissionPolicies)
      .flatMap((policies) => policies.render(rules, names, models, rendered));
  }

  /**
   * Writes every file into the output folder.
   * @throws ProblemsFound when there is an error; then nothing is written
   */
  public override synth(): void {
    const rendering = this.#checked();
    const folder = path.resolve(this.outdir);
    const writer = writers.get(folder);
    if (writer && writer !== this) {
      const log = new ProblemLog('platform', this.#source);
      const found = `another Platform wrote ${describe(this.outdir)} already`;
      log.error('OutputShared', found, 'Give each platform an outdir of its own');
      throw new ProblemsFound(log.problems);
    }
    writers.set(folder, this);
    writeFiles(folder, rendering.files);
  }

  /** All manifests as one stream. cdk8s' own would leave out the second phase. */
  public override synthYaml(): string {
    const manifests = [...this.#checked().files].filter(([name]) => name.endsWith('.k8s.yaml'));
    return manifests.map(([, text]) => text).join('---\n');
  }

  #checked(): Rendering {
    const rendering = this.render();
    const { problems, guardrails } = rendering;
    const report = process.env[REPORT_VARIABLE];
    if (report !== undefined) {
      const unclaimed = unclaimedSizes(this);
      fs.writeFileSync(report, JSON.stringify({ problems, guardrails, unclaimed }));
    }
    if (problems.some(isError)) throw new ProblemsFound(problems);
    if (report === undefined) {
      for (const problem of problems) process.stderr.write(`warning: ${renderProblem(problem)}\n`);
    }
    return rendering;
  }

  #bind(
    phaseOne: PhaseOne,
    environments: readonly Environment[],
    problems: Problem[],
  ): readonly PhaseTwo[] {
    return environments.flatMap((environment) => {
      try {
        const phaseTwo = withPrices(
          bind(phaseOne, environment, environments, this.#onCall),
          this.#prices,
        );
        problems.push(...phaseTwo.problems.filter((problem) => !isOfId(problem, phaseOne)));
        return [phaseTwo];
      } catch (error) {
        // What an unsound application led to is reported already.
        if (phaseOne.problems.some(isError)) return [];
        const log = new ProblemLog(`environment ${environment.name}`, environment.source);
        const reason = reasonOf(error);
        const found = `binding ${phaseOne.application} failed with ${reason}`;
        const fix = 'Mend the functions that the environment brings: namespace, capacity, entry';
        log.error('EnvironmentInvalid', found, fix);
        problems.push(...log.problems);
        return [];
      }
    });
  }
}

/** Whether a problem only repeats that the id of an application cannot be what names its namespace. */
const isOfId = ({ code }: Problem, { path, problems }: PhaseOne): boolean =>
  code === 'NamespaceInvalid' &&
  problems.some((problem) => problem.at === path && ID_CODES.includes(problem.code));
const ID_CODES: readonly string[] = ['IdInvalid', 'IdTaken'];

const isError = ({ severity }: Problem): boolean => severity === 'error';
