import { createHash } from 'node:crypto';
import type { ServiceRequest } from '../../../backing-service';

const HASH = 8;

type Place = Pick<ServiceRequest, 'application' | 'environment' | 'service'>;

/**
 * A name that is unique in an account, and readable: `shop-orders-db-prod`. Where it is too long, or a part cannot be written, it ends in a
 * hash of the parts: the same parts always give the same name.
 */
export function cloudName(
  { application, environment, service }: Place,
  longest: number,
  ...more: readonly string[]
): string {
  const parts = [application, service.name, environment, ...more];
  const name = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/-$/, '');
  if (name.length <= longest && name === parts.join('-')) return name;
  return `${name.slice(0, longest - HASH - 1).replace(/-$/, '')}-${hashOf(parts)}`;
}

/** The first digits of a SHA-256 over parts that cannot run into each other. */
const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, HASH);
