import { createHash } from 'node:crypto';
import type { Evidence } from './evidence';
import type { ExactSize } from './size';
import type { Tier } from './tier';

/** The size of one container as it was measured, and what it rests on. */
export interface LockEntry {
  /** What it requests. */
  readonly request: ExactSize;
  /** The limit of memory, which is the request; that of CPU follows from the request by the platform's rule. */
  readonly limit: { readonly memory: string };
  /** What its autoscaler aims for, so that it scales at the use at which it did before; absent where what was declared does so. */
  readonly autoscaler?: { readonly declaredCpuPercent: number; readonly targetCpuPercent: number };
  readonly tier: Tier;
  /** The rule in words, as `ruleText` writes it. */
  readonly rule: string;
  readonly evidence: Evidence;
  /** The server, the environment and the namespace that were asked, without credentials. */
  readonly source: string;
  /** The day on which it was written, as `2026-11-20`. */
  readonly date: string;
  /** `sha256-…` of everything above and of whose it is. */
  readonly integrity: string;
}

/** The entries of one application, by workload and container. */
export type LockedApplication = Readonly<Record<string, Readonly<Record<string, LockEntry>>>>;

/** `sizing.lock.json`: measured sizes by application, workload and container. */
export interface SizingLock {
  readonly version: typeof LOCK_VERSION;
  readonly applications: Readonly<Record<string, LockedApplication>>;
}

export const LOCK_VERSION = 1;

/** A lock without any evidence. */
export const emptyLock: SizingLock = Object.freeze({ version: LOCK_VERSION, applications: {} });

/** Whose an entry is. */
export interface LockAddress {
  readonly application: string;
  readonly workload: string;
  readonly container: string;
}

/** The entries of an application; none where the lock has none. */
export const entriesOf = ({ applications }: SizingLock, application: string): LockedApplication =>
  own(applications, application) ?? {};

/** The entry of a container; undefined where the lock has none. */
export function entryOf(
  lock: SizingLock,
  { application, workload, container }: LockAddress,
): LockEntry | undefined {
  const containers = own(entriesOf(lock, application), workload);
  return containers && own(containers, container);
}

/** The same, where it is as it was written. */
export function intactEntry(lock: SizingLock, address: LockAddress): LockEntry | undefined {
  const entry = entryOf(lock, address);
  return entry && isIntact(address, entry) ? entry : undefined;
}

/** A file may have any names, those of JavaScript's own properties too. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** An entry with its integrity, by which a change by hand or a move to another workload shows. */
export const sealed = (address: LockAddress, entry: Omit<LockEntry, 'integrity'>): LockEntry => ({
  ...entry,
  integrity: integrityOf(address, entry),
});

/** Whether an entry is as it was written. */
export function isIntact(address: LockAddress, entry: LockEntry): boolean {
  const { integrity, ...rest } = entry;
  return integrity === integrityOf(address, rest);
}

function integrityOf(
  { application, workload, container }: LockAddress,
  entry: Omit<LockEntry, 'integrity'>,
): string {
  const text = JSON.stringify([application, workload, container, sorted(entry)]);
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The text of the file: names sorted, so that a change of one size is a change of its lines alone. */
export const renderLock = (lock: SizingLock): string => `${JSON.stringify(named(lock), null, 2)}\n`;

const named = ({ version, applications }: SizingLock): unknown => ({
  version,
  applications: byName(applications, (workloads) =>
    byName(workloads, (containers) => byName(containers, (entry) => entry)),
  ),
});

const byName = <T>(table: Readonly<Record<string, T>>, of: (value: T) => unknown): unknown =>
  Object.fromEntries(
    Object.entries(table)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, of(value)]),
  );

/** The same data with its keys in one order: what a tool reformatted is not changed. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return byName(value as Readonly<Record<string, unknown>>, sorted);
}
