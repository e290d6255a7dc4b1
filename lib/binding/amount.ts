import { cores, mebibytes } from '../foundation';

const NANOS_OF_MILLI = 1_000_000n;
const NANOS = 1_000_000_000n;

const up = (amount: bigint, unit: bigint): number => Number((amount + unit - 1n) / unit);

/** Billionths of a core as a quantity. */
export const coresOf = (nanos: bigint): string => cores(up(nanos, NANOS_OF_MILLI) / 1000);

/** Billionths of a byte as a quantity. */
export const mebibytesOf = (nanos: bigint): string => mebibytes(up(nanos, NANOS));
