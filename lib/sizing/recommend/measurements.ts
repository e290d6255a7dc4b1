import type { Runtime } from '../../foundation';
import type { LockEntry } from '../lock';
import type { Tier } from '../tier';

/** CPU in cores and memory in bytes. */
export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
}

/** The container that is sized, as it is now. */
export interface SizingSubject {
  /** `run` for what runs to its end: a Job or a CronJob, of which each pod is one observation. */
  readonly kind: 'running' | 'run';
  readonly tier: Tier;
  /** What it requests now. */
  readonly request: Amounts;
  /** The limit of memory now, in bytes. */
  readonly memoryLimit: number;
  /** Who is asked about which place, in the words of the lock: what the lock says of another one tells nothing. */
  readonly source: string;
  /** What the lock says of it now; absent while it has its start size. */
  readonly previous?: LockEntry;
  /** What its autoscaler aims for now, in percent of the CPU request; absent where no environment scales it on CPU. */
  readonly hpa?: { readonly targetCpuPercent: number };
  readonly runtime?: Runtime;
}

/** One point of a quantile function: the share `quantile` (0 to 1) of the samples is at most `value`. */
export interface QuantilePoint {
  readonly quantile: number;
  readonly value: number;
}

/** What one pod used on one day. */
export interface PodDay {
  /** The day in UTC, as `2026-11-06`. */
  readonly day: string;
  readonly pod: string;
  /** Samples of CPU use. */
  readonly samples: number;
  /**
   * CPU use in cores, over some minutes a sample, at any set of quantiles in any order; 0.5, 0.9, 0.95, 0.98, 0.99 and 1 serve well.
   * Empty where none was measured.
   */
  readonly cpu: readonly QuantilePoint[];
  /** The largest working set in bytes; absent where none was measured. */
  readonly memoryMax?: number;
}

/** How often memory ran out. */
export interface Kills {
  readonly kills: number;
  /** The highest limit in bytes at which one happened. @default - the limit of now */
  readonly limit?: number;
  /** The days on which they happened, sorted, as far as they are known. */
  readonly days?: readonly string[];
}

/** What was measured of one container over a window of whole days. */
export interface Measurements {
  /** The first and the last day of the window, in UTC, as `2026-11-06`. */
  readonly from: string;
  readonly to: string;
  /** The days of the window on which it was measured from beginning to end, whichever of its pods ran. Of no matter for runs. */
  readonly wholeDays: readonly string[];
  /** In any order. */
  readonly podDays: readonly PodDay[];
  /** The working set in bytes over the window and all pods, for the record: what is proposed follows from the maxima. */
  readonly memory: readonly QuantilePoint[];
  /** The most while a pod started: cores as an average over some minutes, bytes. */
  readonly startup?: Partial<Amounts>;
  /** Whether it is known without them that the maxima of memory include a start. @default false */
  readonly started?: boolean;
  /** Kills for want of memory. */
  readonly oom?: Kills;
  /** The share of the periods of its CPU limit in which it was held back. @default 0 - no limit, or not measured */
  readonly throttled?: number;
  /** The most that its runtime held in use after a collection, on the heap and beside it, in bytes; absent without runtime metrics. */
  readonly liveHeap?: number;
  /** Whether the window overlaps an incident, whose days are then left out of `podDays` and `wholeDays`. @default false */
  readonly incident?: boolean;
}
