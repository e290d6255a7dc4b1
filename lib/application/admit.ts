import type { Construct } from 'constructs';
import { declaredAt } from './declared';
import { describe, isDnsLabel, ProblemLog, type Captured, type Problem } from '../foundation';

/**
 * The id under which a construct can be placed. `constructs` throws on an empty or taken id from inside `super()`, where nothing can be
 * collected; so a free one is taken, and {@link checkId} reports it at synthesis.
 */
export function admit(scope: Construct, id: unknown): string {
  const wanted = typeof id === 'string' && id !== '' ? id : 'unnamed';
  const isFree = (candidate: string): boolean =>
    !isKept(candidate) && scope.node.tryFindChild(candidate.replaceAll('/', '--')) === undefined;
  if (isFree(wanted)) return wanted;
  let suffix = 2;
  while (!isFree(`${wanted}~${suffix}`)) suffix++;
  return `${wanted}~${suffix}`;
}

/** `constructs` looks children up in a plain object, where names such as `constructor` are taken from the start. */
const isKept = (id: string): boolean => id in Object.prototype;

/** Reports an id that was not free, or that cannot be the name of an object. */
export function checkId(
  construct: Construct,
  id: unknown,
  source: Captured,
  longest: number,
): readonly Problem[] {
  const log = new ProblemLog(construct.node.path, source);
  const isTaken = typeof id === 'string' && !isKept(id) && construct.node.id.startsWith(`${id}~`);
  if (isTaken) {
    const other = construct.node.scope?.node.tryFindChild(id);
    const found = `the scope has another construct named '${id}'${declaredAt(other)}`;
    log.error('IdTaken', found, 'Give it an id of its own');
  } else if (typeof id === 'string' && isKept(id)) {
    log.error('IdInvalid', `the id is '${id}', which JavaScript keeps`, 'Give it another id');
  } else if (typeof id !== 'string' || !isDnsLabel(id) || id.length > longest) {
    const fix = `Use at most ${longest} small letters, digits and -, beginning with a letter`;
    log.error('IdInvalid', `the id is ${describe(id)}`, fix);
  }
  return log.problems;
}
