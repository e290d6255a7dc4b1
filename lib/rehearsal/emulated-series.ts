import type { ApplicationModel, EnvironmentModel, SeriesContent } from '../foundation';

type Labels = Readonly<Record<string, string>>;

/** What a series of the emulation holds. Pods are counted as kube-state-metrics counts them. */
export type Content =
  SeriesContent | 'pods-available' | 'pods-wanted' | 'pods-made' | 'usable' | 'here';

/** A series that the emulation serves. */
export interface EmulatedSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly holds: Content;
  /** The workload or backing service that it tells of. */
  readonly service: string;
  /** Of fast requests: what fast is, in milliseconds. */
  readonly underMilliseconds?: number;
}

/** All series by which the rules of an application see its services in one environment. */
export function emulatedSeries(
  model: ApplicationModel,
  environment: string,
): readonly EmulatedSeries[] {
  const here = model.environments.find(({ name }) => name === environment);
  if (!here) return [];
  const all = [...ofObjectives(model, here), ...ofPods(model, here), ...ofServices(here)];
  const keys = all.map(({ metric, labels }) =>
    JSON.stringify([metric, Object.entries(labels).sort()]),
  );
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

const ofObjectives = (
  { workloads }: ApplicationModel,
  { namespace }: EnvironmentModel,
): readonly EmulatedSeries[] =>
  workloads.flatMap(({ name, objectives = [] }) =>
    objectives.flatMap(({ series, underSeconds }) =>
      series.map(({ metric, labels, holds }) => ({
        ...{ metric, holds, service: name },
        labels: Object.fromEntries(
          Object.entries(labels).map(([label, value]) => [
            label,
            value.replaceAll('{namespace}', namespace),
          ]),
        ),
        ...(underSeconds !== undefined && { underMilliseconds: underSeconds * 1000 }),
      })),
    ),
  );

/** Deployments of which some pods always run. */
const ofPods = (
  { workloads }: ApplicationModel,
  { namespace, replicas }: EnvironmentModel,
): readonly EmulatedSeries[] =>
  workloads
    .filter(({ name }) => (replicas[name]?.min ?? 0) > 0)
    .flatMap(({ name }) => {
      const labels = { namespace, deployment: name };
      const of = (metric: string, holds: Content): EmulatedSeries => ({
        metric: `kube_deployment_${metric}`,
        ...{ labels, holds, service: name },
      });
      return [
        of('status_replicas_available', 'pods-available'),
        of('spec_replicas', 'pods-wanted'),
        of('created', 'pods-made'),
      ];
    });

const ofServices = ({ services }: EnvironmentModel): readonly EmulatedSeries[] =>
  Object.entries(services).map(([service, { availability }]) => ({
    metric: availability.metric,
    labels: availability.labels,
    holds: availability.means === 'present' ? 'here' : 'usable',
    service,
  }));
