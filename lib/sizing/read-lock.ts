import {
  custom,
  fields,
  integer,
  isBag,
  ProblemLog,
  reasonOf,
  optional,
  table,
  text,
  type Shape,
} from '../foundation';
import { LOCK_VERSION, type SizingLock } from './lock';
import { exactShape } from './size';
import { isTier, tiers } from './tier';

/** What is wrong with a lock file, and what to do about it. */
export interface LockFault {
  readonly found: string;
  readonly fix: string;
}

/** A lock file as it was read. */
export type LockReading = { readonly lock: SizingLock } | { readonly faults: readonly LockFault[] };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (give: string): Shape => text(give, (value) => DAY.test(value));
/** Written by the library, and what nobody reads at synthesis stays unread: its integrity tells whether it was changed. */
const unread = custom(() => true, '');

const entryShape = fields(
  {
    request: exactShape,
    limit: unread,
    autoscaler: optional(
      fields(
        {
          declaredCpuPercent: integer(1, 100, 'a percentage from 1 to 100'),
          targetCpuPercent: integer(1, 100, 'a percentage from 1 to 100'),
        },
        '{ declaredCpuPercent, targetCpuPercent }',
      ),
    ),
    tier: custom(isTier, `one of ${tiers.join(', ')}`),
    rule: unread,
    evidence: custom(
      (value) => isBag(value) && typeof value.to === 'string' && DAY.test(value.to),
      'what was measured, with its last day',
    ),
    source: unread,
    date: day('a day such as 2026-11-20'),
    integrity: text('the integrity that golden-path rightsize wrote'),
  },
  'an entry that golden-path rightsize wrote',
);

const lockShape = fields(
  {
    version: custom((value) => value === LOCK_VERSION, `version ${LOCK_VERSION}`),
    applications: table(
      table(table(entryShape, 'entries by container'), 'workloads by name'),
      'applications by name',
    ),
  },
  'a sizing lock',
);

const RESTORE = 'Restore it from version control, or let golden-path rightsize write it anew';

/** Reads the text of a lock file. Says all that is wrong with its form; whether entries are intact is asked of each. */
export function readLock(content: string): LockReading {
  if (/^<{7} /m.test(content)) {
    const fix = 'Take one side of each entry as a whole, then run golden-path rightsize';
    return { faults: [{ found: 'holds the marks of a merge conflict', fix }] };
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { faults: [{ found: `is no JSON: ${reasonOf(error)}`, fix: RESTORE }] };
  }
  const log = new ProblemLog('');
  if (isBag(value)) lockShape.check(value, '', log);
  else log.error('PropInvalid', 'it is no object', RESTORE);
  if (log.errors === 0) return { lock: value as SizingLock };
  return { faults: log.problems.map(({ found, fix }) => ({ found: `is wrong: ${found}`, fix })) };
}
