import { amplifications } from '../../dependency';
import type { Problem } from '../../foundation';
import { logOf, nameIn, type Graph } from './graph';

/**
 * The calls that one request may become before it is reported: two services of three attempts reach it, and three of two; two of two do
 * not. What is slow is then kept down by those who retry.
 * @see https://sre.google/sre-book/addressing-cascading-failures/
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
const MOST_CALLS = 8;

/** Reports ways along which retries multiply, at the workload where they begin. */
export function checkRetries({ services, calls }: Graph): readonly Problem[] {
  return amplifications(calls, MOST_CALLS).flatMap(({ path, attempts, factor }) => {
    const [start = '', ...steps] = path;
    const service = services.get(start);
    if (!service) return [];
    const name = (id: string): string => nameIn(service, id);
    const way = steps.map((id, step) => ` -> ${name(id)} (${attemptsText(attempts[step])})`);
    const found = `one request may become ${factor} calls of ${name(path.at(-1) ?? '')}: ${name(start)}${way.join('')}`;
    const fix =
      attempts.length === 1
        ? `Give call(${name(path.at(-1) ?? '')}) fewer attempts`
        : 'Retry at one of them, and give the others attempts: 1';
    const log = logOf(service);
    log.warning('RetriesMultiply', found, fix);
    return log.problems;
  });
}

const attemptsText = (count = 1): string => (count === 1 ? '1 attempt' : `${count} attempts`);
