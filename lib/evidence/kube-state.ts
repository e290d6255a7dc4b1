import { MOST_POINTS_OF_MANY, ofNamespaces } from './asked';
import type { Asker, Look } from './asker';
import { nothing, type EvidencePart, type Found } from './found';

/** Changes count from a while before the time on: they cause what is in it. */
export const LEADING: Look = { isLeading: true, most: MOST_POINTS_OF_MANY };

const FIX =
  'Look whether kube-state-metrics was scraped, with honorLabels, and may list these objects';

/** Nothing of kube-state-metrics: not that nothing happened. */
export const unmeasured = <T>(
  part: EvidencePart,
  asker: Asker,
  metric: string,
  queries: readonly string[],
): Found<T> => {
  const namespaces = [...new Set(asker.asked.places.map(({ namespace }) => namespace))].join(', ');
  const found = `there was no ${metric} of the namespace ${namespaces} in this time`;
  return nothing(queries, { part, kind: 'no-data', found, fix: FIX });
};

/** One value for each Deployment, however often kube-state-metrics is scraped. */
export const perDeployment = ({ asked }: Asker, metric: string): string =>
  `max by (namespace, deployment) (${ofNamespaces(metric, asked)})`;
