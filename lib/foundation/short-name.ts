import { createHash } from 'node:crypto';

/** A name of at most `longest` characters: itself, or its beginning and a hash of the whole, the same every time. */
export function shortName(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - 9).replace(/[-.]+$/, '')}-${hash}`;
}
