import fc from 'fast-check';
import {
  Application,
  call,
  Environment,
  external,
  grpc,
  http,
  later,
  perEnvironment,
  secret,
  Size,
  soft,
  tcp,
  WebService,
  type Endpoint,
  type EndpointReference,
} from '../../lib';
import { describe } from '../../lib/foundation';
import { addBackend, backend, twoPlaces } from './valid-parts';

/** Calls a typed function with rubbish, as JavaScript and `ts-node -T` let anybody. */
export const untyped = <T>(make: (...given: never[]) => T): ((...given: unknown[]) => T) =>
  make as (...given: unknown[]) => T;

const foreign = addBackend(new Application(twoPlaces(), 'other', { owner: 'team-other' }));
const unknown = new WebService(
  new Application(twoPlaces(), 'test', { owner: 'team-test' }),
  'nobody',
  { image: 'a:1', port: grpc(1) },
);

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => ({ inner }), 'end');
const sparse: unknown[] = ['a'];
sparse[3] = 'b';
const dressed: unknown[] = Object.assign(['a'], { constructor: 'x' });
const holes: unknown[] = [];
holes.length = 1000;
class Instance {
  public readonly image = 'a:1';
}
const refuse = (): never => {
  throw new TypeError('refused');
};

const numbers = [NaN, -0, 0, -1, 1, 0.5, 80, 1023, 65_536, 2 ** 31, 2 ** 53, 1e300, -Infinity];

/** Texts that are right for some prop, or nearly. */
const words = [
  '😀 👩‍👩‍👧 ß ~ null true y 1 0x1f $(HOME) ${HOME} %s __proto__ constructor toString length',
  'test backend dev latest a a:latest a: :1 A/b:1 a@sha256:0 https://a/b:1',
  '512m 512 -1Mi 1e99 1E 0 999999999Ei 1.5.5 Mi ١Mi 30 30x 1.5h -1s 0s 1m1h',
  'europe/berlin EUROPE/BERLIN Local Mars/Base ../etc/passwd +01:00',
  '/ // /a/../b /..data /a/..data /a:b /tmp /tmp/x /é /%zz /a#b',
  '-a a- A a_b a.b . .. a..b *.example.com example.com. @',
  '10.0.0.0/8 10.0.0.0/99 fe80::1%eth0/64 ::/0',
].flatMap((line) => line.split(' '));
const lines = [
  '* * * *|* * * * * *|61 * * * *|@every 1h|0 0 L * *|TZ=UTC * * * * *|* * * * 7|{{ }}|a b:1| |',
  '\u0000|a\u0000|\n|a\nb|\r|\u2028|\u001b[31m|\ud800|a\udfff',
  'golden_path_reference_|golden_path_reference_7b7d__|GOLDEN_PATH_REFERENCE_6e756c6c__',
].flatMap((line) => line.split('|'));
const long = ['x', '/a', '1s', 'a.', '9', '* ', '😀', '-'];
const texts = [...words, ...lines, ...long.map((part) => part.repeat(1000))];

const others: readonly unknown[] = [
  [null, undefined, true, false, 10n, Symbol('s'), Symbol.iterator, refuse, () => 'x', Instance],
  [async () => Promise.resolve('x'), new Instance(), new Date(NaN), new Date(0), /x/g],
  [new Map([['A', 'x']]), new Set(['x']), new WeakMap(), new URL('http://a.b'), new Error('e')],
  [Promise.resolve('x'), new Uint8Array(3), Buffer.from('x'), new Proxy({}, {}), Object('x')],
  [
    {},
    [],
    [[]],
    [undefined],
    [null],
    [NaN],
    sparse,
    dressed,
    holes,
    cyclic,
    deep,
    Object.create(null),
  ],
  [Object.freeze({ a: 1 }), { toString: refuse }, { toJSON: refuse }, { valueOf: refuse }],
  [{ then: refuse }, { [Symbol.iterator]: refuse }, { length: 2 }, { constructor: null }],
  [JSON.parse('{"__proto__": "x"}'), { ['A\nB']: 1 }, { ['x'.repeat(2000)]: 1 }],
].flat(1);

/** What the functions that make values make of rubbish: none may throw, and what comes out is reported where it is used. */
const madeOfRubbish = [undefined, null, 1, 'x', {}, [], 10n, Symbol('s'), cyclic, Size.S].flatMap(
  (value): readonly unknown[] => [
    untyped(external)(value),
    untyped(external)('a.b', value).url,
    untyped(secret)(value),
    untyped(secret)('a', value),
    untyped(soft)(value),
    untyped(call)(value, value),
    untyped(call)(backend.address, value),
    untyped<Endpoint>(call as never)(backend, { timeout: value, attempts: value }).address,
    `${String(untyped<EndpointReference>(call)(backend.url, { timeout: value }))}/x`,
    untyped(later)(value),
    later(untyped(() => value) as never),
    untyped(perEnvironment)(value),
    untyped(perEnvironment)({ dev: value, prod: 'x' }),
    `${String(untyped(external)(value).address)}/x`,
    `x${String(untyped<EndpointReference>(soft)(value))}`,
    untyped(grpc)(value),
    untyped(grpc)(9000, value),
    untyped(http)(value),
    untyped(http)(8080, value),
    untyped(tcp)(value, value),
    untyped(Size.of)(value),
  ],
);

const wrongReferences: readonly unknown[] = [
  [foreign, foreign.address, soft(foreign), String(foreign.url), later(() => foreign)],
  [unknown, unknown.host, `http://${String(unknown.address)}/`, unknown.deployment],
  [later(refuse), { reference: 'endpoint' }, { reference: 'secret' }, { reference: 'setting' }],
  [{ reference: 'endpoint', part: 'host', target: { kind: 'workload' }, soft: true }],
  [{ reference: 'endpoint', part: 'host', target: { kind: 'workload', application: Symbol() } }],
  [{ reference: 'later' }, { reference: '' }, `x${String(secret('a'))}`],
  [untyped(perEnvironment)({ dev: String(foreign.url), prod: '' })],
  [untyped(perEnvironment)({ dev: String(secret('a')), prod: '' })],
  [perEnvironment({ dev: 'x', uat: 'y' } as never), new Environment('x', {} as never)],
].flat(1);

/** Values that no prop expects, and some that only the wrong prop expects. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...numbers),
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...texts) },
  { weight: 2, arbitrary: fc.constantFrom(...others) },
  { weight: 2, arbitrary: fc.constantFrom(...madeOfRubbish, ...wrongReferences) },
  fc.string({ unit: 'binary' }),
  fc.integer(),
);

/** Texts on which an impatient pattern runs out of stack or time. */
export const enormous: fc.Arbitrary<unknown> = fc
  .constantFrom(...long)
  .map((part) => part.repeat(500_000));

/** Anything that JavaScript has, of any shape. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.anything({ withNullPrototype: true, values: [hostile] }),
  hostile,
);

type Edit = (holder: Record<string, unknown>, key: string, value: unknown, root: unknown) => void;

const edits: readonly Edit[] = [
  (holder, key, value) => (holder[key] = value),
  (holder, key, value) => (holder[key] = value),
  (holder, key) => Reflect.deleteProperty(holder, key),
  (holder, key) => (holder[key] = [holder[key]]),
  (holder, key) => (holder[key] = { [key]: holder[key] }),
  (holder, key) => (holder[key] = describe(holder[key])),
  (holder, key, value) => rename(holder, key, typeof value === 'string' ? value : `${key}s`),
  (holder, key) => rename(holder, key, key.slice(0, -1)),
  (holder, key, value) => put(holder, typeof value === 'string' ? value : `${key}2`, value),
  (holder, key, _, root) => (holder[key] = root),
];

function rename(holder: Record<string, unknown>, key: string, other: string): void {
  const value = holder[key];
  Reflect.deleteProperty(holder, key);
  put(holder, other, value);
}

/** Makes an own field of any name. */
function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === 'length') return;
  const kept = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(holder, key, { value, ...kept });
}

/** Valid props in which up to three fields, at any depth, are replaced, removed, misspelled or doubled. */
export const nearly = (valid: fc.Arbitrary<unknown>, values = hostile): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.array(fc.tuple(fc.nat(), fc.nat(edits.length - 1), values), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([given, changes]) => {
      const copy = thaw(given);
      const inserted = new Set([given, ...changes.map(([, , value]) => value)]);
      for (const [at, edit, value] of changes) {
        const places = [...placesIn(copy, inserted)];
        const place = places[at % Math.max(1, places.length)];
        if (place) edits[edit]!(place.holder, place.key, value, given);
      }
      return copy;
    });

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) &&
  !('reference' in value);

function thaw(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(thaw);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, thaw(item)]));
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every field below a value, but for those of the values that were put in. */
function* placesIn(value: unknown, inserted: ReadonlySet<unknown>): Generator<Place> {
  if (!isPlain(value) || inserted.has(value)) return;
  for (const key of Object.keys(value)) {
    yield { holder: value, key };
    yield* placesIn(value[key], inserted);
  }
}
