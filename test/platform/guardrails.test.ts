import { describe, expect, it } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  Environment,
  perEnvironment,
  Platform,
  secret,
  waive,
  WebService,
  Worker,
  type CelRule,
  type GuardrailProps,
  type WaiverProps,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';
import { bare, good } from './problems/making';

const hostPort = JsonPatch.add('/spec/template/spec/containers/0/ports/0/hostPort', 8080);
const facts: WaiverProps = {
  reason: 'the legacy gateway needs it',
  owner: 'team-shop',
  expires: '2027-03-31',
};

/** Two environments and a service that asks for a port of its node. */
function shop(
  change: (app: Application, orders: WebService, platform: Construct) => unknown,
  guardrails?: GuardrailProps,
): Synthesis {
  const platform = (): Platform =>
    new Platform({
      environments: ['dev', 'prod'].map(
        (name) =>
          new Environment(name, {
            ...{ ...bare, capabilities: ['reloader'], secretStore: { name: 'vault' } },
          }),
      ),
      ...(guardrails && { guardrails }),
    });
  return synthesize((scope) => {
    const app = new Application(scope, 'shop', { owner: 'team-shop' });
    const orders = new WebService(app, 'orders', {
      ...good,
      env: { LOG_LEVEL: perEnvironment({ dev: 'debug', prod: 'info' } as never) },
    });
    change(app, orders, scope);
  }, platform);
}

const withPort = (change?: (app: Application, orders: WebService) => unknown): Synthesis =>
  shop((app, orders) => {
    orders.deployment.addJsonPatch(hostPort);
    change?.(app, orders);
  });

const texts = ({ problems }: Synthesis): readonly string[] =>
  problems.map(({ rule, code, at, found }) => `${rule ?? code} at ${at}: ${found}`);

const BROKEN =
  'no-host-ports at shop/orders: Deployment/orders: host ports in the containers orders';

describe('the guardrails of a platform', () => {
  it('judge what the escape hatch did', () => {
    const { problems } = withPort();
    expect(problems).toMatchObject([
      { code: 'RuleBroken', rule: 'no-host-ports', severity: 'error', at: 'shop/orders' },
    ]);
    expect(problems[0]?.source?.file).toBe('test/platform/guardrails.test.ts');
  });

  it('judge objects that no construct of ours made', () => {
    const synthesis = shop((app) => {
      const container = { name: 'c', image: 'a:1', ports: [{ containerPort: 80, hostPort: 80 }] };
      new ApiObject(app, 'raw', {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'raw' } },
        spec: { containers: [container] },
      });
    });
    expect(texts(synthesis)).toContain(
      'no-host-ports at shop/raw: Pod/raw: host ports in the containers c',
    );
  });

  it('judge what the binding adds, and say in which environments it is broken', () => {
    const rule: CelRule = {
      ...{ id: 'no-debug', severity: 'warning', pack: 'golden-path', kinds: ['ConfigMap'] },
      expression: "dyn(object).?data.orValue({}).all(k, dyn(object).data[k] != 'debug')",
      message: "'it says debug'",
      why: 'Debug logs hold secrets.',
      fix: 'Log less',
    };
    const synthesis = shop(() => undefined, { rules: [rule] });
    expect(texts(synthesis)).toEqual([
      'no-debug at shop/orders: ConfigMap/orders-settings: it says debug (in dev)',
    ]);
  });

  it('find nothing in a migration, by any rule, and judge all of its objects once', () => {
    const judge = (migrate: object): Synthesis =>
      shop(
        (app) => {
          const image = `x/y@sha256:${'0123456789abcdef'.repeat(4)}`;
          const props = { image, files: { '/keys/a': secret('key') }, ...migrate };
          new Worker(app, 'mailer', props);
        },
        { pack: 'strict', registries: ['x/'] },
      );
    const migrate = { command: ['bin/mailer', 'migrate'] };
    const [without, having] = [judge({}), judge({ migrate })];
    const count = ({ guardrails }: Synthesis): readonly string[] =>
      guardrails.findings.map(({ rule, object }) => `${rule} ${object.kind}/${object.name}`);
    expect(count(having)).toEqual(count(without));
    const objects = ['dev', 'prod'].flatMap((name) => having.objects(name));
    expect(having.guardrails.objects).toBe(objects.length);
    const more = having.guardrails.objects - without.guardrails.objects;
    // In each environment the Job, its policy and its account.
    expect(more).toBe(6);
  });

  it('waive what its migration breaks with a workload, and say how a cluster tells the Job', () => {
    const { model, problems } = shop((app) => {
      const migrate = { command: ['migrate'] };
      const mailer = new Worker(app, 'mailer', { image: 'x/y:1', migrate });
      const path = '/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem';
      for (const object of [mailer.deployment, mailer.migration?.job]) {
        object?.addJsonPatch(JsonPatch.replace(path, false));
      }
      waive(mailer, 'read-only-root-filesystem', facts);
    });
    expect(problems).toEqual([]);
    expect(model.waivers.map(({ objects }) => objects)).toEqual([
      [
        { kind: 'Deployment', name: 'mailer' },
        {
          kind: 'Job',
          name: expect.stringMatching(/^mailer-migrate-[0-9a-f]{8}$/),
          labelled: 'mailer-migrate',
        },
      ],
    ]);
  });

  it('keep what is waived out of the problems, and in the report and the model', () => {
    const synthesis = withPort((_, orders) => waive(orders, 'no-host-ports', facts));
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.guardrails.findings.filter(({ waiver }) => waiver)).toMatchObject([
      { rule: 'no-host-ports', at: 'shop/orders', environments: ['dev', 'prod'], waiver: facts },
    ]);
    expect(synthesis.model.waivers).toEqual([
      {
        ...{ rule: 'no-host-ports', path: 'shop/orders', ...facts },
        objects: [{ kind: 'Deployment', name: 'orders' }],
      },
    ]);
  });

  it('may be waived for a whole application, or for one object without a construct', () => {
    const whole = withPort((app) => waive(app, 'no-host-ports', facts));
    const object = { kind: 'Deployment', name: 'orders' };
    const one = withPort((app) => waive(app, 'no-host-ports', { ...facts, object }));
    const other = withPort((app) =>
      waive(app, 'no-host-ports', { ...facts, object: { ...object, name: 'other' } }),
    );
    expect(whole.problems).toEqual([]);
    expect(one.problems).toEqual([]);
    expect(texts(other)).toEqual([
      BROKEN,
      'WaiverUnused at shop: nothing that the waiver of no-host-ports covers breaks it',
    ]);
  });

  it('do not change a byte of the manifests by a waiver or its last day', () => {
    const expires = (day: WaiverProps['expires']): Synthesis =>
      withPort((_, orders) => waive(orders, 'no-host-ports', { ...facts, expires: day }));
    const manifests = ({ files }: Synthesis): readonly (readonly [string, string])[] =>
      [...files].filter(([path]) => !path.startsWith('model/'));
    expect(manifests(expires('2000-01-01'))).toEqual(manifests(expires('2999-12-31')));
    expect(expires('2000-01-01').problems).toEqual([]);
  });

  it('have the severities that the platform gives, and leave out what it leaves out', () => {
    const patched = (guardrails: GuardrailProps): Synthesis =>
      shop((_, orders) => orders.deployment.addJsonPatch(hostPort), guardrails);
    expect(patched({ severities: { 'no-host-ports': 'warning' } }).problems).toMatchObject([
      { rule: 'no-host-ports', severity: 'warning' },
    ]);
    const reason = 'the nodes have a firewall';
    const without = patched({ without: { 'no-host-ports': reason } });
    expect(without.problems).toEqual([]);
    expect(without.guardrails.without).toEqual({ 'no-host-ports': reason });
    expect(patched({ severities: { 'no-host-ports': 'info' } }).problems).toEqual([]);
  });

  it('say nothing of waivers in an application that could not be judged', () => {
    const synthesis = shop((app, orders) => {
      waive(orders, 'no-host-ports', facts);
      new WebService(app, 'broken', { ...good, port: 1 });
    });
    expect(synthesis.problems.map(({ code }) => code)).toEqual(['PortInvalid']);
  });
});
