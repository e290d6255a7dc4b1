import { describe, nearest } from '../foundation';
import { rules, type RuleId } from '../guardrail';
import { UsageError } from './exit-code';

const ids: readonly string[] = rules.map(({ id }) => id);

/** The id of a rule, or an error that says which comes nearest. */
export function ruleIdOf(given: string): RuleId {
  const known = rules.find(({ id }) => id === given);
  if (known) return known.id;
  const near = nearest(given, ids);
  const hint = near === undefined ? 'golden-path rules lists all.' : `Did you mean ${near}?`;
  throw new UsageError(`there is no rule ${describe(given)}. ${hint}`);
}

/** Reads `<rule>=<reason>`: a rule is left out for a reason, which every report shows. */
export function withoutOf(given: readonly string[]): Partial<Record<RuleId, string>> {
  const entries = given.map((text) => {
    const at = text.indexOf('=');
    const [id, reason] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()];
    const rule = ruleIdOf(id);
    if (reason === '') {
      throw new UsageError(
        `--without ${rule} has no reason. Write --without '${rule}=the reason'.`,
      );
    }
    return [rule, reason] as const;
  });
  return Object.fromEntries(entries);
}
