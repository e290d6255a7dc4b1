import { describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib/foundation';
import { fixtures } from './fixtures';
import { holes } from './fixtures/holes';
import * as objects from './fixtures/objects';
import { bareRules, contextOf, rulesOf, type BareRule } from './judging';

/** What is wrong with the answers of a rule; undefined when it has some. */
function wrong({ expression, message }: BareRule, context: ReturnType<typeof contextOf>) {
  try {
    const verdict = expression(context);
    if (typeof verdict !== 'boolean') return `the expression gives ${typeof verdict}`;
    const text = message(context);
    return typeof text === 'string' && !text.includes('\n') ? undefined : 'the message is no line';
  } catch (error) {
    return String(error).split('\n')[0];
  }
}

interface Trial {
  readonly asked: number;
  readonly broken: readonly string[];
}

function tried(object: Manifest, rules: readonly BareRule[], known?: Manifest): Trial {
  const broken: string[] = [];
  let asked = 0;
  for (const { place, value } of holes(object, known)) {
    const context = contextOf(value);
    for (const bare of rules) {
      asked += 2;
      const problem = wrong(bare, context);
      if (problem !== undefined) broken.push(`${bare.rule.id}, ${place}: ${problem}`);
    }
  }
  return { asked, broken };
}

const sum = (trials: readonly Trial[]): Trial => ({
  asked: trials.reduce((total, { asked }) => total + asked, 0),
  broken: trials.flatMap(({ broken }) => broken),
});

const golden = Object.values(objects).map((make) => make());
const goldenOf = ({ kind }: Manifest) => golden.find((object) => object.kind === kind);

/** How often something was evaluated in all. */
let total = 0;

describe('every rule answers, and its message is one line, whatever an object lacks', () => {
  it.each(golden)('a golden $kind', (object) => {
    const { asked, broken } = tried(object, rulesOf(object));

    expect(broken).toEqual([]);
    expect(asked).toBeGreaterThanOrEqual(10 * rulesOf(object).length);
    total += asked;
  });

  it.each(bareRules.map((bare) => ({ id: bare.rule.id, bare })))('$id', ({ id, bare }) => {
    const { good, bad } = fixtures[id];
    // What is found alike is the same change in another kind.
    const distinct = new Map(bad.map((fixture) => [fixture.found, fixture]));
    const given = [...good, ...distinct.values()].map(({ object }) => object);
    const { asked, broken } = sum(given.map((object) => tried(object, [bare], goldenOf(object))));

    expect(broken).toEqual([]);
    expect(asked).toBeGreaterThan(30);
    total += asked;
  });

  it('and was asked often enough for that to mean something', () => {
    expect(total).toBeGreaterThan(150_000);
  });
});
