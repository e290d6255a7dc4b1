import { Construct } from 'constructs';
import {
  captureSource,
  compareText,
  describe,
  isBag,
  isList,
  nearest,
  ProblemLog,
  renderYaml,
  sortedManifest,
  type ApplicationModel,
  type EnvironmentName,
  type Manifest,
  type Problem,
} from '../foundation';
import { gameDayPolicies } from '../game-day';
import {
  admissionBindings,
  admissionPolicies,
  type AdmissionStage,
  type AdmissionWaiver,
  type KnownRule,
  type SelectedRule,
} from '../guardrail';
import { CLUSTER } from './check-platform';
import { clusterKustomization } from './kustomization';
import type { RenderedFiles } from './rendering';

export interface AdmissionPoliciesProps {
  /** How far each environment goes. @default 'audit' everywhere: look at the audit log before anything is refused */
  readonly stages?: Partial<Readonly<Record<EnvironmentName, AdmissionStage>>>;
  /** Rules that go no further than this in any environment: how a new rule begins. @default none */
  readonly heldBack?: Partial<Readonly<Record<KnownRule, AdmissionStage>>>;
  /**
   * The models of applications in other repositories, for their waivers: the content of `dist/model/<application>.json`. Those of this
   * platform are known.
   * @default none
   */
  readonly models?: readonly ApplicationModel[];
}

const MARK = Symbol.for('cdk8s-golden-path.AdmissionPolicies');

/**
 * Exports the guardrails as ValidatingAdmissionPolicies into `<environment>/cluster`, and the policy that keeps game days where they are allowed. It belongs into the platform team's repository
 * alone: the policies hold the waivers of all applications, and a second writer would undo those that it does not know.
 */
export class AdmissionPolicies extends Construct {
  /** Whether a value is one, of whichever copy of the library. */
  public static isAdmissionPolicies(this: void, value: unknown): value is AdmissionPolicies {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  readonly #props: AdmissionPoliciesProps;
  readonly #source = captureSource();

  public constructor(scope: Construct, props: AdmissionPoliciesProps = {}) {
    super(scope, 'admission-policies');
    Object.defineProperty(this, MARK, { value: true });
    this.#props = props;
  }

  /** Writes the policies, the same for all environments, and the bindings of each. @internal */
  public render(
    rules: readonly SelectedRule[],
    environments: readonly string[],
    own: readonly ApplicationModel[],
    { files, manifests }: RenderedFiles,
  ): readonly Problem[] {
    const log = new ProblemLog(this.node.path, this.#source);
    this.#check(rules, environments, log);
    if (log.errors > 0) return log.problems;
    const { stages = {}, heldBack = {}, models = [] } = this.#props;
    const policies = admissionPolicies(rules, waiversOf(own, models)).map(sortedManifest);
    const write = (path: string, list: readonly Manifest[]): void => {
      files.set(path, renderYaml(list));
      manifests.set(path, list);
    };
    for (const name of environments) {
      const stage = (stages as Partial<Record<string, AdmissionStage>>)[name] ?? 'audit';
      const bindings = admissionBindings(rules, stage, heldBack).map(sortedManifest);
      write(`${name}/${CLUSTER}/guardrails.k8s.yaml`, policies);
      write(`${name}/${CLUSTER}/environment.k8s.yaml`, bindings);
      write(`${name}/${CLUSTER}/game-days.k8s.yaml`, gameDayPolicies().map(sortedManifest));
      const folder = `${name}/${CLUSTER}`;
      files.set(`${folder}/kustomization.yaml`, clusterKustomization(folder, files.keys()));
    }
    return log.problems;
  }

  #check(rules: readonly SelectedRule[], environments: readonly string[], log: ProblemLog): void {
    const props: unknown = this.#props;
    if (!isBag(props)) {
      const found = `the props object is ${describe(props)}`;
      log.error('PropInvalid', found, 'Give { stages, heldBack, models }');
      return;
    }
    checkStages('stages', props.stages ?? {}, environments, log);
    const ids = rules.map(({ rule }) => rule.id);
    checkStages('heldBack', props.heldBack ?? {}, ids, log);
    const models = props.models ?? [];
    if (!isList(models) || !models.every(isModel)) {
      const fix = 'Give the content of dist/model/<application>.json, as this version writes it';
      log.error('PropInvalid', `models is ${describe(models)}`, fix);
    }
  }
}

const STAGES: readonly unknown[] = ['audit', 'warn', 'deny'] satisfies AdmissionStage[];

function checkStages(
  name: string,
  given: unknown,
  known: readonly string[],
  log: ProblemLog,
): void {
  if (!isBag(given)) {
    log.error(
      'PropInvalid',
      `${name} is ${describe(given)}`,
      "Give an object such as { dev: 'deny' }",
    );
    return;
  }
  for (const [key, stage] of Object.entries(given)) {
    if (!known.includes(key)) {
      const near = nearest(key, known);
      const fix = near === undefined ? `Use one of ${known.join(', ')}` : `Write '${near}'`;
      log.error('PropUnknown', `${name} names ${describe(key)}, which there is not`, fix);
    } else if (!STAGES.includes(stage)) {
      log.error(
        'PropInvalid',
        `${name}.${key} is ${describe(stage)}`,
        "Give 'audit', 'warn' or 'deny'",
      );
    }
  }
}

const isModel = (value: unknown): boolean =>
  isBag(value) && typeof value.application === 'string' && isList(value.waivers);

/** The waivers of all applications. What this platform synthesizes itself is newer than what was handed over. */
function waiversOf(
  own: readonly ApplicationModel[],
  others: readonly ApplicationModel[],
): readonly AdmissionWaiver[] {
  const names = new Set(own.map(({ application }) => application));
  return [...own, ...others.filter(({ application }) => !names.has(application))]
    .sort((a, b) => compareText(a.application, b.application))
    .flatMap(({ application, waivers }) => waivers.map((waiver) => ({ ...waiver, application })));
}
