import type { Answering } from '../../evidence';
import { label, selector, ServerError, type Matcher } from '../../prometheus';
import type { Incident } from '../incident';
import type { Revision } from './facts';
import type { Seen } from './cluster';

/** Over how long it is asked, and how closely. Kubernetes remembers ten versions; older ones are seldom gone back to. */
const WINDOW = '7d';
const STEP_SECONDS = 300;

/** How fast the budgets burnt while each version had pods, in the mean; what the server does not say stays unmeasured. */
export function measured(
  prometheus: Answering,
  incident: Incident,
  revisions: Seen['revisions'],
  now: number,
  matchers: readonly Matcher[],
): Promise<readonly Revision[]> {
  const { application, service, environment, namespace } = incident;
  const burn = selector('slo:current_burn_rate:ratio', [
    ...[label('application', application), label('service', service)],
    ...[label('environment', environment), ...matchers],
  ]);
  return Promise.all(
    revisions.map(async (each): Promise<Revision> => {
      const pods = selector('kube_replicaset_spec_replicas', [
        ...[label('namespace', namespace), label('replicaset', each.replicaSet), ...matchers],
      ]);
      const ran = `(max(${burn}) and on () (max(${pods}) > 0))[${WINDOW}:${STEP_SECONDS}s]`;
      const [mean, count] = await Promise.all(
        ['avg', 'count'].map((by) => tryValue(prometheus, `${by}_over_time(${ran})`, now)),
      );
      return {
        ...each,
        ...(mean !== undefined && { burn: mean }),
        measuredSeconds: (count ?? 0) * STEP_SECONDS,
      };
    }),
  );
}

async function tryValue(
  prometheus: Answering,
  query: string,
  now: number,
): Promise<number | undefined> {
  try {
    const value = (await prometheus.query(query, now))[0]?.points[0]?.value;
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (error instanceof ServerError) return undefined;
    throw error;
  }
}
