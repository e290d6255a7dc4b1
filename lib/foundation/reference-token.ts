// Letters, digits and _ alone, so that a marker survives JSON.stringify and URL encoding; letter case does not matter.
const OPEN = 'golden_path_reference_';
const CLOSE = '__';

/** The marker of a reference. What it is made of is checked where it is used, so it may be anything. */
export function token(data: object): string {
  try {
    return `${OPEN}${Buffer.from(JSON.stringify(data)).toString('hex')}${CLOSE}`;
  } catch {
    return `${OPEN}${CLOSE}`;
  }
}
