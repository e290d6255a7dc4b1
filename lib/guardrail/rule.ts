import type { Manifest, ApplicationModel, EnvironmentModel } from '../foundation';
import type { RuleKind } from './kinds';

/** How bad breaking a rule is: an error stops the synthesis, a warning is shown by it, an info by `golden-path check` alone. */
export type RuleSeverity = 'error' | 'warning' | 'info';

/** Sets of rules, each with all those before it. The first two are the levels of the Pod Security Standards. */
export const packs = ['baseline', 'restricted', 'golden-path', 'strict'] as const;
/** The name of a set of rules. */
export type Pack = (typeof packs)[number];

/** The linters that have a check of the same intent. */
export const linters = [
  'kube-score',
  'kube-linter',
  'polaris',
  'trivy',
  'checkov',
  'kubescape',
] as const;
export type Linter = (typeof linters)[number];

/** What a platform decides about the rules that need a decision. */
export interface RuleParameters {
  /** Prefixes of the images that may run, such as `ghcr.io/example/`; undefined means any. */
  readonly registries: readonly string[] | undefined;
  /** The most that one container may ask for, as Kubernetes quantities. */
  readonly ceilings: { readonly cpu: string; readonly memory: string };
}

/** What every rule says of itself. */
export interface RuleFacts<Id extends string = string> {
  /** Its name for ever: waivers and reports use it. */
  readonly id: Id;
  readonly severity: RuleSeverity;
  /** The smallest pack that has it. */
  readonly pack: Pack;
  readonly kinds: readonly RuleKind[];
  /** One line, for people who meet the rule. */
  readonly why: string;
  /** An imperative without a full stop; it names the prop of our constructs where there is one. */
  readonly fix: string;
  readonly references?: {
    /** The control of the Pod Security Standards. */
    readonly podSecurity?: string;
    /** Sections of the CIS Kubernetes Benchmark. */
    readonly cis?: string;
    /** Topics of the NSA/CISA Kubernetes Hardening Guidance. */
    readonly nsa?: string;
  };
  readonly equivalents?: Partial<Readonly<Record<Linter, readonly string[]>>>;
  /** A rule that says all of this and more: where both are in a pack, this one is silent. */
  readonly impliedBy?: string;
}

/** A rule over one object, as Kubernetes CEL. The same texts are evaluated at synthesis and exported as an admission policy. */
export interface CelRule<Id extends string = string> extends RuleFacts<Id> {
  /** True when the object is fine. With parameters, undefined when the platform decided nothing. */
  readonly expression: string | ((parameters: RuleParameters) => string | undefined);
  /** Says what was found: an expression that makes text. */
  readonly message: string | ((parameters: RuleParameters) => string);
  /** Why the server, which fills in defaults first, may judge another way. */
  readonly afterDefaulting?: string;
}

/** All that stands in one namespace. */
export interface Scene {
  readonly objects: readonly Manifest[];
  /** What is known beyond the objects, when they come from a platform. */
  readonly model?: ApplicationModel;
  readonly environment?: EnvironmentModel;
}

/** What a rule found in one object of a scene. */
export interface SceneFinding {
  readonly object: Manifest;
  /** A clause without a full stop. */
  readonly found: string;
}

/** A rule over all objects of one application in one environment, which neither a linter of single objects nor admission can have. */
export interface GraphRule<Id extends string = string> extends RuleFacts<Id> {
  readonly judge: (scene: Scene) => readonly SceneFinding[];
}

export const isCelRule = (rule: CelRule | GraphRule): rule is CelRule => 'expression' in rule;

/** Keeps the id as a literal type, so that the union of all ids is known. */
export const celRule = <const Id extends string>(rule: CelRule<Id>): CelRule<Id> => rule;

/** Keeps the id as a literal type. */
export const graphRule = <const Id extends string>(rule: GraphRule<Id>): GraphRule<Id> => rule;
