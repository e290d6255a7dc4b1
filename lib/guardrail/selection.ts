import {
  isCelRule,
  packs,
  type CelRule,
  type GraphRule,
  type Pack,
  type RuleParameters,
  type RuleSeverity,
} from './rule';
import { rules, type RuleId } from './catalogue';

/** What a platform decides about its guardrails. */
export interface GuardrailProps {
  /** The set of rules. @default 'golden-path', which holds what every workload of this library keeps */
  readonly pack?: Pack;
  /** Rules that are left out, each with the reason; the reason stands in every report. */
  readonly without?: Partial<Readonly<Record<RuleId, string>>>;
  /** Another severity for some rules. A rule that no pack of the platform has joins by this. */
  readonly severities?: Partial<Readonly<Record<RuleId, RuleSeverity>>>;
  /**
   * Prefixes of the images that may run, such as `ghcr.io/example/`. End them with `/`, or `ghcr.io/example` lets `ghcr.io/example-evil` in.
   * @default any, and the rule `allowed-registries` is silent
   */
  readonly registries?: readonly string[];
  /**
   * Rules of the platform's own, in force whatever the pack. Expressions keep to the subset of CEL that means the same at synthesis and
   * in the cluster. `interface Register { rules: 'my-rule' }` lets waivers name them.
   */
  readonly rules?: readonly CelRule[];
  /** The most that one container may ask for. @default 32 cores and 64Gi, beyond which a typing error is likelier than a need */
  readonly ceilings?: { readonly cpu?: string; readonly memory?: string };
}

/** A rule that is in force, with its texts as the platform's parameters make them. */
export interface SelectedRule {
  readonly rule: CelRule | GraphRule;
  readonly severity: RuleSeverity;
  readonly expression?: string;
  readonly message?: string;
}

/** Beyond it a typing error is likelier than a need: the large nodes of the clouds have a few times as much. */
export const stockCeilings = { cpu: '32', memory: '64Gi' } as const;

/** The rules in force. Those that need a decision which the platform did not take are not. */
export function selectRules(props: GuardrailProps = {}): readonly SelectedRule[] {
  const { pack = 'golden-path', without = {}, severities = {} } = props;
  const level = packs.indexOf(pack);
  const parameters: RuleParameters = {
    registries: props.registries,
    ceilings: { ...stockCeilings, ...props.ceilings },
  };
  const stock = rules.filter(
    ({ id, pack: smallest }) =>
      !Object.hasOwn(without, id) &&
      (packs.indexOf(smallest) <= level || Object.hasOwn(severities, id)),
  );
  const chosen: readonly (CelRule | GraphRule)[] = [...stock, ...(props.rules ?? [])];
  const ids = new Set(chosen.map(({ id }) => id));
  return chosen.flatMap((rule): readonly SelectedRule[] => {
    if (rule.impliedBy !== undefined && ids.has(rule.impliedBy)) return [];
    const severity =
      (severities as Partial<Record<string, RuleSeverity>>)[rule.id] ?? rule.severity;
    if (!isCelRule(rule)) return [{ rule, severity }];
    const expression = textOf(rule.expression, parameters);
    if (expression === undefined) return [];
    return [{ rule, severity, expression, message: textOf(rule.message, parameters) }];
  });
}

const textOf = <T>(
  text: string | ((parameters: RuleParameters) => T),
  given: RuleParameters,
): T | string => (typeof text === 'string' ? text : text(given));
