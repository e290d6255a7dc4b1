import type {
  EnvVar,
  ProblemLog,
  ScaleModel,
  ScaleTrigger,
  ServiceData,
  TriggerModel,
} from '../foundation';
import type { WorkloadTarget } from './workload-target';
import type { WorkerScale } from './workload-props';

const STOCK_SCALE: WorkerScale = { min: 2, max: 4 };
const STOCK_TARGET_CPU_PERCENT = 70;

/** What a trigger depends on: to scale on a queue is to use its broker. */
export const triggerTargets = (scale: WorkerScale | undefined): readonly WorkloadTarget[] =>
  scale?.on ? [dataOf(scale.on)] : [];

const dataOf = ({ reference }: ScaleTrigger): ServiceData => reference;

/**
 * The scale with its defaults.
 * @param env - the variables of the main container
 */
export function scaleModel(
  given: WorkerScale | undefined,
  env: readonly EnvVar[],
  log: ProblemLog,
): ScaleModel {
  const { min, max, targetCpuPercent, on } = given ?? STOCK_SCALE;
  const trigger = on && triggerModel(on, env, log);
  return {
    min,
    max,
    targetCpuPercent: targetCpuPercent ?? STOCK_TARGET_CPU_PERCENT,
    ...(trigger && { on: trigger }),
  };
}

function triggerModel(
  on: ScaleTrigger,
  env: readonly EnvVar[],
  log: ProblemLog,
): TriggerModel | undefined {
  const data = dataOf(on);
  const service = data.target.name;
  const { perReplica } = on;
  if (on.trigger === 'queue-length') {
    return { kind: 'queue-length', service, queue: on.queue, perReplica };
  }
  // KEDA takes the addresses of brokers from the workload's own variables, and from no Secret.
  const bootstrapServers = variableOf(env, data, data.key);
  if (bootstrapServers === undefined) {
    const found = `scale.on reads the lag on ${service}, and no variable of the container holds its ${data.key}`;
    log.error('TriggerInvalid', found, `Add ${service} to uses`);
    return undefined;
  }
  const topic = variableOf(env, data, 'topic');
  const variables = { bootstrapServers, ...(topic !== undefined && { topic }) };
  const { group, offsetReset } = on;
  return { kind: 'consumer-lag', service, group, perReplica, offsetReset, variables };
}

/** The variable that holds a key of a backing service as it is. */
const variableOf = (
  env: readonly EnvVar[],
  { object }: ServiceData,
  wanted: string,
): string | undefined =>
  env.find(({ valueFrom }) => {
    const from = valueFrom?.secretKeyRef;
    return from?.name === object && from.key === wanted;
  })?.name;
