import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import type { Construct } from 'constructs';
import { Application, ScheduledJob, WebService, Worker } from '../../lib';
import { testPlatform } from '../../lib/testing';
import { checkSound } from './sound';
import { addBackend, name, validScheduledJob, validWebService, validWorker } from './valid-props';

const RUNS = { numRuns: 1000 };

/** Synthesizes one workload beside the service it may lean on. */
function checkNoProblem(id: string, make: (scope: Construct) => Construct): void {
  const platform = testPlatform();
  const application = new Application(platform, 'test', { owner: 'team-test' });
  addBackend(application);
  make(application);
  const rendering = platform.render();
  deepStrictEqual(rendering.problems, [], id);
  checkSound(rendering);
}

describe('valid props', () => {
  it('never make a problem of a web service', () => {
    fc.assert(
      fc.property(name(63), validWebService, (id, props) => {
        checkNoProblem(id, (scope) => new WebService(scope, id, props));
      }),
      RUNS,
    );
  });

  it('never make a problem of a worker', () => {
    fc.assert(
      fc.property(name(63), validWorker, (id, props) => {
        checkNoProblem(id, (scope) => new Worker(scope, id, props));
      }),
      RUNS,
    );
  });

  it('never make a problem of a scheduled job', () => {
    fc.assert(
      fc.property(name(52), validScheduledJob, (id, props) => {
        checkNoProblem(id, (scope) => new ScheduledJob(scope, id, props));
      }),
      RUNS,
    );
  });
});
