import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  http,
  Namespaces,
  perEnvironment,
  Platform,
  secret,
  stockDefaults,
  WebService,
  type EnvironmentProps,
} from '../../lib';
import { anything, hostile, nearly, untyped } from '../application/hostile-values';
import { name } from '../application/valid-parts';
import { checkVerdict, type Tally } from '../application/verdict';
import { validFacts } from './valid-environments';

const RUNS = { numRuns: 1000 };
const FEWER = { numRuns: 400 };
const none = (): Tally => ({ errors: 0, sound: 0 });
const isPlace = (at: string): boolean => /^platform$|^environment | in /.test(at);

/** An application that needs everything that an environment can have. */
function addShop(platform: Platform): void {
  const application = new Application(platform, 'shop', { owner: 'team-test' });
  new WebService(application, 'orders', {
    image: 'a:1',
    port: http(8080, { servicePort: 80 }),
    health: '/ready',
    env: { A: perEnvironment({ prod: 'a' } as never), B: secret('b') },
    uses: [external('api.stripe.com')],
    expose: { host: 'orders' },
    metrics: {},
  });
}

/** Judges the shop under one platform. */
function judge(make: () => Platform, tally: Tally, bringsFunctions = false): void {
  const platform = make();
  addShop(platform);
  checkVerdict(platform, isPlace, tally, { bringsFunctions });
}

const makeEnvironment = untyped(
  (id: string, props: EnvironmentProps) => new Environment(id, props),
);
const makePlatform = untyped(
  (props: { readonly environments: readonly Environment[] }) => new Platform(props),
);
const inProd = (facts: EnvironmentProps): Platform =>
  new Platform({ environments: [new Environment('prod', facts)] });

describe('an environment', () => {
  it('may have any facts', () => {
    const tally = none();
    fc.assert(
      fc.property(anything, (facts) => {
        judge(() => makePlatform({ environments: [makeEnvironment('prod', facts)] }), tally);
      }),
      RUNS,
    );
    expect(tally.errors).toBe(1000);
  });

  it('may have facts that are nearly right', () => {
    const tally = none();
    fc.assert(
      fc.property(nearly(validFacts), (facts) => {
        judge(() => makePlatform({ environments: [makeEnvironment('prod', facts)] }), tally);
      }),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(300);
    expect(tally.sound).toBeGreaterThan(5);
  });

  it('may have any name and stage, and be made like another', () => {
    const tally = none();
    const id = fc.oneof(hostile, name(63));
    const stages = fc.oneof(id, fc.constant('prod'));
    fc.assert(
      fc.property(validFacts, id, stages, id, (facts, first, stage, second) => {
        judge(() => {
          const environment = makeEnvironment(first, { ...facts, stage, domain: 'b.test' });
          const like = untyped((other: string) => environment.like(other))(second);
          const prod = new Environment('prod', facts);
          return new Platform({ environments: [prod, environment, like] });
        }, tally);
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(100);
    expect(tally.sound).toBeGreaterThan(5);
  });

  it('may differ in any way from the one that it is made like', () => {
    const tally = none();
    fc.assert(
      fc.property(validFacts, anything, (facts, differing) => {
        judge(() => {
          const prod = new Environment('prod', facts);
          const like = untyped((other: never) => prod.like('preview', other))(differing);
          return new Platform({ environments: [prod, like] });
        }, tally);
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(100);
  });

  it('may bring functions that return anything, or throw', () => {
    const tally = none();
    const thrown = fc.oneof(fc.constantFrom('returns', 'throws'), fc.constant('returns'));
    fc.assert(
      fc.property(validFacts, fc.nat(4), anything, thrown, (facts, which, value, how) => {
        const rubbish = untyped(() => {
          if (how === 'throws') throw value;
          return value;
        });
        const brought: Partial<EnvironmentProps>[] = [
          { capacity: { description: '', bounds: rubbish as never } },
          { capacity: untyped(Capacity.atMost)(value) },
          { namespace: untyped(Namespaces.created)(which === 2 ? rubbish : value) },
          { secretStore: { name: 'store', entry: rubbish as never } },
          { network: { dns: untyped(Dns.nodeLocal)(value) } },
        ];
        judge(() => inProd({ ...facts, ...brought[which] }), tally, true);
      }),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(500);
    expect(tally.sound).toBeGreaterThan(5);
  });
});

describe('a platform', () => {
  it('may have any props', () => {
    const tally = none();
    fc.assert(
      fc.property(anything, (props) => {
        judge(() => makePlatform(props), tally);
      }),
      RUNS,
    );
    expect(tally.errors).toBe(1000);
  });

  it('may have any environments', () => {
    const tally = none();
    const environments = fc.array(
      fc.oneof(
        anything,
        validFacts.map((facts) => new Environment('prod', facts)),
      ),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(environments, (list) => {
        judge(() => makePlatform({ environments: list }), tally);
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(150);
    expect(tally.sound).toBeGreaterThan(5);
  });

  it('may have props that are nearly right', () => {
    const tally = none();
    const props = fc.tuple(validFacts).map(([facts]) => ({
      environments: [new Environment('prod', facts)],
      defaults: stockDefaults,
      outdir: 'dist',
    }));
    fc.assert(
      fc.property(nearly(props), (given) => {
        judge(() => makePlatform(given), tally);
      }),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(300);
    expect(tally.sound).toBeGreaterThan(5);
  });
});
