/** How much of one resource a container used: cores, or bytes of its working set. */
export interface Usage {
  readonly p50: number;
  readonly p95: number;
  readonly p98: number;
  readonly p99: number;
  readonly max: number;
  /** The most while it started; absent where no start was seen. */
  readonly startup?: number;
}

/** What was measured of a container, over all its pods. */
export interface Evidence {
  /** The first and the last day of the window, in UTC, as `2026-11-06`. */
  readonly from: string;
  readonly to: string;
  /** Samples of CPU use. */
  readonly samples: number;
  /** Runs that were seen, of what runs to its end. */
  readonly runs?: number;
  /** In cores, over some minutes each. */
  readonly cpu: Usage;
  /** In bytes. */
  readonly memory: Usage;
  readonly oomKills: number;
  /** The share of the periods of its CPU limit in which it was held back. */
  readonly throttled: number;
  /** The share of the window's samples of CPU use above the request. */
  readonly above: number;
  /** The share of the last days' samples above what the days before them would have requested; absent with too few days. */
  readonly heldOut?: number;
}
