import type { Manifest } from '../../lib/foundation';
import { celJs, type CelProgram } from '../../lib/guardrail/cel';
import type { CelRule, RuleParameters } from '../../lib/guardrail/rule';
import { celRules, type CelRuleId } from '../../lib/guardrail/rules';
import { stockCeilings } from '../../lib/guardrail/selection';
import { sharedVariables } from '../../lib/guardrail/variables';
import type { Fixture } from './fixtures/fixture';

/** What the platform of the fixtures decides. */
export const parameters: RuleParameters = {
  registries: ['registry.example.com/'],
  ceilings: stockCeilings,
};

const compiled = (text: string): CelProgram => {
  const { program, problem } = celJs.compile(text);
  if (program === undefined) throw new SyntaxError(`${problem}: ${text}`);
  return program;
};

const textOf = (text: CelRule['expression'] | CelRule['message']): string =>
  typeof text === 'string' ? text : (text(parameters) ?? 'true');

/** A rule, ready to be asked without the net that turns what it throws into a finding. */
export interface BareRule {
  readonly rule: CelRule<CelRuleId>;
  readonly expression: CelProgram;
  readonly message: CelProgram;
}

export const bareRules: readonly BareRule[] = (celRules as readonly CelRule<CelRuleId>[]).map(
  (rule) => ({
    rule,
    expression: compiled(textOf(rule.expression)),
    message: compiled(textOf(rule.message)),
  }),
);

const variables = sharedVariables.map(({ name, expression }) => ({
  name,
  program: compiled(expression),
}));

/** What a rule reads of an object, or of an update of a part of one. */
export function contextOf(
  object: Manifest,
  subResource?: Fixture['subResource'],
): Parameters<CelProgram>[0] {
  const values: Record<string, unknown> = {};
  const request =
    subResource === undefined
      ? ({ operation: 'CREATE' } as const)
      : ({ operation: 'UPDATE', subResource } as const);
  const context = { object: celJs.toValue(object), request, variables: values };
  for (const { name, program } of variables) {
    Object.defineProperty(values, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = program(context);
        Object.defineProperty(values, name, { value });
        return value;
      },
    });
  }
  return context;
}

/** The rules that judge objects of a kind. */
export const rulesOf = ({ kind }: Manifest): readonly BareRule[] =>
  bareRules.filter(({ rule }) => (rule.kinds as readonly string[]).includes(kind));
