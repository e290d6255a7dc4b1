import {
  conforms,
  custom,
  fields,
  integer,
  list,
  optional,
  ProblemLog,
  quantity,
  some,
  table,
} from '../foundation';
import type { Provided, Refusal } from './provider';

const amounts = table(
  quantity(0, Number.MAX_SAFE_INTEGER, "a quantity such as '250m'"),
  "quantities by resource, such as { cpu: '250m' }",
);
const container = fields(
  {
    resources: fields(
      { requests: optional(amounts), limits: optional(amounts) },
      '{ requests?, limits? }',
    ),
    restartPolicy: optional(custom((value) => value === 'Always', "'Always'")),
  },
  '{ resources }',
);
const count = integer(0, 10_000, 'a whole number from 0');
const demands = list(
  fields(
    {
      pods: count,
      more: optional(count),
      containers: some(container, 'at least one container'),
      initContainers: optional(list(container, 'a list of containers')),
    },
    '{ pods, containers }',
  ),
  'a list of pods',
);

/** What is wrong with what a provider says of its pods. It may be a team's own, and return anything. */
export function checkDemand(
  { demand, sharedDemand }: Provided,
  provider: string,
): readonly Refusal[] {
  const log = new ProblemLog('');
  if (demand !== undefined) conforms(demands, demand, 'demand', log);
  if (sharedDemand !== undefined) conforms(demands, sharedDemand, 'sharedDemand', log);
  return log.problems.map(({ found, fix }) => ({
    found: `${provider} returned demands of pods, and ${found}`,
    fix,
  }));
}
