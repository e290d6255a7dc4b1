import type { PhaseOneFile } from '../application';
import type { Environment } from '../environment';
import { isPresent, type Bound } from './bound';

/** Whether the workload of a phase-1 file exists in an environment. */
export const isPresentIn = ({ workload }: PhaseOneFile, environment: Environment): boolean =>
  workload === undefined || isPresent(workload, environment);

/** The phase-1 files that stand here. */
export const standingFiles = ({ phaseOne, environment }: Bound): readonly PhaseOneFile[] =>
  phaseOne.files.filter(
    (file) =>
      isPresentIn(file, environment) && (file.facet === undefined || environment.has(file.facet)),
  );
