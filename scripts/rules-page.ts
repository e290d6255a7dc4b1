import { isCelRule, linters, packs, rules, sharedVariables, stockCeilings } from '../lib/guardrail';

type Rule = (typeof rules)[number];

const EXAMPLE = { registries: ['registry.example.com/'], ceilings: stockCeilings };

const textOf = (text: string | ((parameters: typeof EXAMPLE) => string | undefined)): string =>
  typeof text === 'string' ? text : (text(EXAMPLE) ?? '');

const code = (text: string): string => `\`${text}\``;

/** In which gates a rule is judged. */
function gates(rule: Rule): string {
  if (!isCelRule(rule)) return 'synthesis: it looks at all objects of an application together';
  if (rule.severity === 'info') return 'synthesis (`golden-path check`): it is advice';
  return 'synthesis and admission';
}

function references({ references: known = {}, equivalents = {} }: Rule): readonly string[] {
  const { podSecurity, cis, nsa } = known;
  const same = linters.flatMap((linter) => {
    const checks = equivalents[linter] ?? [];
    return checks.length === 0 ? [] : [`${linter} ${checks.join(', ')}`];
  });
  return [
    ...(podSecurity === undefined ? [] : [`Pod Security Standards, ${podSecurity}`]),
    ...(cis === undefined ? [] : [`CIS Kubernetes Benchmark ${cis}`]),
    ...(nsa === undefined ? [] : [`NSA/CISA Hardening Guidance, ${nsa}`]),
    ...same,
  ];
}

function section(rule: Rule): string {
  const { id, severity, pack, kinds, why, fix, impliedBy } = rule;
  const same = references(rule);
  const facts = [
    `- **${severity}**, from the pack ${code(pack)} on; judged at ${gates(rule)}`,
    `- judges ${kinds.join(', ')}`,
    `- fix: ${fix}.`,
    ...(impliedBy === undefined ? [] : [`- silent where ${code(impliedBy)} is in force`]),
    ...(isCelRule(rule) && rule.afterDefaulting !== undefined
      ? [`- at admission it may judge another way: ${rule.afterDefaulting}`]
      : []),
    ...(same.length === 0 ? [] : [`- see ${same.join('; ')}`]),
  ];
  const parameterised =
    isCelRule(rule) && typeof rule.expression !== 'string'
      ? ' With example parameters of the platform:'
      : '';
  const expression = isCelRule(rule) ? `\n\n\`\`\`cel\n${textOf(rule.expression)}\n\`\`\`` : '';
  return `### ${id}\n\n${why}${parameterised === '' ? '' : parameterised}\n\n${facts.join('\n')}${expression}`;
}

const row = ({ id, severity, pack, why }: Rule): string =>
  `| [${code(id)}](#${id}) | ${severity} | ${pack} | ${why.replaceAll('|', '\\|')} |`;

const count = (severity: string): number =>
  rules.filter((rule) => rule.severity === severity).length;

/** The page of all rules, made from the rules themselves. */
export const rulesPage = (): string => `# Rules

${rules.length} rules: ${count('error')} errors, ${count('warning')} warnings, ${count('info')} infos. A pack holds all packs before it: ${packs.map(code).join(', ')}. [guardrails.md](guardrails.md) says how they are used. CIS numbers follow the numbering of version 1.8. This page is generated: \`npm run docs\`.

| rule | severity | pack | why |
| --- | --- | --- | --- |
${rules.map(row).join('\n')}

## Variables

Expressions read \`object\`, \`request\` and these; policies hold what they stand for in their place:

| variable | expression |
| --- | --- |
${sharedVariables.map(({ name, expression }) => `| ${code(name)} | ${code(expression.replaceAll('|', '\\|'))} |`).join('\n')}

## Each rule

${rules.map(section).join('\n\n')}
`;
