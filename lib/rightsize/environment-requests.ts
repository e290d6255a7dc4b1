import { quantityNanos, type ApplicationModel, type EnvironmentModel } from '../foundation';
import {
  atLeast,
  atMost,
  NOTHING,
  plus,
  workloadRequests,
  type NanoAmounts,
} from './workload-requests';

/** What the applications of one environment request. */
export interface EnvironmentRequests {
  readonly environment: string;
  /** With as few replicas as there may be. */
  readonly atLeast: NanoAmounts;
  /** With as many, and every job running. */
  readonly atMost: NanoAmounts;
  /** What the pods of backing services request beside them; absent where nobody knows it. */
  readonly services?: NanoAmounts & { readonly pods: number };
  /** Whether VerticalPodAutoscalers lower what is requested here. */
  readonly isLowered: boolean;
}

interface Placed {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
}

/** What each environment requests, by the models of all applications, in the order of the models. */
export function environmentRequests(
  models: readonly ApplicationModel[],
): readonly EnvironmentRequests[] {
  const byName = new Map<string, Placed[]>();
  for (const model of models) {
    for (const environment of model.environments) {
      const placed = byName.get(environment.name) ?? [];
      placed.push({ model, environment });
      byName.set(environment.name, placed);
    }
  }
  return [...byName].map(([environment, placed]) => {
    const requests = placed.flatMap((each) => workloadRequests(each.model, each.environment));
    const services = servicesOf(placed);
    return {
      environment,
      atLeast: atLeast(requests),
      atMost: atMost(requests),
      ...(services && { services }),
      isLowered: placed.some(({ environment: { objects } }) =>
        objects.some(({ kind }) => kind === 'VerticalPodAutoscaler'),
      ),
    };
  });
}

function servicesOf(placed: readonly Placed[]): EnvironmentRequests['services'] {
  const known = placed.filter(({ model }) => model.services.length > 0);
  if (known.some(({ environment }) => environment.servicePods === undefined)) return undefined;
  const pods = known.flatMap(({ environment }) => environment.servicePods ?? []);
  const amounts = pods.map(({ cpu, memory }) => ({
    cpu: quantityNanos(cpu) ?? 0n,
    memory: quantityNanos(memory) ?? 0n,
  }));
  return { pods: pods.reduce((sum, each) => sum + each.pods, 0), ...amounts.reduce(plus, NOTHING) };
}
