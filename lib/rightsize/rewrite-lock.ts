import { cores, mebibytes, type ApplicationModel, type EnvironmentModel } from '../foundation';
import {
  entriesOf,
  entryOf,
  intactEntry,
  isIntact,
  sealed,
  type LockAddress,
  type LockedApplication,
  type LockEntry,
  type SizingLock,
} from '../sizing';
import type { SizedApplication, SizedContainer } from './rightsize';
import { sourceText } from './source';
import { daysBetween } from './window';

/** What a run writes into the lock, beside what it measured. */
export interface WrittenBy {
  /** The server without credentials. */
  readonly server: string;
  /** The day of the run, as `2026-11-20`. */
  readonly day: string;
}

/** What became of the lock. */
export interface RewrittenLock {
  readonly lock: SizingLock;
  readonly changes: readonly LockChange[];
}

/** `renewed`: the size is as it was, and what it rests on was old. */
export interface LockChange extends LockAddress {
  readonly change: 'added' | 'changed' | 'renewed' | 'removed';
  /** Whether the entry before was not as it was written. */
  readonly wasTampered?: true;
}

/** After so many days what an entry rests on is written anew, though the size is right: sooner it would only be a diff to read. */
const RENEWED_AFTER_DAYS = 30;

/**
 * The lock after a run: entries of what was measured, by what was proposed. Whatever needs no change stays as it is; what a model knows and
 * does not measure (any more) goes. What no model knows stays, since a model may be older than the lock: synthesis finds what is gone.
 */
export function rewriteLock(
  lock: SizingLock,
  models: readonly ApplicationModel[],
  sized: readonly SizedApplication[],
  by: WrittenBy,
): RewrittenLock {
  const changes: LockChange[] = [];
  const asked = models.map((model) => {
    const found = sized.filter(({ application }) => application === model.application);
    return [model.application, rewritten(lock, model, found, by, changes)] as const;
  });
  const all = { ...lock.applications, ...Object.fromEntries(asked) };
  const applications = Object.fromEntries(
    Object.entries(all).filter(([, entries]) => Object.keys(entries).length > 0),
  );
  return { lock: { ...lock, applications }, changes };
}

function rewritten(
  lock: SizingLock,
  { application, workloads }: ApplicationModel,
  sized: readonly SizedApplication[],
  by: WrittenBy,
  changes: LockChange[],
): LockedApplication {
  const before = Object.entries(entriesOf(lock, application));
  const entries = new Map(before.map(([name, containers]) => [name, { ...containers }]));
  for (const { name: workload, containers } of workloads) {
    const kept = new Map(Object.entries(entries.get(workload) ?? {}));
    for (const { name: container, measured } of containers) {
      const address = { application, workload, container };
      const old = entryOf(lock, address);
      const written = measured && tryEntry(lock, sized, address, by);
      if (written) {
        kept.set(container, written);
        changes.push({ ...address, ...changeOf(address, old, written) });
      } else if (!measured && kept.delete(container)) {
        changes.push({ ...address, change: 'removed' });
      }
    }
    entries.set(workload, Object.fromEntries(kept));
  }
  return Object.fromEntries([...entries].filter(([, kept]) => Object.keys(kept).length > 0));
}

function changeOf(
  address: LockAddress,
  old: LockEntry | undefined,
  written: LockEntry,
): Pick<LockChange, 'change' | 'wasTampered'> {
  if (!old) return { change: 'added' };
  if (!isIntact(address, old)) return { change: 'changed', wasTampered: true };
  return { change: isSameSize(old, written) ? 'renewed' : 'changed' };
}

const isSameSize = (one: LockEntry, other: LockEntry): boolean =>
  JSON.stringify(sizeOf(one)) === JSON.stringify(sizeOf(other));

const sizeOf = ({ request, limit, autoscaler, tier, rule }: LockEntry): unknown => [
  ...[request.cpu, request.memory, limit.memory, tier, rule],
  ...[autoscaler?.declaredCpuPercent, autoscaler?.targetCpuPercent],
];

/** The entry that a container gets; undefined where what there is, or is not, may stay. */
function tryEntry(
  lock: SizingLock,
  sized: readonly SizedApplication[],
  address: LockAddress,
  by: WrittenBy,
): LockEntry | undefined {
  for (const application of sized) {
    const found = application.containers.find(
      ({ workload, container }) => workload === address.workload && container === address.container,
    );
    const entry = found && writtenEntry(found, application, by);
    if (!entry) continue;
    const old = intactEntry(lock, address);
    const isOld = old !== undefined && daysBetween(old.date, by.day) >= RENEWED_AFTER_DAYS;
    return old && isSameSize(old, entry) && !isOld ? undefined : entry;
  }
  return undefined;
}

/** What is not known well enough to change a size is not known well enough to write it down. */
function writtenEntry(
  { proposal, subject, ...address }: SizedContainer,
  { environment, namespace }: SizedApplication,
  { server, day }: WrittenBy,
): LockEntry | undefined {
  const { evidence, state, cpu, memory, rule, memoryLimit } = proposal;
  const isChange = state === 'grow' || state === 'shrink' || state === 'mixed';
  if (!evidence || (!isChange && state !== 'keep' && !subject.previous)) return undefined;
  if (state === 'insufficient-data') return undefined;
  const { application, workload, container } = address;
  const autoscaler = autoscalerOf(subject, proposal.targetCpuPercent);
  return sealed(
    { application, workload, container },
    {
      request: { cpu: cores(cpu.request), memory: mebibytes(memory.request) },
      limit: { memory: mebibytes(memoryLimit) },
      ...(autoscaler && { autoscaler }),
      tier: subject.tier,
      rule,
      evidence,
      source: sourceText(server, environment, namespace),
      date: day,
    },
  );
}

/** What was declared is known by the lock, where that changed what the model has. */
function autoscalerOf(
  { hpa, previous }: SizedContainer['subject'],
  target: number | undefined,
): LockEntry['autoscaler'] {
  if (!hpa || target === undefined) return undefined;
  const before = previous?.autoscaler;
  const isLocked = before?.targetCpuPercent === hpa.targetCpuPercent;
  const declaredCpuPercent = isLocked ? before.declaredCpuPercent : hpa.targetCpuPercent;
  return declaredCpuPercent === target
    ? undefined
    : { declaredCpuPercent, targetCpuPercent: target };
}

/** The environment whose use sizes are made of: the one named, else the only one of stage `prod`, else the last. */
export function environmentOf(
  { environments }: ApplicationModel,
  name: string | undefined,
): EnvironmentModel | undefined {
  if (name !== undefined) return environments.find((each) => each.name === name);
  const [prod, second] = environments.filter(({ stage }) => stage === 'prod');
  return second ? undefined : (prod ?? environments.at(-1));
}
