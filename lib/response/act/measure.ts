import { label, selector, ServerError, type Answering, type Matcher } from '../../prometheus';
import type { Incident } from '../incident';
import type { Revision } from './facts';
import type { Seen } from './cluster';

/** Over how long it is asked, and how closely. Kubernetes remembers ten versions; older ones are seldom gone back to. */
const WINDOW = '7d';
const STEP_SECONDS = 300;

/** A version serves where it has this share of the ready pods: one that is stuck beside the old one has next to none of them. */
const NEARLY_ALL = 0.9;

/** How fast the budgets burnt while each version served, in the mean; what the server does not say stays unmeasured. */
export function measured(
  prometheus: Answering,
  incident: Incident,
  revisions: Seen['revisions'],
  now: number,
  matchers: readonly Matcher[],
): Promise<readonly Revision[]> {
  return Promise.all(
    revisions.map(async (each): Promise<Revision> => {
      const { ran, served } = expressionsOf(incident, each.replicaSet, matchers);
      const [mean, count] = await Promise.all([
        tryValue(prometheus, `avg_over_time(${ran})`, now),
        tryValue(prometheus, `count_over_time(${served})`, now),
      ]);
      const unseen = [mean, count].find((value) => typeof value === 'string');
      return {
        ...each,
        ...(typeof mean === 'number' && { burn: mean }),
        measuredSeconds: typeof count === 'number' ? count * STEP_SECONDS : 0,
        ...(unseen !== undefined && { unseen }),
      };
    }),
  );
}

/** The burn rate while nearly all ready pods were of one version: with the times at which no pod was ready at all, and without them. */
function expressionsOf(
  { application, service, environment, namespace }: Incident,
  replicaSet: string,
  matchers: readonly Matcher[],
): { readonly ran: string; readonly served: string } {
  const burn = selector('slo:current_burn_rate:ratio', [
    ...[label('application', application), label('service', service)],
    ...[label('environment', environment), ...matchers],
  ]);
  const pods = (metric: string, ...of: readonly Matcher[]): string =>
    `max(${selector(metric, [label('namespace', namespace), ...of, ...matchers])})`;
  const wanted = pods('kube_replicaset_spec_replicas', label('replicaset', replicaSet));
  const ready = pods('kube_replicaset_status_ready_replicas', label('replicaset', replicaSet));
  const all = pods('kube_deployment_status_replicas_ready', label('deployment', service));
  const ran = `max(${burn}) and on () (${wanted} > 0) and on () (${ready} >= ${NEARLY_ALL} * ${all})`;
  const over = (expression: string): string => `(${expression})[${WINDOW}:${STEP_SECONDS}s]`;
  return { ran: over(ran), served: over(`${ran} and on () (${ready} > 0)`) };
}

/** The value; nothing where there is none, or why the server does not tell. */
async function tryValue(
  prometheus: Answering,
  query: string,
  now: number,
): Promise<number | string | undefined> {
  try {
    const value = (await prometheus.query(query, now))[0]?.points[0]?.value;
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (error instanceof ServerError) return error.found;
    throw error;
  }
}
