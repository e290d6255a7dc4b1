import * as path from 'node:path';
import { describe, type ApplicationModel } from '../foundation';
import type { SizedApplication } from '../rightsize';
import type { LockAddress, SizingLock } from '../sizing';
import { UsageError } from './exit-code';
import { isAnew, type WrittenLock } from './sizes-report';

/** Refuses an answer in which nothing was seen: that all is right would be no news then. @throws UsageError that names each application */
export function checkSeen(sized: readonly SizedApplication[], server: string, lock: string): void {
  const unseen = sized.filter(isUnseen);
  if (unseen.length === 0) return;
  const others = sized.length > unseen.length ? '; --application asks about the others alone' : '';
  const lines = unseen.map(
    ({ application, namespace }) =>
      `${application}: ${server} knows no pods of namespace ${namespace}. Check --selector, the tenant and whether it is deployed${others}.`,
  );
  throw new UsageError([...lines, `${lock} is as it was.`].join('\n'));
}

/** Whether something was asked about, and no pod of it was found. */
const isUnseen = ({ containers, pods }: SizedApplication): boolean =>
  containers.length > 0 && pods.all === 0;

export const addressText = ({ application, workload, container }: LockAddress): string =>
  `${application}/${workload}${workload === container ? '' : `/${container}`}`;

/** What else there is to say of the lock, a line each. */
export function lockNotes(
  models: readonly ApplicationModel[],
  lock: SizingLock,
  result: WrittenLock,
): readonly string[] {
  const { file, written, changes, tampered } = result;
  const lockless = models.filter(
    ({ application, sizingLock }) =>
      sizingLock === undefined && Object.hasOwn(lock.applications, application),
  );
  return [
    ...tampered.map((address) =>
      written && isAnew(result, address)
        ? `${addressText(address)}: its entry was changed by hand, and is written anew.`
        : `${addressText(address)}: its entry in ${file} was changed by hand. ${REPAIR}.`,
    ),
    ...changes
      .filter(({ change }) => change === 'removed' && written)
      .map(
        (address) =>
          `${addressText(address)}: its size is written down, so its entry is removed; measured again, it begins at its start size.`,
      ),
    ...(written ? lockless : []).map(
      ({ application }) =>
        `${application} has no sizingLock: its sizes stay what they start with. Give it sizingLock: path.join(__dirname, ${describe(path.basename(file))}).`,
    ),
  ];
}

const REPAIR =
  'Restore it from version control, or let golden-path rightsize write it anew, which takes enough data';
