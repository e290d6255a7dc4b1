import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import type { Construct } from 'constructs';
import { Application, ScheduledJob, WebService, Worker } from '../../lib';
import { checkSound } from './sound';
import { addBackend, name, twoPlaces } from './valid-parts';
import { validScheduledJob, validWebService, validWorker } from './valid-props';

const RUNS = { numRuns: 400 };

/** Mostly the same, as documents that renderings have in common are read once. */
const id = (longest: number): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant('subject') }, name(longest));

/** Synthesizes one workload beside the service it may lean on. */
function checkNoProblem(make: (scope: Construct) => Construct): void {
  const platform = twoPlaces();
  const application = new Application(platform, 'test', { owner: 'team-test' });
  addBackend(application);
  make(application);
  const rendering = platform.render();
  deepStrictEqual(rendering.problems, []);
  checkSound(rendering);
}

describe('valid props', () => {
  it('never make a problem of a web service', () => {
    fc.assert(
      fc.property(id(46), validWebService, (given, props) => {
        checkNoProblem((scope) => new WebService(scope, given, props));
      }),
      RUNS,
    );
  });

  it('never make a problem of a worker', () => {
    fc.assert(
      fc.property(id(46), validWorker, (given, props) => {
        checkNoProblem((scope) => new Worker(scope, given, props));
      }),
      RUNS,
    );
  });

  it('never make a problem of a scheduled job', () => {
    fc.assert(
      fc.property(id(52), validScheduledJob, (given, props) => {
        checkNoProblem((scope) => new ScheduledJob(scope, given, props));
      }),
      RUNS,
    );
  });
});
