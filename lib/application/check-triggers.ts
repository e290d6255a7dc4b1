import {
  describe,
  nearest,
  ProblemLog,
  type Problem,
  type RabbitMqModel,
  type ScaleModel,
} from '../foundation';
import type { KnownPart } from './part';
import type { KnownService } from './resolve-services';

/** Whether what workers scale on is declared, and can give them as many replicas as they may have. */
export const checkTriggers = (
  workloads: ReadonlyMap<string, KnownPart>,
  services: ReadonlyMap<string, KnownService>,
): readonly Problem[] =>
  [...workloads.values()].flatMap(({ part, resolved }) => {
    const scale = resolved?.model.scale;
    const service = scale?.on && services.get(scale.on.service)?.model;
    const log = new ProblemLog(part.construct.node.path, part.source);
    if (service?.kind === 'rabbitmq') checkQueue(scale, service, log);
    if (service?.kind === 'kafka-topic') checkPartitions(scale, service.partitions, log);
    return log.problems;
  });

function checkQueue(scale: ScaleModel | undefined, broker: RabbitMqModel, log: ProblemLog): void {
  if (scale?.on?.kind !== 'queue-length') return;
  const { queue } = scale.on;
  const queues = broker.queues.flatMap(({ name, deadLetter }) => [
    name,
    ...(deadLetter === undefined ? [] : [deadLetter]),
  ]);
  if (queues.includes(queue)) return;
  const near = nearest(queue, queues);
  const known = queues.join(', ') || 'none';
  const found = `scale.on counts ${describe(queue)}, which is no queue of ${broker.name}`;
  log.error(
    'TriggerInvalid',
    found,
    near === undefined ? `Declare it; there is ${known}` : `Write ${near}`,
  );
}

/** More consumers than partitions would have nothing to read, and KEDA starts none. */
function checkPartitions(scale: ScaleModel | undefined, partitions: number, log: ProblemLog): void {
  if (scale?.on?.kind !== 'consumer-lag' || scale.max <= partitions) return;
  const found = `scale.max is ${scale.max}, and ${scale.on.service} has ${partitions} partitions, each read by one replica of a group`;
  const fix = `Set scale.max to ${partitions} or less, or give the topic ${scale.max} partitions`;
  log.error('TriggerInvalid', found, fix);
}
