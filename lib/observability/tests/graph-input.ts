import { DEPENDS_ON, SERVICE_HURTING, SLO_BURNING, SLO_FAILING } from '../cause';
import { NAMESPACE_INFO, series, type Labels } from '../promql';
import { SERVICE_UP } from '../alert/service-alerts';
import type { InputSeries } from './input';

/** Where and when something fails in a test of the graph. */
export interface Place {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  readonly faultMinutes: number;
}

/** Longer than any of these tests. */
const MINUTES = 30;

const given = (metric: string, labels: Labels, values: string): InputSeries => ({
  series: series({ metric, is: labels }),
  values,
});

/** A series that is there with the fault. */
const appearing = (metric: string, labels: Labels, { faultMinutes }: Place): InputSeries =>
  given(metric, labels, `_x${faultMinutes} 1x${MINUTES}`);

/** An objective that fails, and burns if that is asked for. */
export const burning = (
  service: string,
  id: string,
  at: Place,
  metrics: readonly string[] = [SLO_FAILING, SLO_BURNING],
): readonly InputSeries[] => {
  const { application, environment, namespace } = at;
  const labels = { application, service, slo_id: id, environment, namespace, window: '5m' };
  return metrics.map((metric) => appearing(metric, labels, at));
};

/** What has no objective, and is not there: seen by its pods, or by what watches it. */
export function gone(
  service: string,
  seen: 'pods' | 'service_up',
  at: Place,
): readonly InputSeries[] {
  const { application, environment, namespace, faultMinutes } = at;
  const falling = `1x${faultMinutes} 0x${MINUTES}`;
  if (seen === 'service_up') {
    return [given(SERVICE_UP, { application, service, environment }, falling)];
  }
  const labels = { namespace, deployment: service };
  const info = { application, environment, stage: environment, namespace };
  return [
    given(NAMESPACE_INFO, info, `1x${MINUTES}`),
    given('kube_deployment_spec_replicas', labels, `1x${MINUTES}`),
    given('kube_deployment_status_replicas_available', labels, falling),
  ];
}

/** A service of another application that calls one of this, and burns. */
export function outsideCaller(service: string, at: Place): readonly InputSeries[] {
  const caller = { application: 'another-application', service: 'caller' };
  const graph = { ...caller, depends_on_application: at.application, depends_on: service };
  return [
    given(DEPENDS_ON, { ...graph, kind: 'published', edge: 'hard', hops: '1' }, `1x${MINUTES}`),
    appearing(SERVICE_HURTING, { ...caller, environment: at.environment }, at),
  ];
}
