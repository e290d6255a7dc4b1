import type { MeasuredModel, ProblemLog, ScaleModel } from '../foundation';
import {
  amounts,
  isIntact,
  isMeasured,
  own,
  type ExactSize,
  type Ladder,
  type LockEntry,
  type Size,
} from '../sizing';
import { deleteText, goneText, type LockedWorkload } from './sizing-lock';

/** The size of one container: what it is now, and what it may become. */
export interface ResolvedSize {
  readonly exact: ExactSize;
  /** Absent on sizes that are written down. */
  readonly measured?: MeasuredModel;
}

/** The container whose size is asked for. */
export interface NamedContainer {
  readonly workload: string;
  readonly name: string;
}

/** The size of a container by its prop and the lock's entry. Reports an entry that does not fit. */
export function resolveSize(
  container: NamedContainer,
  size: Size,
  ladder: Ladder,
  locked: LockedWorkload,
  log: ProblemLog,
): ResolvedSize {
  const entry = ownEntry(locked, container.name);
  if (entry) checkEntry(container, size, entry, locked, log);
  if (!isMeasured(size)) return { exact: amounts(size, ladder) };
  const { start, tier } = size.measured;
  return {
    exact: amounts(size, ladder, entry?.request),
    measured: {
      tier,
      start: amounts(start, ladder),
      ...(entry && { evidence: entry.evidence.to }),
    },
  };
}

const ownEntry = ({ entries }: LockedWorkload, name: string): LockEntry | undefined =>
  own(entries, name);

function checkEntry(
  { workload, name }: NamedContainer,
  size: Size,
  entry: LockEntry,
  { file, application }: LockedWorkload,
  log: ProblemLog,
): void {
  const mine = `the entry of container ${name} in ${file}`;
  if (!isIntact({ application, workload, container: name }, entry)) {
    const fix =
      'Restore it from version control, or run golden-path rightsize; a size of your own is Size.of(…)';
    log.error('SizingLockTampered', `${mine} is not what golden-path rightsize wrote`, fix);
  } else if (!isMeasured(size)) {
    const fix = `${deleteText(application, workload, name)}, or make the size Size.measured(…)`;
    log.error('SizingLockStale', `${mine} is of no use: its size is written down`, fix);
  } else if (entry.tier !== size.measured.tier) {
    const found = `${mine} was measured for the tier ${entry.tier}, and its tier is ${size.measured.tier}`;
    log.warning('SizingLockStale', found, 'Run golden-path rightsize, which measures it anew');
  }
}

/** Reports entries of containers that a workload does not have. */
export function checkLockedContainers(
  workload: string,
  containers: readonly { readonly name: string }[],
  { file, application, entries }: LockedWorkload,
  log: ProblemLog,
): void {
  for (const name of Object.keys(entries).filter(
    (each) => !containers.some(({ name }) => name === each),
  )) {
    const found = `${file} has an entry of container '${name}', which the workload does not have`;
    log.error('SizingLockUnknown', found, goneText(application, workload, name));
  }
}

/** The scale with what its autoscaler aims for: as declared, unless requests changed and the scale point is to stay. */
export function atItsScalePoint(
  scale: ScaleModel,
  workload: string,
  locked: LockedWorkload,
  log: ProblemLog,
): ScaleModel {
  const autoscaler = ownEntry(locked, workload)?.autoscaler;
  if (!autoscaler) return scale;
  const { targetCpuPercent: declared } = scale;
  if (autoscaler.declaredCpuPercent === declared) {
    return { ...scale, targetCpuPercent: autoscaler.targetCpuPercent };
  }
  const found = `the entry of container ${workload} in ${locked.file} keeps the scale point of targetCpuPercent ${autoscaler.declaredCpuPercent}, and ${declared} is declared`;
  log.warning('SizingLockStale', found, 'Run golden-path rightsize, which measures it anew');
  return scale;
}
