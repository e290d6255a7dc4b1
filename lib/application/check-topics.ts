import { ProblemLog, type Problem } from '../foundation';
import { declaredAt } from './declared';
import type { KnownService } from './resolve-services';

/** Kafka names metrics by topics, with `_` for `.`, and refuses what would then have one name. */
const metricName = (topic: string): string => topic.replaceAll('.', '_');

/** Reports topics of one application that are one topic to Kafka, or that it refuses side by side. */
export function checkTopics(services: ReadonlyMap<string, KnownService>): readonly Problem[] {
  const known = new Map<string, { readonly topic: string; readonly service: KnownService }>();
  return [...services.values()].flatMap((service) => {
    const { model, part } = service;
    if (model?.kind !== 'kafka-topic') return [];
    const { topic } = model;
    const other = known.get(metricName(topic));
    known.set(metricName(topic), other ?? { topic, service });
    if (!other) return [];
    const { construct } = other.service.part;
    const log = new ProblemLog(part.construct.node.path, part.source);
    const what =
      other.topic === topic
        ? `its topic is ${topic}, which is that of ${construct.node.path}`
        : `its topic is ${topic}, which Kafka confuses with ${other.topic} of ${construct.node.path}`;
    log.error('TopologyInvalid', `${what}${declaredAt(construct)}`, 'Give it a topic of its own');
    return log.problems;
  });
}
