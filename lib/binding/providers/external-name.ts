import { createHash } from 'node:crypto';
import type { ServiceRequest } from '../../backing-service';

const HASH = 8;

/** What a cloud asks of a name. */
export interface NameRule {
  /** How many characters it may have. */
  readonly longest: number;
  /** What is unique among all customers of the cloud, such as the project: for names that all customers share. */
  readonly account?: string;
}

/**
 * The name of a service in a cloud: `<application>-<id>-<environment>`. A hash follows where that is too long, where the names of others
 * could be written alike (`shop-a` with `db`, and `shop` with `a-db`), where a cloud would not take it as it is, and where all customers of
 * the cloud share the names.
 */
export function externalName(
  { application, environment, service }: ServiceRequest,
  { longest, account }: NameRule,
): string {
  const parts = [application, service.name, environment];
  const plain = parts.join('-');
  // Neither RDS nor Azure takes two hyphens in a row.
  const readable = plain.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const isAmbiguous = application.includes('-') || environment.includes('-');
  const isPlain = readable === plain && plain.length <= longest && !isAmbiguous;
  if (isPlain && account === undefined) return plain;
  const hash = createHash('sha256')
    .update(JSON.stringify([...parts, account ?? '']))
    .digest('hex')
    .slice(0, HASH);
  return `${readable.slice(0, longest - HASH - 1).replace(/-$/, '')}-${hash}`;
}
