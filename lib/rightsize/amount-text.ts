import type { NanoAmounts } from './workload-requests';

const NANOS = 1_000_000_000n;
const MEBIBYTE = NANOS * 2n ** 20n;
const GIBIBYTE = MEBIBYTE * 1024n;

const up = (amount: bigint, unit: bigint): number => Number((amount + unit - 1n) / unit);

/** Cores for people: two digits behind the point below one core, one above, rounded up. */
export function coresText(nanos: bigint): string {
  const count = nanos < NANOS ? up(nanos * 100n, NANOS) / 100 : up(nanos * 10n, NANOS) / 10;
  return String(count);
}

/** Memory for people: whole mebibytes below one gibibyte, tenths of gibibytes above, rounded up. */
export const memoryText = (nanos: bigint): string =>
  nanos < GIBIBYTE ? `${up(nanos, MEBIBYTE)}Mi` : `${up(nanos * 10n, GIBIBYTE) / 10}Gi`;

const range = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`);

/** `6 to 18 cores, 12Gi to 40Gi`. */
export function amountsText(least: NanoAmounts, most: NanoAmounts = least): string {
  const cores = range(coresText(least.cpu), coresText(most.cpu));
  const memory = range(memoryText(least.memory), memoryText(most.memory));
  return `${cores} ${cores === '1' ? 'core' : 'cores'}, ${memory}`;
}
