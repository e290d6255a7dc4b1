import { describe, expect, it } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { celJs } from '../../lib/guardrail/cel';
import { conformanceCases, type ConformanceCase, type Expected } from './conformance-cases';

const REFUSED = 'it uses ';

/** What our engine makes of a case, or why it does not take it. */
function outcome({ expression, object }: ConformanceCase): Expected | { readonly problem: string } {
  const { program, problem } = celJs.compile(expression);
  if (!program) return { problem };
  try {
    const value = program({
      object: celJs.toValue(object),
      request: { operation: 'CREATE', subResource: '' },
      variables: {},
    });
    return { value: asPlain(value) };
  } catch {
    return 'error';
  }
}

/** Maps of the engine as plain objects, all without a prototype's help. */
function asPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPlain);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, inside]) => [key, asPlain(inside)] as const));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, asPlain(inside)]));
}

const all = conformanceCases();
const comparable = all.filter((one): one is ConformanceCase => 'expression' in one);
const results = comparable.map((one) => ({ ...one, outcome: outcome(one) }));
const taken = results.filter(({ outcome: one }) => one === 'error' || 'value' in one);

/** How many there are of each kind. */
const counts = (kinds: readonly string[]): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const kind of kinds) found[kind] = (found[kind] ?? 0) + 1;
  return found;
};

const BIG = 'a number beyond 2^53';
const KEY = 'a map key that is no text';

/**
 * Where the engine gives another result than the specification asks for: the case, what the engine does, and what of it the accepted
 * subset leaves out, so that no rule can meet it.
 */
const OTHERWISE = [
  ['comparisons/lt_literal/not_lt_dyn_int_big_lossy_double', 'compares exactly', BIG],
  ['comparisons/gt_literal/not_gt_dyn_big_double_int', 'compares exactly', BIG],
  ['comparisons/lte_literal/lte_dyn_big_double_int', 'compares exactly', BIG],
  ['comparisons/gte_literal/gte_dyn_int_big_lossy_double', 'compares exactly', BIG],
  ['fields/qualified_identifier_resolution/map_value_repeat_key', 'takes the last value', KEY],
  ['integer_math/int64_math/int64_min_negate', 'overflows', 'a minus before what is no number'],
  ['integer_math/int64_math/int64_min_negate_div', 'overflows', 'the operator /'],
  ['macros/exists_one/map_one', 'makes keys texts', KEY],
  [
    'optionals/optionals/map_present_key_invalid_field',
    'finds no field in a number',
    'an optional that no orValue() or hasValue() ends',
  ],
] as const;

describe('the official conformance cases of CEL', () => {
  it('have their official result wherever the accepted subset takes them in', () => {
    const wrong = taken.filter((one) => !isDeepStrictEqual(one.outcome, one.expected));
    expect(wrong).toEqual([]);
  });

  it('are so many in the subset, by section', () => {
    expect(counts(taken.map(({ path }) => path.split('/')[0]!))).toMatchInlineSnapshot(`
     {
       "basic": 27,
       "comparisons": 141,
       "conversions": 5,
       "fields": 12,
       "fp_math": 21,
       "integer_math": 23,
       "lists": 28,
       "logic": 12,
       "macros": 24,
       "optionals": 4,
       "parse": 106,
       "plumbing": 3,
       "string": 40,
       "string_ext": 5,
       "type_deductions": 9,
     }
    `);
    expect(taken.length).toBe(460);
  });

  it('are left out for these reasons', () => {
    const reasons = results.flatMap(({ outcome: one }) => {
      if (one === 'error' || !('problem' in one)) return [];
      return [
        one.problem.startsWith(REFUSED) ? 'outside the subset' : 'not parsed, or wrong types',
      ];
    });
    const unsuitable = all.flatMap((one) => ('reason' in one ? [one.reason] : []));
    expect(counts([...reasons, ...unsuitable])).toMatchInlineSnapshot(`
     {
       "checks types only": 25,
       "not parsed, or wrong types": 427,
       "other bindings": 94,
       "other results": 380,
       "other syntax": 3,
       "outside the subset": 955,
     }
    `);
    expect(all.length).toBe(taken.length + reasons.length + unsuitable.length);
  });

  it.each(OTHERWISE)('do not include %s, where the engine %s', (path, _, reason) => {
    const found = results.find((one) => one.path === path);
    expect(found?.outcome).toEqual({ problem: `${REFUSED}${reason}` });
  });
});
