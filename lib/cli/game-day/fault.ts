import type { ApplicationModel } from '../../foundation';
import { isoText, type Gathered, type Sample } from '../../game-day';
import type { PrometheusClient } from '../../prometheus';

/** Where and when a fault is looked for. */
export interface FaultQuestion {
  readonly model: ApplicationModel;
  readonly environment: string;
  /** What has a sample while the fault is there. @default what Chaos Mesh tells of the experiments that run */
  readonly injected: string | undefined;
  readonly began: number;
  readonly ended: number;
}

/**
 * Whether something tells that a fault was there. Chaos Mesh counts the experiments that run; of its labels, `namespace` is that of the
 * experiment, and `exported_namespace` where Prometheus keeps the former for itself.
 * @see https://github.com/chaos-mesh/chaos-mesh/blob/master/controllers/metrics/metrics.go
 * @throws {PrometheusError}
 */
export async function faultOf(
  client: PrometheusClient,
  { model, environment, injected, began, ended }: FaultQuestion,
): Promise<Gathered['fault']> {
  const { namespace = '' } = model.environments.find(({ name }) => name === environment) ?? {};
  const of = (label: string): string =>
    `chaos_controller_manager_chaos_experiments{${label}="${namespace}",phase="running"} > 0`;
  const query = injected ?? `${of('namespace')} or ${of('exported_namespace')}`;
  const step = Math.max(5, Math.ceil((ended - began) / 500));
  const series = await client.queryRange(query, { start: began, end: ended, step });
  const points = series.flatMap((each) => each.points);
  const evidence = points
    .slice(0, 1)
    .map(({ at, value }): Sample => ({ query, at: isoText(at), value }));
  if (points.length > 0) {
    return { isThere: true, found: 'Prometheus has samples of it.', evidence };
  }
  const found =
    'Nothing tells that it was there: Prometheus has no sample of the experiments of Chaos Mesh. Give --injected with an expression that has one while the fault is there.';
  return injected === undefined
    ? { found, evidence: [] }
    : {
        isThere: false,
        found: 'It was not: the expression of --injected has no sample.',
        evidence: [],
      };
}
