import { createHash } from 'node:crypto';

const LONGEST = 63;
const HASH = 8;

/** A readable volume name, with a hash of `exact` where it is too long. */
export const volumeName = (readable: string, exact: string): string =>
  readable.length <= LONGEST ? readable : hashedName(readable, exact);

/** A volume name that a hash of `exact` keeps apart from others that read the same. */
export function hashedName(readable: string, exact: string): string {
  const hash = createHash('sha256').update(exact).digest('hex').slice(0, HASH);
  return `${readable.slice(0, LONGEST - HASH - 1).replace(/-+$/, '')}-${hash}`;
}
