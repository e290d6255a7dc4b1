import type { PhaseOneFile } from '../application';
import type { Environment } from '../environment';
import { isPresent, type Bound } from './bound';
import { isHost } from './signals';

/** Whether the workload of a phase-1 file exists in an environment. */
export const isPresentIn = ({ workload }: PhaseOneFile, environment: Environment): boolean =>
  workload === undefined || isPresent(workload, environment);

/** The phase-1 files that stand here. */
export const standingFiles = (bound: Bound): readonly PhaseOneFile[] =>
  bound.phaseOne.files.filter((file) => {
    if (!isPresentIn(file, bound.environment)) return false;
    if (file.facet === 'signals') return isHost(file, bound);
    return file.facet === undefined || bound.environment.has(file.facet);
  });
