import { reasonOf, type Manifest } from '../foundation';
import { celJs, type CelContext, type CelProgram } from './cel';
import { kindOf, type RuleKind } from './kinds';
import { isCelRule, type CelRule, type GraphRule, type RuleFacts, type Scene } from './rule';
import type { SelectedRule } from './selection';
import { sharedVariables } from './variables';

/** What a rule found in one object. */
export interface Finding {
  readonly rule: RuleFacts;
  readonly severity: RuleFacts['severity'];
  readonly object: Manifest;
  /** A clause without a full stop. */
  readonly found: string;
}

interface CompiledRule {
  readonly selected: SelectedRule;
  readonly rule: CelRule;
  readonly expression: CelProgram;
  readonly message: CelProgram;
}

/** The longest message that the API server passes on has 5 KiB; nobody reads so much. */
const LONGEST = 1000;

/** Rules that are compiled once and judge many objects. */
export class Ruleset {
  readonly #byKind = new Map<RuleKind, readonly CompiledRule[]>();
  readonly #graph: readonly (SelectedRule & { readonly rule: GraphRule })[];

  public constructor(public readonly rules: readonly SelectedRule[]) {
    const compiled = rules.flatMap((selected) => compiledRule(selected));
    for (const each of compiled) {
      for (const kind of each.rule.kinds) {
        this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), each]);
      }
    }
    this.#graph = rules.flatMap((each) => {
      const { rule } = each;
      return isCelRule(rule) ? [] : [{ ...each, rule }];
    });
  }

  /** What the rules over single objects find in one. */
  public judge(object: Manifest): readonly Finding[] {
    const rules = this.#byKind.get(kindOf(object) ?? ('' as RuleKind)) ?? [];
    if (rules.length === 0) return [];
    const context = contextOf(object);
    return rules.flatMap((rule) => {
      const found = verdict(rule, context);
      return found === undefined ? [] : [finding(rule.selected, object, found)];
    });
  }

  /** What the rules over a whole scene find in it. */
  public judgeScene(scene: Scene): readonly Finding[] {
    return this.#graph.flatMap((selected) => {
      try {
        const found = selected.rule.judge(scene);
        return found.map((each) => finding(selected, each.object, each.found));
      } catch (error) {
        const object = scene.objects[0];
        return object ? [finding(selected, object, unjudged(error))] : [];
      }
    });
  }
}

const finding = ({ rule, severity }: SelectedRule, object: Manifest, found: string): Finding => ({
  rule,
  severity,
  object,
  found,
});

const unjudged = (error: unknown): string => `the rule could not be judged: ${reasonOf(error)}`;

/** What a rule found; undefined when it is kept. A rule that fails is a finding, as the server's `failurePolicy: Fail` has it. */
function verdict({ expression, message }: CompiledRule, context: CelContext): string | undefined {
  try {
    const result = expression(context);
    if (result === true) return undefined;
    if (result !== false) return unjudged(`it gives ${typeof result}`);
  } catch (error) {
    return unjudged(error);
  }
  try {
    return String(message(context)).slice(0, LONGEST);
  } catch {
    return 'it is broken';
  }
}

function compiledRule(selected: SelectedRule): readonly CompiledRule[] {
  const { rule, expression, message } = selected;
  if (!isCelRule(rule) || expression === undefined || message === undefined) return [];
  return [{ selected, rule, expression: program(expression), message: program(message) }];
}

const programs = new Map<string, CelProgram>();

/** Compiled when first needed: most platforms have no object of most kinds. */
function program(text: string): CelProgram {
  return (context) => {
    const known = programs.get(text);
    if (known) return known(context);
    const { program: made, problem } = celJs.compile(text);
    if (!made) throw new SyntaxError(problem);
    programs.set(text, made);
    return made(context);
  };
}

/** The context of one object, in which every variable is computed once, when it is first read. */
function contextOf(manifest: Manifest): CelContext {
  const variables: Record<string, unknown> = {};
  const context: CelContext = {
    object: celJs.toValue(manifest),
    request: { operation: 'CREATE' },
    variables,
  };
  for (const { name, expression } of sharedVariables) {
    Object.defineProperty(variables, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = program(expression)(context);
        Object.defineProperty(variables, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return context;
}
