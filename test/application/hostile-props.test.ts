import { describe, expect, it } from '@jest/globals';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { Application, ScheduledJob, soft, WebService, Worker } from '../../lib';
import { anything, enormous, nearly, untyped } from './hostile-values';
import { addBackend, twoPlaces } from './valid-parts';
import { validScheduledJob, validWebService, validWorker } from './valid-props';
import { checkVerdict, type Tally } from './verdict';

const RUNS = { numRuns: 1000 };

type Make = (scope: Construct, id: string, props: never) => Construct;

const kinds: readonly (readonly [string, Make, fc.Arbitrary<unknown>])[] = [
  ['web service', (scope, id, props) => new WebService(scope, id, props), validWebService],
  ['worker', (scope, id, props) => new Worker(scope, id, props), validWorker],
  ['scheduled job', (scope, id, props) => new ScheduledJob(scope, id, props), validScheduledJob],
];

/** Judges one workload between the service it may lean on and a worker that leans on it. */
function judge(make: Make, props: unknown, tally: Tally): void {
  const platform = twoPlaces();
  const application = new Application(platform, 'test', { owner: 'team-test' });
  addBackend(application);
  const subject = untyped(make)(application, 'subject', props);
  if (subject instanceof WebService) {
    const env = { A: soft(subject.address), B: `${String(soft(subject.url))}/v1` };
    new Worker(application, 'caller', { image: 'a:1', env, uses: [soft(subject)] });
  }
  checkVerdict(platform, (at) => at.startsWith('test/subject'), tally);
}

describe.each(kinds)('the props of a %s', (_, make, valid) => {
  it('may be anything', () => {
    const tally = { errors: 0, sound: 0 };
    fc.assert(
      fc.property(anything, (props) => judge(make, props, tally)),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(900);
  });

  it('may be nearly right', () => {
    const tally = { errors: 0, sound: 0 };
    fc.assert(
      fc.property(nearly(valid), (props) => judge(make, props, tally)),
      RUNS,
    );
    expect(tally.errors).toBeGreaterThan(300);
    expect(tally.sound).toBeGreaterThan(30);
  });

  it('may hold a megabyte of text', () => {
    const tally = { errors: 0, sound: 0 };
    fc.assert(
      fc.property(nearly(valid, enormous), (props) => judge(make, props, tally)),
      { numRuns: 100 },
    );
    expect(tally.errors).toBeGreaterThan(30);
  });
});
