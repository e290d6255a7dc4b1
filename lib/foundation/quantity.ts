const QUANTITY = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\d+))?$/;

/** Powers of ten. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** Powers of two. */
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
};
const NANO = 9;
const ONE = 10n ** BigInt(NANO);
/** Kubernetes cuts amounts with a binary suffix off here, and no others. */
const LARGEST_BINARY = (2n ** 63n - 1n) * ONE;
/** Beyond so many digits, amounts are taken for one another: telling them apart would only cost. */
const MOST_DIGITS = 64;
const LARGEST = 10n ** BigInt(MOST_DIGITS + NANO);

/**
 * Reads a Kubernetes quantity such as `250m`, `1.5`, `1e3` or `512Mi`, exactly, in billionths; undefined when it is none. As in
 * Kubernetes, smaller parts are rounded away from zero. A suffix without a number, which Kubernetes takes for 0, is none here.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityNanos(text: string): bigint | undefined {
  const match = text.length <= 4 * MOST_DIGITS ? QUANTITY.exec(text) : null;
  if (!match) return undefined;
  const [, sign = '', number = '', suffix = '', exponent = '0'] = match;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(whole + fraction) << (BINARY[suffix] ?? 0n);
  const power = NANO - fraction.length + (DECIMAL[suffix] ?? 0) + Number(exponent);
  const most = suffix in BINARY ? LARGEST_BINARY : LARGEST;
  const amount = scaled(digits, power, most);
  return sign === '-' ? -amount : amount;
}

function scaled(digits: bigint, power: number, most: bigint): bigint {
  if (digits === 0n) return 0n;
  if (power > MOST_DIGITS + NANO) return most;
  if (power < -5 * MOST_DIGITS) return 1n;
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  const amount = power < 0 ? (digits + divisor - 1n) / divisor : digits * 10n ** BigInt(power);
  return amount > most ? most : amount;
}

/** Reads a Kubernetes quantity as a number; undefined when it is none. */
export function tryParseQuantity(text: string): number | undefined {
  const nanos = quantityNanos(text);
  // In two parts: as a number, so many billionths would lose the last digits of whole amounts.
  return nanos === undefined ? undefined : Number(nanos / ONE) + Number(nanos % ONE) / Number(ONE);
}

const MEBIBYTE = 2 ** 20;

/** Bytes as mebibytes, rounded up: the unit in which people read memory and disk. */
export function mebibytes(bytes: number): string {
  const whole = Math.ceil(bytes / MEBIBYTE);
  return whole % 1024 === 0 ? `${whole / 1024}Gi` : `${whole}Mi`;
}

/** Cores as Kubernetes prints them: whole cores plain, the rest in thousandths, rounded up. */
export function cores(count: number): string {
  const milli = Math.ceil(Number((count * 1000).toFixed(6)));
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}
