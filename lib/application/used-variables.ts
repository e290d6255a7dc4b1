import {
  isBackingService,
  ProblemLog,
  type BackingService,
  type Dependency,
  type EnvValue,
} from '../foundation';
import { isTarget, resolveLater } from './wiring';

/** A backing service and its place in `uses`. */
interface Used {
  readonly index: number;
  readonly service: BackingService;
}

/** The conventional variables of the backing services in `uses`, without those that a container gives itself. */
export function usedVariables(
  uses: readonly Dependency[],
  log: ProblemLog,
): Readonly<Record<string, EnvValue>> {
  const used = uses.flatMap((use, index): readonly Used[] => {
    // What cannot be resolved is reported with the edges.
    const service = resolveLater(use, `uses[${index}]`, new ProblemLog(''), isTarget);
    return isBackingService(service) ? [{ index, service }] : [];
  });
  used.forEach((each, position) => {
    checkClash(each, used.slice(0, position), log);
  });
  return Object.fromEntries(used.flatMap(({ service }) => Object.entries(service.variables)));
}

/** Reports once what one service brings and an earlier one has brought. */
function checkClash({ index, service }: Used, before: readonly Used[], log: ProblemLog): void {
  const { name } = service.backing;
  const brings = ({ service: { variables } }: Used): readonly string[] =>
    Object.keys(service.variables).filter((variable) => Object.hasOwn(variables, variable));
  const other = before.find((each) => brings(each).length > 0);
  if (!other) return;
  const { backing } = other.service;
  if (backing.name === name && backing.application === service.backing.application) {
    log.error('EnvNameTaken', `uses names ${name} twice`, 'Remove one');
    return;
  }
  const found = `uses[${index}] (${name}) brings ${brings(other).join(', ')}, as uses[${other.index}] (${backing.name}) does`;
  const fix = 'Take one of them out of uses, and give its keys in env, under names of your own';
  log.error('EnvNameTaken', found, fix);
}
