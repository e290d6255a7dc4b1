import {
  describe,
  either,
  fields,
  isBag,
  list,
  nearest,
  optional,
  quantity,
  table,
  text,
  custom,
  type ProblemLog,
  type Shape,
} from '../foundation';
import { rules } from './catalogue';
import { celJs } from './cel';
import { kinds } from './kinds';
import { packs } from './rule';
import { selectRules, type GuardrailProps } from './selection';

const oneOf = (known: readonly string[]): Shape =>
  custom((value) => known.includes(value as string), `one of ${known.join(', ')}`);

/** A map whose keys are ids of rules. */
const byRule = (item: Shape, give: string): Shape => ({
  give,
  check: (value, path, log) => {
    table(item, give).check(value, path, log);
    for (const id of isBag(value) ? Object.keys(value) : []) {
      const known = rules.map((rule) => rule.id as string);
      if (known.includes(id)) continue;
      const near = nearest(id, known);
      const fix = near === undefined ? 'Remove it; golden-path rules lists all' : `Write '${near}'`;
      log.error('PropUnknown', `${path} names ${describe(id)}, which is no rule`, fix);
    }
  },
});

const severity = oneOf(['error', 'warning', 'info']);
const line = (give: string): Shape => text(give, (value) => !/[\r\n]/.test(value));
const optionalBag = optional(custom(isBag, 'an object'));
const ownRule = fields(
  {
    id: text('an id such as no-host-ports', (id) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)),
    severity,
    pack: oneOf(packs),
    kinds: list(oneOf(Object.keys(kinds)), 'kinds of objects'),
    why: line('the reason in one line'),
    fix: line('what to do, in one line'),
    expression: either(
      (value) => (typeof value === 'function' ? custom(() => true, '') : text('a CEL expression')),
      'a CEL expression',
    ),
    message: either(
      (value) => (typeof value === 'function' ? custom(() => true, '') : text('a CEL expression')),
      'a CEL expression that makes text',
    ),
    references: optionalBag,
    equivalents: optionalBag,
    impliedBy: optional(text('the id of a rule')),
    afterDefaulting: optional(text('the reason')),
  },
  'a rule',
);

const cores = quantity(0.001, 1e5, 'cores, such as 16');
const bytes = quantity(2 ** 20, 2 ** 50, 'bytes, such as 64Gi');
const props = fields(
  {
    pack: optional(oneOf(packs)),
    without: optional(byRule(line('the reason'), 'reasons by rule')),
    severities: optional(byRule(severity, 'severities by rule')),
    registries: optional(list(text("a prefix such as 'ghcr.io/example/'"), 'a list of prefixes')),
    rules: optional(list(ownRule, 'a list of rules')),
    ceilings: optional(
      fields({ cpu: optional(cores), memory: optional(bytes) }, '{ cpu, memory }'),
    ),
  },
  '{ pack, without, severities, registries, rules, ceilings }',
);

/** The shape of a platform's decisions about its guardrails. */
export const guardrailsShape: Shape = {
  give: props.give,
  check: (value, path, log) => {
    const before = log.errors;
    // The paths of its fields begin with its own.
    props.check(value, path, log);
    if (log.errors === before) checkRules(value as GuardrailProps, path, log);
  },
};

/** Compiles the platform's own rules: one that cannot be judged must not look like one that is kept. */
function checkRules(given: GuardrailProps, path: string, log: ProblemLog): void {
  const known = new Set<string>(rules.map(({ id }) => id));
  for (const { id } of given.rules ?? []) {
    const found = `${path}.rules has two rules ${describe(id)}, or one that this library has`;
    if (known.has(id)) log.error('RuleInvalid', found, 'Give it an id of its own');
    known.add(id);
  }
  const own = new Set((given.rules ?? []).map(({ id }) => id));
  for (const { rule, expression, message } of selectRules(given)) {
    for (const part of own.has(rule.id) ? [expression, message] : []) {
      const { problem } = celJs.compile(part ?? '');
      if (problem === undefined) continue;
      const found = `the rule ${rule.id} cannot be judged: ${problem}`;
      log.error('RuleInvalid', found, 'Keep to the CEL that docs/guardrails.md lists');
    }
  }
}
