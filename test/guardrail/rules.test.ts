import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packs, Ruleset, selectRules } from '../../lib/guardrail';
import type { Manifest } from '../../lib/foundation';
import { celRules } from '../../lib/guardrail/rules';
import { fixtures } from './fixtures';
import * as objects from './fixtures/objects';
import { bareRules, contextOf, parameters, rulesOf, type BareRule } from './judging';

const folder = join(__dirname, '../../lib/guardrail/rules');
const goldenObjects: readonly Manifest[] = Object.values(objects).map((make) => make());

const found = ({ expression, message }: BareRule, ...given: Parameters<typeof contextOf>) => {
  const context = contextOf(...given);
  return expression(context) === true ? undefined : message(context);
};

const camelCase = (id: string): string =>
  id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

describe('the golden objects', () => {
  it.each(goldenObjects)('keep every rule: $kind', (object) => {
    const { registries } = parameters;
    const strict = new Ruleset(selectRules({ pack: 'strict', registries: registries ?? [] }));

    expect(strict.judge(object)).toEqual([]);
    for (const bare of rulesOf(object)) {
      expect([bare.rule.id, found(bare, object)]).toEqual([bare.rule.id, undefined]);
    }
  });
});

describe.each(bareRules.map((bare) => ({ id: bare.rule.id, bare })))('$id', ({ id, bare }) => {
  const { good, bad } = fixtures[id];

  it.each(good)('passes when: $name', ({ object, subResource }) => {
    expect(found(bare, object, subResource)).toBeUndefined();
  });

  it.each(bad)('reports when: $name', (fixture) => {
    expect(found(bare, fixture.object, fixture.subResource)).toBe(fixture.found);
    // A debug container counts as well when the pod that has it is read as a whole.
    expect(found(bare, fixture.object)).toBe(fixture.found);
  });

  it('has fixtures of its kinds alone, on both sides', () => {
    const kindsOf = (list: readonly { readonly object: Manifest }[]) =>
      new Set(list.map(({ object }) => object.kind));
    const known: readonly string[] = bare.rule.kinds;
    const foreign = [...good, ...bad].filter(({ object }) => !known.includes(object.kind));
    const expected = ['Pod', 'Deployment', 'CronJob'].filter((kind) => known.includes(kind));

    expect(foreign).toEqual([]);
    expect(good.length).toBeGreaterThan(0);
    expect(expected.filter((kind) => !kindsOf(bad).has(kind))).toEqual([]);
    expect(new Set(good.map(({ name }) => name)).size).toBe(good.length);
    expect(new Set(bad.map(({ name }) => name)).size).toBe(bad.length);
  });

  it('says what it is in single lines, and a fix that ends without a full stop', () => {
    const { why, fix } = bare.rule;
    const texts = [bare.rule.expression, bare.rule.message].map((text) =>
      typeof text === 'string' ? text : text(parameters),
    );

    expect([why, fix, ...texts].filter((text) => !/^\S.*\S$/.test(text ?? ''))).toEqual([]);
    expect(why).toMatch(/\.$/);
    expect(fix).not.toMatch(/\.$/);
  });

  it('stands in a file of its name, under its name', async () => {
    const module = (await import(join(folder, `${id}.ts`))) as Record<string, unknown>;

    expect(module[camelCase(id)]).toBe(bare.rule);
  });
});

describe('the list of rules', () => {
  it('has each file of the folder once, in the order of the ids', () => {
    const files = readdirSync(folder).filter((file) => file !== 'index.ts');
    const ids = celRules.map(({ id }) => `${id}.ts`);

    expect(ids).toEqual(files.sort());
  });

  it('gives each rule of a Pod Security level the control of that level', () => {
    const levels = ['baseline', 'restricted'];
    const unlike = bareRules.filter(({ rule: { pack, references } }) => {
      const level = references?.podSecurity?.split(': ')[0];
      return level !== (levels.includes(pack) ? pack : undefined);
    });

    expect(unlike.map(({ rule }) => rule.id)).toEqual([]);
  });

  const implied = bareRules.filter(({ rule }) => rule.impliedBy !== undefined);

  it.each(implied.map((bare) => ({ id: bare.rule.id, bare })))(
    'has for $id a rule of a larger pack that finds all of it',
    ({ id, bare: { rule } }) => {
      const wider = bareRules.find((other) => other.rule.id === rule.impliedBy)!;
      const missed = fixtures[id].bad.filter(({ object }) => found(wider, object) === undefined);

      expect(missed.map(({ name }) => name)).toEqual([]);
      expect(wider.rule.kinds).toEqual(expect.arrayContaining([...rule.kinds]));
      expect(packs.indexOf(wider.rule.pack)).toBeGreaterThan(packs.indexOf(rule.pack));
    },
  );
});
