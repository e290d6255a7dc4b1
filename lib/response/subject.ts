import {
  compareText,
  standsIn,
  type ApplicationModel,
  type EnvironmentModel,
  type WorkloadModel,
} from '../foundation';

/** Whatever an alert may name as its service. */
export interface Subject {
  readonly model: ApplicationModel;
  readonly service: string;
  readonly kind: 'workload' | 'backing-service' | 'external';
  /** Of a workload. */
  readonly workload?: WorkloadModel;
}

/** All that an application has and calls; a migration is a part of its workload. */
export function subjectsOf(model: ApplicationModel): readonly Subject[] {
  const { workloads, services, edges } = model;
  const hosts = new Set(edges.filter(({ kind }) => kind === 'external').map(({ to }) => to));
  return [
    ...workloads
      .filter(({ kind }) => kind !== 'migration')
      .map((workload) => ({ model, service: workload.name, kind: 'workload', workload }) as const),
    ...services.map(({ name }) => ({ model, service: name, kind: 'backing-service' }) as const),
    ...[...hosts]
      .sort(compareText)
      .map((service) => ({ model, service, kind: 'external' }) as const),
  ];
}

/** Where it stands; a workload with a presence of its own not everywhere. */
export const environmentsOf = ({ model, workload }: Subject): readonly EnvironmentModel[] =>
  model.environments.filter((each) => !workload || standsIn(workload, each));
