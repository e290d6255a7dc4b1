import { graphRules, type GraphRuleId } from './graph';
import type { CelRule, GraphRule } from './rule';
import { celRules, type CelRuleId } from './rules';

/** The id of a rule. A waiver for an id that does not exist does not compile. */
export type RuleId = CelRuleId | GraphRuleId;

/** Every rule, in the order of their ids. */
export const rules: readonly ((CelRule | GraphRule) & { readonly id: RuleId })[] = [
  ...celRules,
  ...graphRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));
