import { describe, expect, it } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Application, grpc, ScheduledJob, WebService, Worker, type Platform } from '../../lib';
import { anything, hostile, nearly, untyped } from './hostile-values';
import { addBackend, name, twoPlaces } from './valid-parts';
import { checkVerdict, type Tally } from './verdict';

const RUNS = { numRuns: 1000 };
/** Two ids at a time, and what no construct makes, are tried less often. */
const FEWER = { numRuns: 500 };
const RAW = { bringsFunctions: true, isRaw: true };
const none = (): Tally => ({ errors: 0, sound: 0 });

/** Judges what is made under a platform; an error must name what `make` returns, or something in it. */
function judge(make: (platform: Platform) => Construct, tally: Tally, options = {}): void {
  const platform = twoPlaces();
  const { path } = make(platform).node;
  const shown = path.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 100);
  checkVerdict(
    platform,
    (at) => at.startsWith(shown.replace(/\p{Surrogate}/gu, '�')),
    tally,
    options,
  );
}

const makers: readonly ((scope: Construct, id: string) => Construct)[] = [
  (scope, id) => new WebService(scope, id, { image: 'a:1', port: grpc(9000) }),
  (scope, id) => new Worker(scope, id, { image: 'a:1' }),
  (scope, id) => new ScheduledJob(scope, id, { image: 'a:1', schedule: '@daily' }),
];
const makeWorkload = untyped((kind: number, scope: Construct, id: string): Construct =>
  makers[kind]!(scope, id),
);
const kind = fc.nat(2);
const id = fc.oneof(hostile, name(70), name(52));
const newApplication = (platform: Platform): Application =>
  new Application(platform, 'test', { owner: 'team-test' });

describe('an application', () => {
  it('may have any props', () => {
    const tally = none();
    const owners = fc.oneof(anything, nearly(fc.constant({ owner: 'team-test' })));
    fc.assert(
      fc.property(owners, (props) => {
        judge((platform) => {
          const application = untyped((given: never) => new Application(platform, 'test', given))(
            props,
          );
          addBackend(application);
          return application;
        }, tally);
      }),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(500);
    expect(tally.sound).toBeGreaterThan(20);
  });

  it('may have any id', () => {
    const tally = none();
    fc.assert(
      fc.property(id, id, (first, second) => {
        judge((platform) => {
          const make = untyped(
            (given: string) => new Application(platform, given, { owner: 'team-test' }),
          );
          const application = make(first);
          addBackend(application);
          addBackend(make(second));
          return platform;
        }, tally);
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(100);
    expect(tally.sound).toBeGreaterThan(10);
  });

  it('may hold workloads of any id, in any scope', () => {
    const tally = none();
    fc.assert(
      fc.property(kind, id, kind, id, fc.boolean(), (a, first, b, second, isDeep) => {
        judge((platform) => {
          const application = newApplication(platform);
          makeWorkload(a, application, first);
          const scope = isDeep ? new Construct(application, 'part') : application;
          makeWorkload(b, scope, second);
          return application;
        }, tally);
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(100);
    expect(tally.sound).toBeGreaterThan(10);
  });

  it('may hold objects of any form', () => {
    const tally = none();
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { a: 'b' } };
    fc.assert(
      fc.property(nearly(fc.constant(object)), (props) => {
        judge(
          (platform) => {
            const application = newApplication(platform);
            addBackend(application);
            try {
              untyped((given: never) => new ApiObject(application, 'object', given))(props);
            } catch {
              // The constructor of cdk8s refuses some itself.
            }
            return application;
          },
          tally,
          RAW,
        );
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(80);
    expect(tally.sound).toBeGreaterThan(20);
  });

  it('may be patched in any way', () => {
    const tally = none();
    const places = ['', '/kind', '/apiVersion', '/metadata', '/metadata/name', '/metadata/labels'];
    const more = [
      '/spec',
      '/spec/template/spec/containers',
      '/spec/selector',
      '/no/way',
      'x',
      '/-',
    ];
    const patch = fc.tuple(fc.constantFrom(...places, ...more), hostile, fc.nat(4));
    fc.assert(
      fc.property(fc.array(patch, { minLength: 1, maxLength: 2 }), (patches) => {
        judge(
          (platform) => {
            const application = newApplication(platform);
            const { deployment } = addBackend(application);
            for (const [path, value, how] of patches) {
              if (how === 0) deployment.addJsonPatch(JsonPatch.remove(path));
              else if (how === 1) deployment.addJsonPatch(value as JsonPatch);
              else if (how === 2)
                untyped(deployment.metadata.addLabel.bind(deployment.metadata))(path, value);
              else deployment.addJsonPatch(JsonPatch.replace(path, value));
            }
            return application;
          },
          tally,
          RAW,
        );
      }),
      FEWER,
    );
    expect(tally.errors).toBeGreaterThan(120);
  });
});
