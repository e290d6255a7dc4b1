import type { ScaleModel, WorkloadModel } from '../../foundation';
import { selectorText } from './pods-of';
import { selectSeries } from '../promql';
import type { Ticket } from './ticket';

/** The alerts of what runs until it is replaced. */
export function deploymentAlerts(workload: WorkloadModel): readonly Ticket[] {
  const { scale } = workload;
  return [
    replicasMissing(workload),
    rolloutStuck(workload),
    ...(scale && scale.min !== scale.max ? [atMaximumScale(workload, scale)] : []),
  ];
}

/** One value for each namespace, however often kube-state-metrics is scraped. */
const largest = (series: string): string => `max by (namespace) (${series})`;

function replicasMissing(workload: WorkloadModel): Ticket {
  const { name } = workload;
  const of = (metric: string): string =>
    selectSeries(`kube_deployment_${metric}`, { deployment: name });
  const missing = `${largest(of('spec_replicas'))} - ${largest(of('status_replicas_available'))} > 0`;
  // While a rollout goes on, some are on their way.
  const still = `${largest(`changes(${of('status_replicas_updated')}[10m])`)} == 0`;
  return {
    alert: 'WorkloadReplicasMissing',
    expr: `${missing} and ${still}`,
    for: '15m',
    summary: `${name} has fewer replicas than it should in {{ $labels.environment }}`,
    description:
      `{{ $value }} replicas of ${name} are wanted and not ready. ` +
      `Look first at which are not, and why: kubectl -n {{ $labels.namespace }} get pods -l ${selectorText(workload)}. ` +
      'Pending ones find no node; running ones fail their readiness check.',
  };
}

function rolloutStuck({ name }: WorkloadModel): Ticket {
  const labels = { deployment: name, condition: 'Progressing', status: 'false' };
  return {
    alert: 'WorkloadRolloutStuck',
    expr: `${largest(selectSeries('kube_deployment_status_condition', labels))} == 1`,
    // The deadline of the rollout has passed already.
    for: '1m',
    summary: `The rollout of ${name} does not go on in {{ $labels.environment }}`,
    description:
      `The new pods of ${name} were not ready within the deadline; the old ones still serve. ` +
      `Look first at what the new ones wait for: kubectl -n {{ $labels.namespace }} rollout status deployment/${name}. ` +
      'To go back, revert the release.',
  };
}

/** Of a workload that scales on messages KEDA makes the autoscaler, by a name of its own. */
export const autoscalerNames = (name: string, { on }: ScaleModel): string | RegExp =>
  on ? new RegExp(`${name}|keda-hpa-${name}`) : name;

function atMaximumScale({ name }: WorkloadModel, scale: ScaleModel): Ticket {
  const of = (metric: string): string =>
    largest(
      selectSeries(`kube_horizontalpodautoscaler_${metric}`, {
        horizontalpodautoscaler: autoscalerNames(name, scale),
      }),
    );
  const most = of('spec_max_replicas');
  // An environment may have room for one bound alone.
  const scales = `${most} > ${of('spec_min_replicas')}`;
  return {
    alert: 'WorkloadAtMaximumScale',
    expr: `${of('status_current_replicas')} >= ${most} and ${scales}`,
    for: '15m',
    summary: `${name} cannot scale further in {{ $labels.environment }}`,
    description:
      `${name} runs all {{ $value }} replicas that it may have; more load makes it slower. ` +
      'Look first whether there are more requests than usual, or each takes longer because something that it calls is slow.',
  };
}
