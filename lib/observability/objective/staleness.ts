import type { SeriesContent } from '../../foundation';
import { durationText } from '../duration';
import { byNamespace, series, type Labels } from '../promql';

/** A series of a test: its metric and labels, and its values for a while without and with a fault. */
export interface StaleSample {
  readonly metric: string;
  readonly labels: Labels;
  /** What the model says of it. @default it is left out */
  readonly holds?: SeriesContent;
  /** The value at a time, in seconds, when it all becomes too late at `staleFrom`, or up to two steps after it, or never. */
  readonly value: (at: number, staleFrom: number | undefined, step: number) => number;
}

/** Whether work waits for too long. */
export interface Staleness {
  /** 1 for a namespace where it does, 0 where it does not. */
  readonly stale: string;
  /** Something for each namespace in which that can be told; absent where it always can. */
  readonly present?: string;
  /** For how long something has waited before it is late. A test has to wait as long. */
  readonly lookbackSeconds: number;
  readonly samples: readonly StaleSample[];
}

/** How long a signal may be away until a ticket says so. */
export const SIGNAL_LOOKBACK = '30m';

/**
 * A scheduled job is late when its last success, or else its making, is too long ago. A suspended one is not.
 * @see https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/cronjob-metrics.md
 */
export function scheduleStaleness(cronjob: string, withinSeconds: number): Staleness {
  const of = (metric: string): string =>
    byNamespace('max', series({ metric: `kube_cronjob_${metric}`, is: { cronjob } }));
  const last = `(${of('status_last_successful_time')} or ${of('created')})`;
  return {
    stale: `(time() - ${last} > bool ${withinSeconds})\n* on (namespace) (${of('spec_suspend')} == bool 0)`,
    lookbackSeconds: 0,
    samples: [
      {
        metric: 'kube_cronjob_status_last_successful_time',
        labels: { cronjob },
        holds: 'last-success',
        value: (at, staleFrom) => (staleFrom === undefined ? at : staleFrom - withinSeconds),
      },
      { metric: 'kube_cronjob_created', labels: { cronjob }, value: () => -31_536_000 },
      {
        metric: 'kube_cronjob_spec_suspend',
        labels: { cronjob },
        holds: 'suspended',
        value: () => 0,
      },
    ],
  };
}

/** Metrics of what waits, and of what is taken. */
export interface Waiting {
  readonly waiting: string;
  readonly taken: readonly string[];
  readonly labels: Labels;
}

/**
 * What waits in the queue of a broker, by its metrics for each queue; or what a consumer group has yet to read, by those of kafka-exporter.
 * @see https://www.rabbitmq.com/docs/prometheus#detailed-endpoint
 * @see https://github.com/danielqsj/kafka_exporter#metrics
 */
export const waitingFor = (of: { readonly queue: string } | { readonly group: string }): Waiting =>
  'queue' in of
    ? {
        waiting: 'rabbitmq_detailed_queue_messages',
        taken: [
          'rabbitmq_detailed_queue_messages_acked_total',
          'rabbitmq_detailed_queue_messages_delivered_total',
        ],
        labels: { queue: of.queue },
      }
    : {
        waiting: 'kafka_consumergroup_lag',
        taken: ['kafka_consumergroup_current_offset'],
        labels: { consumergroup: of.group },
      };

/** Seconds by namespace: no broker tells the age of the oldest message for all kinds of queues, so it is what waits by what is taken. */
export function ageOfWaiting({ waiting, taken, labels }: Waiting): string {
  const waits = byNamespace('sum', series({ metric: waiting, is: labels }));
  const rates = taken.map((metric) => {
    const rate = byNamespace('sum', `rate(${series({ metric, is: labels })}[5m])`);
    return `(${rate} or 0 * ${waits})`;
  });
  return `${waits} / (${rates.join(' + ')})`;
}

/** It counts only where something has been waiting all the time: five messages that come to an idle queue are not old. */
function waitingStaleness(facts: Waiting, withinSeconds: number): Staleness {
  const { waiting, labels } = facts;
  const all = series({ metric: waiting, is: labels });
  const never = byNamespace('max', `min_over_time(${all}[${durationText(withinSeconds)}])`);
  return {
    stale: `(${ageOfWaiting(facts)} > bool ${withinSeconds})\n* on (namespace) (${never} > bool 0)`,
    lookbackSeconds: withinSeconds,
    present: byNamespace('sum', `present_over_time(${all}[${SIGNAL_LOOKBACK}])`),
    samples: [
      {
        metric: waiting,
        labels,
        holds: 'waiting-messages',
        // Prometheus 3 leaves out the sample with which a window begins, so the first may not fall there.
        value: (at, staleFrom = Infinity, step) =>
          at > staleFrom + step - Math.floor(withinSeconds / step) * step ? 5 : 0,
      },
    ],
  };
}

/** The queue of a broker. */
export const queueStaleness = (queue: string, withinSeconds: number): Staleness =>
  waitingStaleness(waitingFor({ queue }), withinSeconds);

/** All that a consumer group has yet to read. */
export const groupStaleness = (consumergroup: string, withinSeconds: number): Staleness =>
  waitingStaleness(waitingFor({ group: consumergroup }), withinSeconds);
