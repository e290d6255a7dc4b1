/** How much of one resource a container used: cores, or bytes of its working set. */
export interface Usage {
  readonly p50: number;
  readonly p95: number;
  readonly p98: number;
  readonly p99: number;
  readonly max: number;
  /** The most while it started: as it was measured, or as the entry before knew it; absent where no start was seen. */
  readonly startup?: number;
}

/** Where and when memory ran out. */
export interface KillEvidence {
  /** The highest limit in bytes at which it was killed. */
  readonly limit: number;
  /** The last day on which it was, in UTC, as `2026-11-12`; the last of the window where nobody knows. */
  readonly day: string;
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
  /** The last kill for want of memory, as it was measured or as the entry before knew it: for 90 days. Absent without one. */
  readonly kill?: KillEvidence;
  /** The share of the periods of its CPU limit in which it was held back. */
  readonly throttled: number;
  /** The share of the window's samples of CPU use above the request. */
  readonly above: number;
  /** The share of the last days' samples above what the days before them would have requested; absent with too few days. */
  readonly heldOut?: number;
  /** What the rule asks for in the end, where a bounded step grows to less: cores, bytes. */
  readonly wanted?: { readonly cpu?: number; readonly memory?: number };
}
