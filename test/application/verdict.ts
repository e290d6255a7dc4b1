import { ok } from 'node:assert/strict';
import { problemCodes, renderProblem, type Platform, type Problem } from '../../lib';
import { checkSound } from './sound';

/** What JavaScript says when code trips over a value that it did not look at. */
const STUMBLE =
  /Cannot (read|set|convert|mix|destructure|assign|access|write YAML)|is not (a function|iterable|an object|defined|a constructor)|Maximum call stack|Invalid (array length|string length)|Unexpected token/;

/** How often each verdict came, so that a test can see that both do. */
export interface Tally {
  errors: number;
  sound: number;
}

/**
 * Renders a platform. Fails unless it yields either problems, of which an error names the place, or a sound rendering, the same twice.
 * Whoever brings functions that fail on purpose, or objects that no construct made, says so.
 */
export function checkVerdict(
  platform: Platform,
  isPlace: (at: string) => boolean,
  tally: Tally,
  { bringsFunctions = false, isRaw = false } = {},
): void {
  const rendering = platform.render();
  const { problems } = rendering;
  for (const problem of problems) checkProblem(problem, bringsFunctions);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    tally.errors++;
    const places = errors.map(({ at }) => at);
    ok(places.some(isPlace), `no error names the construct: ${places.join(', ')}`);
    return;
  }
  tally.sound++;
  checkSound(rendering, isRaw);
  const again = platform.render();
  ok(again.files.size === rendering.files.size, 'a second rendering has other files');
  for (const [path, text] of again.files) {
    ok(text === rendering.files.get(path), `${path} differs in a second rendering`);
  }
}

function checkProblem(problem: Problem, bringsFunctions: boolean): void {
  const { code, at, found, fix } = problem;
  const line = renderProblem(problem);
  ok(Object.hasOwn(problemCodes, code), `the code ${code} is unknown`);
  ok(at.length > 0 && found.length > 0 && fix.length > 0, `a part is empty: ${line}`);
  ok(!/\p{Cc}|[\u2028\u2029]/u.test(line), `not one line: ${JSON.stringify(line)}`);
  ok(!/\p{Surrogate}/u.test(line), `not well-formed: ${JSON.stringify(line)}`);
  ok(line.length < 3000, `${line.length} characters: ${line.slice(0, 200)}`);
  ok(bringsFunctions || !STUMBLE.test(found.replace(/'(refused|\\.|[^'])*refused'/g, '')), line);
}
