import { celText } from '../cel';
import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule, type RuleParameters } from '../rule';

type Ceilings = RuleParameters['ceilings'];

const amount = "string(dyn(c.?resources[?k][?r].orValue('')))";

const above = ({ cpu, memory }: Ceilings): string =>
  `[${amount}].exists(q, q != '' && !(isQuantity(q) && !quantity(q).isGreaterThan(quantity({'cpu': ${celText(cpu)}, 'memory': ${celText(memory)}}[r]))))`;

const broken = (ceilings: Ceilings): string =>
  `['requests', 'limits'].exists(k, ['cpu', 'memory'].exists(r, ${above(ceilings)}))`;

const details = (ceilings: Ceilings): string =>
  `['requests', 'limits'].map(k, ['cpu', 'memory'].filter(r, ${above(ceilings)}).map(r, k + '.' + r + ' ' + ${amount}).join(', ')).filter(t, t != '').join(', ')`;

/** What cannot be measured is not below the ceiling. */
export const resourceCeiling = celRule({
  id: 'resource-ceiling',
  severity: 'warning',
  pack: 'golden-path',
  kinds: podKinds,
  expression: ({ ceilings }) => noContainer(broken(ceilings), 'appAndInit'),
  message: ({ ceilings }) =>
    `${celText(`above the ceiling of cpu ${ceilings.cpu} and memory ${ceilings.memory}: `)} + ${containersWhere(broken(ceilings), details(ceilings), 'appAndInit')}`,
  why: 'A slip such as 512Gi for 512Mi should fail a review; later it is a pod that fits on no node, or a bill.',
  fix: "Give a smaller size, or have the platform's guardrails.ceilings raised",
});
