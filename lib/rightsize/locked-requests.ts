import type { ApplicationModel } from '../foundation';
import {
  entryOf,
  isIntact,
  readLock,
  type LockAddress,
  type LockFault,
  type SizingLock,
} from '../sizing';
import type { RequestOf } from './workload-requests';

/** What the containers of an application requested by a lock, or why the lock tells nothing. */
export type LockedRequests =
  | { readonly requestsOf: (application: string) => RequestOf }
  | { readonly faults: readonly LockFault[] };

/**
 * The requests by the text of a lock: the entry of a measured container, its start size where there is none. What is not measured requests
 * what it does now.
 */
export function lockedRequests(
  content: string,
  models: readonly ApplicationModel[],
): LockedRequests {
  const reading = readLock(content);
  if ('faults' in reading) return reading;
  const tampered = tamperedIn(reading.lock, models);
  if (tampered.length > 0) return { faults: tampered.map(tamperedFault) };
  return { requestsOf: (application) => requestBy(reading.lock, application) };
}

const requestBy =
  (lock: SizingLock, application: string): RequestOf =>
  ({ measured, requests, name: container }, { name: workload }) => {
    if (!measured) return requests;
    const entry = entryOf(lock, { application, workload, container });
    return entry ? { ...entry.request } : { ...measured.start };
  };

const tamperedFault = ({ application, workload, container }: LockAddress): LockFault => ({
  found: `has an entry of ${application}/${workload}/${container} that was changed after it was written`,
  fix: 'Take the file from version control as it was',
});

/** The measured containers whose entries are not as they were written. */
export const tamperedIn = (
  lock: SizingLock,
  models: readonly ApplicationModel[],
): readonly LockAddress[] =>
  models.flatMap(addressesIn).filter((address) => {
    const entry = entryOf(lock, address);
    return entry !== undefined && !isIntact(address, entry);
  });

const addressesIn = ({ application, workloads }: ApplicationModel): readonly LockAddress[] =>
  workloads.flatMap(({ name: workload, containers }) =>
    containers
      .filter(({ measured }) => measured !== undefined)
      .map(({ name: container }) => ({ application, workload, container })),
  );
