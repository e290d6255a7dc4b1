import {
  custom,
  either,
  fields,
  integer,
  isBag,
  isScaleTrigger,
  isServiceReference,
  optional,
  text,
  type Fields,
  type Shape,
} from '../foundation';

const MOST = 10_000;
const trigger = custom(
  isScaleTrigger,
  "broker.queue('…').length(…) or topic.lag({ group, perReplica })",
);

const common = {
  // What it is was looked at to choose the shape.
  trigger: custom(() => true, trigger.give),
  reference: custom(isServiceReference, 'a backing service'),
  perReplica: integer(
    1,
    1_000_000_000,
    'how many messages one replica takes, a whole number from 1',
  ),
};
const queueLength = fields({ ...common, queue: text('the name of a queue') }, trigger.give);
const consumerLag = fields(
  {
    ...common,
    group: text('the consumer group, of letters, digits, dots, _ and -', (value) =>
      /^[A-Za-z0-9._-]{1,249}$/.test(value),
    ),
    offsetReset: custom(
      (value) => value === 'latest' || value === 'earliest',
      "'latest' or 'earliest'",
    ),
  },
  trigger.give,
);
const triggerShape = either((value) => {
  if (!isScaleTrigger(value)) return trigger;
  return value.trigger === 'queue-length' ? queueLength : consumerLag;
}, trigger.give);

function scaleFields(value: unknown, isOfWorker: boolean): Fields {
  const isIdle = isOfWorker && isBag(value) && value.on !== undefined;
  const needs = isOfWorker ? '; 0 needs scale.on' : '';
  const min = isIdle
    ? integer(0, MOST, 'a number of replicas from 0')
    : integer(1, MOST, `a number of replicas from 1${needs}`);
  return fields(
    {
      min,
      max: integer(1, MOST, 'a number of replicas from 1'),
      targetCpuPercent: optional(integer(1, 100, 'a percentage from 1 to 100')),
      ...(isOfWorker && { on: optional(triggerShape) }),
    },
    '{ min, max }',
  );
}

const shapeOf = (isOfWorker: boolean): Shape => ({
  give: '{ min, max }',
  check: (value, path, log) => {
    scaleFields(value, isOfWorker).check(value, path, log);
    if (!isBag(value) || typeof value.min !== 'number' || typeof value.max !== 'number') return;
    if (value.min <= value.max) return;
    const found = `${path}.min is ${value.min}, above ${path}.max ${value.max}`;
    log.error('ScaleInverted', found, `Set ${path}.max to ${value.min} or more`);
  },
});

/** Replica bounds, and the use of CPU that is aimed for. */
export const scaleShape = shapeOf(false);

/** The same, or the messages that wait. */
export const workerScaleShape = shapeOf(true);
