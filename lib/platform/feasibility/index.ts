import type { PhaseOne } from '../../application';
import type { Problem } from '../../foundation';
import { checkObjectives } from './check-objectives';
import { checkRetries } from './check-retries';
import { checkSoft } from './check-soft';
import { checkTimeouts } from './check-timeouts';
import { graphOf } from './graph';

/**
 * Reports what the applications of a platform promise and cannot keep, as far as they say it. All are warnings: a dependency may be better
 * than it promises. An application with errors is left out, and so is one of another repository: of them nothing is known.
 */
export function checkFeasibility(applications: readonly PhaseOne[]): readonly Problem[] {
  const graph = graphOf(applications.filter(isSound));
  return [checkObjectives, checkTimeouts, checkRetries, checkSoft].flatMap((check) => check(graph));
}

const isSound = ({ problems }: PhaseOne): boolean =>
  !problems.some(({ severity }) => severity === 'error');
