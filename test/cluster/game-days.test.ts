import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib';
import { repository } from '../../apps/repository';
import {
  experimentsOf,
  floorsOf,
  gameDayPolicies,
  INJECT,
  placeOf,
  plannedOf,
  tryWorkflow,
} from '../../lib/game-day';
import { shop } from '../game-day/models';
import { request, DRY_RUN, type Answer } from './api';
import { installCrd } from './crds';
import { quietly } from './kubectl';
import { setTimeout as sleep } from 'node:timers/promises';

const ALLOWED = 'game-day-allowed';
const FORBIDDEN = 'game-day-forbidden';

const pods = (namespace: string): object => ({
  namespaces: [namespace],
  labelSelectors: { 'app.kubernetes.io/name': 'orders' },
});
const podChaos = (namespace: string): object => ({
  ...{ action: 'pod-kill', mode: 'one' },
  selector: pods(namespace),
});
const selecting = (selector: object | null): object => ({
  ...{ action: 'pod-kill', mode: 'one' },
  selector,
});
const networkChaos = (target: string): object => ({
  ...{ action: 'partition', mode: 'all', direction: 'to' },
  selector: pods(ALLOWED),
  target: { mode: 'all', selector: pods(target) },
});

const object = (kind: string, spec: object): Manifest => ({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind,
  metadata: { name: 'test' },
  spec,
});
const workflow = (...templates: readonly object[]): Manifest =>
  object('Workflow', {
    entry: 'run',
    templates: [{ name: 'run', templateType: 'Serial', children: ['step'] }, ...templates],
  });
const step = (templateType: string, content: object): object => ({
  ...{ name: 'step', templateType },
  ...content,
});
const schedule = (content: object): object => ({
  ...{ schedule: '@daily', historyLimit: 1, concurrencyPolicy: 'Forbid' },
  ...content,
});

const plurals: Readonly<Record<string, string>> = {
  Workflow: 'workflows',
  Schedule: 'schedules',
  PodChaos: 'podchaos',
  NetworkChaos: 'networkchaos',
  AWSChaos: 'awschaos',
};
const path = (namespace: string, { kind }: Manifest): string =>
  `/apis/chaos-mesh.org/v1alpha1/namespaces/${namespace}/${plurals[kind] ?? ''}`;
const create = (namespace: string, content: Manifest, end = DRY_RUN): Promise<Answer> =>
  request('POST', `${path(namespace, content)}?${end}`, content);

/** By the schemas of the real CRDs the server drops null, or refuses it with what then lacks, before the policy is asked. */
const isOfSchema = ({ status, body }: Answer): boolean =>
  status === 422 && /must be of type|Required value/.test(body.message ?? '');

/** Nor do they take steps and schedules of what they do not know. */
const isOfEnum = ({ status, body }: Answer): boolean =>
  status === 422 && /Unsupported value/.test(body.message ?? '');

/** A CRD without a schema keeps null, which the policy cannot read: that is refused too. */
const isUnread = ({ status, body }: Answer): boolean =>
  status === 422 && body.message?.includes("resulted in error: got 'types.Null'") === true;

/** Gives a namespace the permission, or takes it away. */
const allow = (value: 'enabled' | null): Promise<Answer> =>
  request('PATCH', `/api/v1/namespaces/${ALLOWED}`, {
    metadata: { annotations: { 'chaos-mesh.org/inject': value } },
  });
/** The server hears of it a little later. */
async function forbidden(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { status } = await create(ALLOWED, object('PodChaos', podChaos(ALLOWED)));
    if (status === 403) return;
    await sleep(100);
  }
}

/** Whether the CRDs are those of their projects. */
const OF_PROJECTS = process.env.GOLDEN_PATH_CRDS !== undefined;

/** Kinds whose CRDs the folder of the projects may lack. */
const crd = (kind: string, plural: string): object => ({
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  metadata: { name: `${plural}.chaos-mesh.org` },
  spec: {
    ...{ group: 'chaos-mesh.org', scope: 'Namespaced' },
    names: { kind, plural, singular: plural },
    versions: [
      {
        ...{ name: 'v1alpha1', served: true, storage: true },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
});

/** The Workflows of all examples, with everything that they claim, as if their namespace were the one here. */
function workflows() {
  const { models } = repository().render();
  return [shop(), ...models].flatMap((model) =>
    model.environments.flatMap((environment) => {
      const planned = plannedOf(
        {
          place: placeOf(model, environment, models),
          floors: floorsOf(0.5),
          cluster: { prometheus: 'http://prometheus-operated.monitoring:9090', zone: 'eu-1a' },
          others: [],
          checked: { by: 'nobody' },
        },
        experimentsOf(model, environment),
      );
      const workflow = tryWorkflow(planned);
      const text = JSON.stringify(workflow).replaceAll(
        `"${environment.namespace}"`,
        `"${ALLOWED}"`,
      );
      const manifest = JSON.parse(text) as Manifest;
      return [{ application: model.application, environment: environment.name, manifest }];
    }),
  );
}

const group = '/apis/admissionregistration.k8s.io/v1';
const POLICY = 'golden-path-game-days';

beforeAll(async () => {
  const known = await quietly(['get', 'crd', '-o', 'name']);
  for (const [kind, plural] of Object.entries(plurals)) {
    // Our own small ones hold what we write, and the policy looks at all that others may.
    const isWhole = OF_PROJECTS && known.includes(`/${plural}.chaos-mesh.org`);
    if (!isWhole) await installCrd(crd(kind, plural));
  }
  const namespace = (name: string, annotations: object): string =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } });
  for (const text of [namespace(ALLOWED, INJECT), namespace(FORBIDDEN, {})]) {
    await quietly(['apply', '--server-side', '-f', '-'], text);
  }
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: gameDayPolicies() });
  await quietly(['apply', '--server-side', '--validate=strict', '-f', '-'], list);
  // The server hears of it a little later.
  for (let tries = 0; tries < 100; tries++) {
    const { status } = await create(FORBIDDEN, object('PodChaos', podChaos(FORBIDDEN)));
    if (status === 403) return;
    await sleep(200);
  }
}, 120_000);
afterAll(async () => {
  await request('DELETE', `${group}/validatingadmissionpolicybindings/${POLICY}`);
  await request('DELETE', `${group}/validatingadmissionpolicies/${POLICY}`);
});

describe('a namespace that allows game days', () => {
  it.each([
    ['a fault of its own pods', object('PodChaos', podChaos(ALLOWED))],
    ['a fault between its own pods', object('NetworkChaos', networkChaos(ALLOWED))],
    ['a fault without a namespace, which is its own', object('PodChaos', selecting({}))],
    ['a Workflow', workflow(step('NetworkChaos', { networkChaos: networkChaos(ALLOWED) }))],
    ['a Schedule', object('Schedule', schedule({ type: 'PodChaos', podChaos: podChaos(ALLOWED) }))],
  ])('takes %s', async (_, content) => {
    const { status, body } = await create(ALLOWED, content);
    expect([status, body.message]).toEqual([201, undefined]);
  });

  it.each([
    ['whose namespaces are null', 'PodChaos', selecting({ namespaces: null })],
    ['whose pods are null', 'PodChaos', selecting({ pods: null })],
    ['whose selector is null', 'PodChaos', selecting(null)],
    ['without content', 'PodChaos', undefined],
    ['whose content is null', 'PodChaos', null],
    [
      'with a step that holds null',
      'Workflow',
      workflow(step('PodChaos', { podChaos: podChaos(ALLOWED), networkChaos: null })).spec,
    ],
  ])('takes an object %s, or refuses it for that', async (_, kind, spec) => {
    const answer = await create(ALLOWED, { ...object(kind, {}), spec });
    const isJudged = answer.status === 201 || isOfSchema(answer) || isUnread(answer);
    expect(isJudged ? undefined : answer.body.message).toBeUndefined();
  });

  it.each(workflows())(
    'takes the Workflow of $application in $environment',
    async ({ manifest }) => {
      const { status, body } = await create(ALLOWED, manifest);
      expect([status, body.message]).toEqual([201, undefined]);
    },
  );

  const REACH =
    'game-days: faults may reach pods of their own namespace alone. Name no other namespace and no other cluster, and hold a game day in each.';
  const KINDS =
    'game-days: faults may be done to pods alone, and this holds a kind or step that is not known to do so. Take out those of machines and clouds.';

  it.each([
    ['a fault of pods elsewhere', object('PodChaos', podChaos(FORBIDDEN))],
    [
      'a fault of single pods elsewhere',
      object('PodChaos', {
        ...{ action: 'pod-kill', mode: 'one' },
        selector: { pods: { [FORBIDDEN]: ['orders-0'] } },
      }),
    ],
    ['a fault towards pods elsewhere', object('NetworkChaos', networkChaos(FORBIDDEN))],
    [
      'a fault in another cluster',
      object('PodChaos', { ...podChaos(ALLOWED), remoteCluster: 'prod' }),
    ],
    [
      'a Workflow that reaches pods elsewhere',
      workflow(step('PodChaos', { podChaos: podChaos(FORBIDDEN) })),
    ],
    [
      'a Workflow that reaches towards pods elsewhere',
      workflow(step('NetworkChaos', { networkChaos: networkChaos(FORBIDDEN) })),
    ],
    [
      'a Workflow with a Schedule that does',
      workflow(
        step('Schedule', {
          schedule: schedule({ type: 'PodChaos', podChaos: podChaos(FORBIDDEN) }),
        }),
      ),
    ],
    [
      'a Schedule that does',
      object('Schedule', schedule({ type: 'PodChaos', podChaos: podChaos(FORBIDDEN) })),
    ],
    [
      'a Schedule with a Workflow that does',
      object(
        'Schedule',
        schedule({
          type: 'Workflow',
          workflow: workflow(step('PodChaos', { podChaos: podChaos(FORBIDDEN) })).spec,
        }),
      ),
    ],
  ])('refuses %s', async (_, content) => {
    const { status, body } = await create(ALLOWED, content);
    expect([status, body.message?.endsWith(REACH)]).toEqual([403, true]);
  });

  it.each([
    [
      'a Workflow that reaches machines of a cloud',
      workflow(
        step('AWSChaos', {
          awsChaos: { action: 'ec2-stop', awsRegion: 'eu-central-1', ec2Instance: 'i-1' },
        }),
      ),
    ],
    [
      'what reaches machines of a cloud',
      object('AWSChaos', { action: 'ec2-stop', awsRegion: 'eu-central-1', ec2Instance: 'i-1' }),
    ],
    [
      'a Schedule of a Workflow that does',
      object(
        'Schedule',
        schedule({ type: 'Workflow', workflow: workflow(step('AWSChaos', {})).spec }),
      ),
    ],
    ['a Schedule of what is not known', object('Schedule', schedule({ type: 'AWSChaos' }))],
    [
      'a Workflow with such a Schedule',
      workflow(step('Schedule', { schedule: schedule({ type: 'AWSChaos' }) })),
    ],
  ])('refuses %s, which is in no namespace', async (_, content) => {
    const answer = await create(ALLOWED, content);
    const { message } = answer.body;
    const isRefused = answer.status === 403 && message?.endsWith(KINDS);
    expect([message, isRefused || isOfEnum(answer)]).toEqual([expect.any(String), true]);
  });
});

describe('a namespace that does not allow game days', () => {
  it('refuses a Workflow of its own pods, and says what to do', async () => {
    const { status, body } = await create(
      FORBIDDEN,
      workflow(step('PodChaos', { podChaos: podChaos(FORBIDDEN) })),
    );
    expect(status).toBe(403);
    expect(body.message).toContain(
      'game-days: this namespace allows no faults on purpose. Give its environment gameDays, or annotate a namespace of your own with chaos-mesh.org/inject: enabled.',
    );
  });

  it('refuses a StatusCheck and a fault, and a Workflow of pods elsewhere', async () => {
    const all = [object('PodChaos', podChaos(FORBIDDEN)), workflow(step('Suspend', {}))];
    for (const content of all) {
      expect(await create(FORBIDDEN, content)).toMatchObject({ status: 403 });
    }
  });

  it.each([
    ['has no content', undefined],
    ['names no namespaces', selecting({ namespaces: null })],
    ['selects nothing', selecting(null)],
  ])('says so of a fault that %s', async (_, spec) => {
    const answer = await create(FORBIDDEN, { ...object('PodChaos', {}), spec });
    const said = answer.status === 403 && answer.body.message?.includes('allows no faults');
    expect([answer.body.message, said || isOfSchema(answer)]).toEqual([expect.any(String), true]);
  });

  it.each([
    ['experiment.chaos-mesh.org/pause', object('PodChaos', podChaos(ALLOWED))],
    ['workflow.chaos-mesh.org/abort', workflow(step('Suspend', {}))],
  ])('lets nothing go on that %s holds from before', async (annotation, content) => {
    const metadata = { name: 'held', annotations: { [annotation]: 'true' } };
    const made = await create(ALLOWED, { ...content, metadata }, 'fieldValidation=Strict');
    expect(made).toMatchObject({ status: 201 });
    const place = `${path(ALLOWED, content)}/held`;
    const set = (annotations: object | null, labels = {}): Promise<Answer> =>
      request('PATCH', place, { metadata: { annotations, labels } });
    await allow(null);
    try {
      await forbidden();
      for (const annotations of [{ [annotation]: null }, { [annotation]: 'false' }, null]) {
        const { status, body } = await set(annotations);
        expect([status, body.message]).toEqual([403, expect.stringContaining('allows no faults')]);
      }
      expect(await set({ [annotation]: 'true' }, { seen: 'true' })).toMatchObject({ status: 200 });
    } finally {
      await allow('enabled');
      await request('DELETE', place);
    }
  });

  it('lets a fault that was allowed before be taken away', async () => {
    const made = object('PodChaos', podChaos(ALLOWED));
    const held = { ...made, metadata: { ...made.metadata, finalizers: ['test.example.com/held'] } };
    expect(await create(ALLOWED, held, 'fieldValidation=Strict')).toMatchObject({ status: 201 });
    await allow(null);
    try {
      const place = `${path(ALLOWED, made)}/test`;
      await request('DELETE', place);
      const freed = await request('PATCH', place, { metadata: { finalizers: [] } });
      expect([freed.status, freed.body.message]).toEqual([200, undefined]);
    } finally {
      await allow('enabled');
    }
  });
});
