import type { RequestSignal } from './signal';
import type { Staleness } from './staleness';

/** What is measured, and how. */
export type Indicator =
  | { readonly kind: 'availability'; readonly signal: RequestSignal }
  | {
      readonly kind: 'latency';
      readonly signal: RequestSignal;
      /** The bucket of the slowest good request, in the unit of the signal. */
      readonly bucket: number;
    }
  | { readonly kind: 'freshness'; readonly staleness: Staleness };
