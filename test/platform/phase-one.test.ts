import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import {
  Application,
  Environment,
  external,
  http,
  perEnvironment,
  Platform,
  ScheduledJob,
  secret,
  WebService,
  type WebServiceProps,
  Worker,
  type Rendering,
} from '../../lib';
import { checkSound, phaseOneTexts } from '../application/sound';
import { addBackend, name, roomy, twoPlaces } from '../application/valid-parts';
import { validScheduledJob, validWebService, validWorker } from '../application/valid-props';
import { meshedEnvironments, validEnvironments, validFacts } from './valid-environments';

const RUNS = { numRuns: 250 };

type Add = (application: Application, id: string) => unknown;

const workload: fc.Arbitrary<Add> = fc.oneof(
  validWebService.map((props): Add => (scope, id) => {
    const exposed = props.expose && { ...props, expose: { ...props.expose, host: id } };
    return new WebService(scope, id, (exposed ?? props) as WebServiceProps);
  }),
  validWorker.map(
    (props): Add =>
      (scope, id) =>
        new Worker(scope, id, props),
  ),
  validScheduledJob.map(
    (props): Add =>
      (scope, id) =>
        new ScheduledJob(scope, id, props),
  ),
);
const workloads = fc.uniqueArray(fc.tuple(name(46), workload), {
  minLength: 1,
  maxLength: 2,
  selector: ([id]) => id,
});

type Workloads = readonly (readonly [string, Add])[];

function render(platform: Platform, list: Workloads): Rendering {
  const application = new Application(platform, 'test', { owner: 'team-test' });
  addBackend(application);
  for (const [id, add] of list) add(application, id);
  const rendering = platform.render();
  deepStrictEqual(rendering.problems, []);
  return rendering;
}

describe('phase 1', () => {
  it('has the same bytes whatever environments there are, and whatever their facts', () => {
    fc.assert(
      fc.property(workloads, validEnvironments, (list, environments) => {
        const before = phaseOneTexts(render(twoPlaces(), list));
        const rendering = render(new Platform({ environments, guardrails: roomy }), list);
        for (const [file, text] of phaseOneTexts(rendering)) equal(text, before.get(file), file);
        for (const { name: environment } of environments) {
          const file = `${environment}/test/application.k8s.yaml`;
          equal(rendering.files.get(file), before.get('test/application.k8s.yaml'), file);
        }
      }),
      RUNS,
    );
  });

  it('has the same bytes whatever the mesh of an environment, and one file more than without', () => {
    fc.assert(
      fc.property(workloads, meshedEnvironments, (list, { mesh, environments }) => {
        const before = phaseOneTexts(render(twoPlaces(), list));
        const rendering = render(
          new Platform({ environments, guardrails: roomy, defaults: { mesh } }),
          list,
        );
        checkSound(rendering);
        for (const [file, text] of phaseOneTexts(rendering)) {
          if (/(^|[./])mesh\.k8s\.yaml$/.test(file)) ok(text.includes(mesh), file);
          else equal(text, before.get(file), file);
        }
        for (const { name: environment, props } of environments) {
          const isThere = rendering.files.has(`${environment}/test/mesh.k8s.yaml`);
          equal(isThere, props.mesh !== undefined, environment);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has no problem with any valid name in any valid environment', () => {
    const env = { A: perEnvironment({ prod: 'c' } as never), B: secret('b') };
    const ids = fc.tuple(name(50), name(63), name(12));
    fc.assert(
      fc.property(ids, validFacts, ([id, host, environment], facts) => {
        const made = new Environment(environment, { ...facts, stage: 'prod' });
        const platform = new Platform({ environments: [made], guardrails: roomy });
        const application = new Application(platform, id, { owner: 'team-test' });
        const port = http(8080, { servicePort: 80 });
        const expose = { host };
        const uses = [external('api.stripe.com')];
        const health = '/ready';
        new WebService(application, host, { image: 'a:1', port, health, env, expose, uses });
        const rendering = platform.render();
        deepStrictEqual(rendering.problems, []);
        checkSound(rendering);
      }),
      RUNS,
    );
  });
});
