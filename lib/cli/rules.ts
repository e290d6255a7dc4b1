import {
  admissionPolicies,
  isCelRule,
  linters,
  packs,
  podKinds,
  rules as catalogue,
  stockCeilings,
  variablesOf,
  type RuleFacts,
  type RuleParameters,
  type SharedVariable,
} from '../guardrail';
import { exitCodes, type ExitCode } from './exit-code';
import { ruleIdOf } from './without';

export interface RulesOptions {
  readonly json?: boolean;
}

type Rule = (typeof catalogue)[number];

/** What a rule with parameters is shown with. */
const EXAMPLE: RuleParameters = { registries: ['registry.example.com/'], ceilings: stockCeilings };

/** A rule with its texts as they are judged, and everything that these read. */
interface ExplainedRule extends RuleFacts {
  readonly afterDefaulting?: string;
  /** Whether it judges one object, or all objects of an application together. */
  readonly over: 'object' | 'application';
  readonly expression?: string;
  readonly message?: string;
  readonly variables?: readonly SharedVariable[];
  /** Whether a platform must decide something before it is in force, or its texts hold such decisions. */
  readonly hasParameters: boolean;
  /** Whether the cluster judges it too, by an admission policy. */
  readonly exported: boolean;
}

/** Lists all rules, or explains one. */
export function rules(id: string | undefined, { json }: RulesOptions): ExitCode {
  const known = id === undefined ? undefined : ruleIdOf(id);
  const shown = catalogue.filter((rule) => known === undefined || rule.id === known).map(explained);
  const [first] = shown;
  if (json) print({ version: 1, rules: shown });
  else if (known !== undefined && first) process.stdout.write(explanation(first));
  else process.stdout.write(listing(shown));
  return exitCodes.ok;
}

const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

function explained(rule: Rule): ExplainedRule {
  const { id, severity, pack, kinds, why, fix, references, equivalents, impliedBy } = rule;
  const facts = {
    ...{ id, severity, pack, kinds, why, fix },
    ...(references && { references }),
    ...(equivalents && { equivalents }),
    ...(impliedBy !== undefined && { impliedBy }),
  };
  if (!isCelRule(rule)) {
    return { ...facts, over: 'application', hasParameters: false, exported: false };
  }
  const [expression, message] = [textOf(rule.expression), textOf(rule.message)];
  return {
    ...facts,
    over: 'object',
    expression,
    message,
    variables: variablesOf(expression, message),
    hasParameters: typeof rule.expression === 'function' || typeof rule.message === 'function',
    exported: admissionPolicies([{ rule, severity, expression, message }], []).length > 0,
    ...(rule.afterDefaulting !== undefined && { afterDefaulting: rule.afterDefaulting }),
  };
}

const textOf = (text: string | ((given: RuleParameters) => string | undefined)): string =>
  typeof text === 'string' ? text : (text(EXAMPLE) ?? '');

function listing(shown: readonly ExplainedRule[]): string {
  const width = Math.max(...shown.map(({ id }) => id.length));
  const pack = Math.max(...packs.map((name) => name.length));
  const rows = shown.map((rule) => {
    const columns = [rule.id.padEnd(width), rule.severity.padEnd(7), rule.pack.padEnd(pack)];
    return `${[...columns, kindsOf(rule)].join('  ')}\n    ${rule.why}`;
  });
  const hint = 'golden-path rules <id> says everything of one.';
  return `${rows.join('\n')}\n\n${shown.length} rules. A pack holds all before it: ${packs.join(', ')}.\n${hint}\n`;
}

/** Enough to know whom a rule concerns. */
const SHOWN_KINDS = 3;

function kindsOf({ kinds }: ExplainedRule): string {
  const isOfPods = podKinds.every((kind) => kinds.includes(kind));
  const rest = isOfPods ? kinds.filter((kind) => !podKinds.some((each) => each === kind)) : kinds;
  const more = rest.length - SHOWN_KINDS;
  return [
    ...(isOfPods ? ['pods'] : []),
    ...rest.slice(0, SHOWN_KINDS),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(', ');
}

function explanation(rule: ExplainedRule): string {
  const { id, severity, pack, kinds, why, fix, impliedBy, afterDefaulting } = rule;
  const { podSecurity, cis, nsa } = rule.references ?? {};
  const gate = rule.exported ? 'at synthesis and in the cluster' : 'at synthesis alone';
  const scope = rule.over === 'object' ? 'each object' : 'all objects of an application together';
  const facts = [
    ['judges', `${scope}, ${gate}: ${kinds.join(', ')}`],
    ['fix', `${fix}.`],
    ['silent', impliedBy === undefined ? undefined : `where ${impliedBy} is in force`],
    ['cluster', afterDefaulting && `may judge another way: ${afterDefaulting}`],
    ['reference', podSecurity && `Pod Security Standards, ${podSecurity}`],
    ['reference', cis && `CIS Kubernetes Benchmark ${cis}`],
    ['reference', nsa && `NSA/CISA Kubernetes Hardening Guidance, ${nsa}`],
    ...linters.map((name) => [name, rule.equivalents?.[name]?.join(', ')]),
  ].flatMap(([name = '', value]) => (value ? [`  ${name.padEnd(11)}  ${value}`] : []));
  return `${[`${id} (${severity}, pack ${pack})`, `  ${why}`, '', ...facts, ...celOf(rule)].join('\n')}\n`;
}

function celOf({ expression, message, variables = [], hasParameters }: ExplainedRule) {
  if (expression === undefined) return [];
  const title = hasParameters ? 'CEL, with example parameters of a platform' : 'CEL';
  return [
    '',
    `${title}: true when the object is fine`,
    `  ${expression}`,
    'Message',
    `  ${message ?? ''}`,
    ...(variables.length === 0 ? [] : ['Variables']),
    ...variables.map((variable) => `  ${variable.name} = ${variable.expression}`),
  ];
}
