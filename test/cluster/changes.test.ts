import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib';
import { kinds, type RuleKind } from '../../lib/guardrail';
import { changed, withContainer, withSecurity } from '../guardrail/fixtures/fixture';
import { pod } from '../guardrail/fixtures/objects';
import { container, debugContainer } from '../guardrail/fixtures/pod-spec';
import { everyRule, goldenCases, judged } from '../guardrail/golden-verdicts';
import { collectionOf, DRY_RUN, request, type Answer } from './api';
import { install, namespaced, ofPolicies, uninstall } from './guarded';

const NAMESPACE = 'changing';
const NAME = 'running';
const FINALIZER = 'example.com/hold';

/** As errors all of them, so that objects of every kind can be refused. */
const rules = everyRule.map((rule) => ({ ...rule, severity: 'error' as const }));

const template = { spec: { template: { metadata: { annotations: { changed: 'yes' } } } } };
const address = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
const condition = { type: 'Ready', status: 'True', reason: 'Test', message: '' };

/** For each kind, what changes of its content the server takes, and of its status, which has a path of its own. */
const changes: Readonly<Partial<Record<RuleKind, { content: object; status?: object }>>> = {
  Pod: { content: { spec: { activeDeadlineSeconds: 60 } }, status: { message: 'it waits' } },
  Deployment: { content: template, status: { replicas: 1 } },
  StatefulSet: { content: template, status: { replicas: 1 } },
  DaemonSet: { content: template, status: { desiredNumberScheduled: 1 } },
  ReplicaSet: { content: template, status: { replicas: 1 } },
  Job: { content: { spec: { parallelism: 2 } }, status: { active: 1 } },
  CronJob: {
    content: { spec: { schedule: '0 4 * * *' } },
    status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
  },
  Service: {
    content: { spec: { sessionAffinity: 'ClientIP' } },
    status: { conditions: [{ ...condition, lastTransitionTime: '2026-01-01T00:00:00Z' }] },
  },
  ConfigMap: { content: { data: { changed: 'yes' } } },
  Secret: { content: { data: { changed: 'eWVz' } } },
  ServiceAccount: { content: { automountServiceAccountToken: true } },
  Ingress: { content: { spec: { ingressClassName: 'other' } }, status: address },
  NetworkPolicy: { content: { spec: { podSelector: { matchLabels: { changed: 'yes' } } } } },
  PodDisruptionBudget: {
    content: { spec: { selector: { matchLabels: { changed: 'yes' } } } },
    status: { currentHealthy: 1, desiredHealthy: 1, disruptionsAllowed: 0, expectedPods: 1 },
  },
  Role: { content: { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] } },
  RoleBinding: {
    content: { subjects: [{ kind: 'ServiceAccount', name: 'other', namespace: NAMESPACE }] },
  },
};

/** Some kinds break the rule on namespaces alone. */
const here = (object: Manifest): Manifest =>
  changed(object, ({ metadata }) => {
    if (metadata.namespace !== 'default') metadata.namespace = NAMESPACE;
  });

const cases = Object.entries(changes).map(([kind, change]) => {
  const { object } = goldenCases.find(
    ({ key, object: { kind: other }, refused, gates, subResource }) =>
      other === kind && key.startsWith('bad') && !refused && !gates && !subResource,
  )!;
  const running = changed(here(object), ({ metadata }) => {
    Object.assign(metadata, { name: NAME, finalizers: [FINALIZER] });
  });
  return { kind, running, path: `${collectionOf(running, NAMESPACE)}/${NAME}`, ...change };
});
const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
const create = (object: Manifest, query: string): Promise<Answer> =>
  request('POST', `${collectionOf(here(object), NAMESPACE)}?${query}`, here(object));
const debug = (name: string, ephemeralContainers: readonly object[]): Promise<Answer> =>
  request('PATCH', `${pods}/${name}/ephemeralcontainers?${DRY_RUN}`, {
    spec: { ephemeralContainers },
  });

const renamed = (object: Manifest, name: string): Manifest =>
  changed(object, ({ metadata }) => void (metadata.name = name));

const sidecar = { ...container('sidecar'), image: 'docker.io/sidecar:latest' };
const withSidecar = (object: Manifest): Manifest =>
  changed(object, ({ spec }) => void (spec.containers as object[]).push(sidecar));
const badPods = goldenCases
  .filter(({ key, object: { kind }, refused, gates, subResource }) => {
    return kind === 'Pod' && key.startsWith('bad') && !refused && !gates && !subResource;
  })
  .map(({ rule, object }, index) => ({
    rule,
    object: here(renamed(object, `bad-${index}`)),
  }))
  .filter(({ object }) => collectionOf(object, NAMESPACE) === pods);

beforeAll(async () => {
  for (const name of [NAMESPACE, 'default']) await namespaced(name);
  // Before there are policies.
  await uninstall();
  const before = [withSidecar(pod()), ...badPods.map(({ object }) => object)];
  for (const object of [...cases.map(({ running }) => running), ...before]) {
    const { status, body } = await create(object, 'fieldValidation=Strict');
    if (status !== 201) throw new Error(body.message);
  }
  await install({ rules, stage: 'deny', namespace: NAMESPACE });
});

afterAll(async () => {
  await uninstall();
  for (const { path } of cases) {
    await request('PATCH', path, { metadata: { finalizers: null } });
    await request('DELETE', path);
  }
  await namespaced('default', {});
});

/** What a refusal says. */
const DENIED = /is forbidden: ValidatingAdmissionPolicy 'golden-path-.*' denied request: /;

describe.each(cases)('a running $kind that breaks rules', ({ running, path, content, status }) => {
  const expectPassed = (answer: Answer): void => {
    const { status: code, body } = answer;
    const messages = code < 300 ? [] : [code, body.message];
    expect([...messages, ...ofPolicies(answer)]).toEqual([]);
  };

  it('would be refused if it were new', async () => {
    const { metadata, ...rest } = running;
    const { status: code, body } = await create(
      { ...rest, metadata: { ...metadata, name: 'new' } },
      DRY_RUN,
    );
    expect([code, body.message]).toEqual([422, expect.stringMatching(DENIED)]);
  });

  it('takes other labels and annotations', async () => {
    const metadata = { labels: { changed: 'yes' }, annotations: { changed: 'yes' } };
    expectPassed(await request('PATCH', path, { metadata }));
  });

  it('takes itself again, as kubectl replaces it', async () => {
    const { body } = await request('GET', path);
    expectPassed(await request('PUT', path, body));
  });

  if (running.kind === 'Pod') {
    it('takes the little that can be changed of it: it was judged when it was made', async () => {
      const answer = await request('PATCH', path, content);
      expectPassed(answer);
      expect(answer.body).toMatchObject(content);
    });
  } else {
    it('refuses other content', async () => {
      const { status: code, body } = await request('PATCH', path, content);
      expect([code, body.message]).toEqual([422, expect.stringMatching(DENIED)]);
    });
  }

  if (status) {
    it('takes another status', async () => {
      const answer = await request('PATCH', `${path}/status`, { status });
      expectPassed(answer);
      expect(answer.body).toMatchObject({ status });
    });
  }

  if (['Deployment', 'StatefulSet', 'ReplicaSet'].includes(running.kind)) {
    it('is scaled', async () => {
      const answer = await request('PATCH', `${path}/scale`, { spec: { replicas: 5 } });
      expectPassed(answer);
      expect(answer.body.spec).toEqual({ replicas: 5 });
    });
  }

  it('is deleted, and lets its finalizer go', async () => {
    expectPassed(await request('DELETE', `${path}?gracePeriodSeconds=0`));
    const { body } = await request('GET', path);
    expect(body.metadata).toMatchObject({
      finalizers: expect.arrayContaining([FINALIZER]),
      deletionTimestamp: expect.any(String),
    });
    expectPassed(await request('PATCH', path, { metadata: { finalizers: null } }));
    expect((await request('GET', path)).status).toBe(404);
  });
});

it('is about every kind of which a policy can refuse something', () => {
  const known = new Set(goldenCases.map(({ object }) => object.kind));
  expect(cases.map(({ kind }) => kind).sort()).toEqual([...known].sort());
  expect([...known].filter((kind) => !(kind in kinds))).toEqual([]);
});

describe('a pod', () => {
  const owned = (object: Manifest, owner: object): Manifest =>
    changed(object, ({ metadata }) => {
      Object.assign(metadata, { name: 'owned', ownerReferences: [{ uid: 'f3b0', ...owner }] });
    });
  const operator = { apiVersion: 'example.com/v1', kind: 'Database', name: 'orders' };
  const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'orders' };
  const bad = withContainer(pod(), (each) => (each.image = 'docker.io/orders:latest'));

  it.each([
    ['of an operator', owned(bad, { ...operator, controller: true })],
    [
      'of Strimzi, which says that it is no controller',
      owned(bad, { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka', name: 'kafka' }),
    ],
    [
      'of a ReplicaSet with a sidecar',
      owned(withSidecar(pod()), { ...replicaSet, controller: true }),
    ],
  ])('%s is made', async (_, object) => {
    const { status, warnings } = await create(object, DRY_RUN);
    expect([status, warnings]).toEqual([201, []]);
    expect(judged(object).length).toBeGreaterThan(0);
  });

  it.each([
    ['that nobody owns', bad],
    ['of an owner that does not control it', owned(bad, operator)],
    ['with a sidecar, that nobody owns', withSidecar(pod())],
  ])('%s is refused', async (_, object) => {
    const { status, body } = await create(renamed(object, 'other'), DRY_RUN);
    expect([status, body.message]).toEqual([422, expect.stringMatching(DENIED)]);
  });
});

describe('a debug container', () => {
  const bad = { ...debugContainer('bad'), image: 'docker.io/debug:latest' };

  it('is refused when it breaks rules, whatever else runs in the pod', async () => {
    const { status, body } = await debug('orders', [bad]);
    expect([status, body.message]).toEqual([422, expect.stringMatching(DENIED)]);
    expect(body.message).not.toContain('sidecar');
  });

  it('joins a pod with a sidecar that breaks rules', async () => {
    const { status, warnings } = await debug('orders', [debugContainer()]);
    expect([status, warnings]).toEqual([200, []]);
  });

  it('joins whatever pod breaks rules by itself', async () => {
    const results = await Promise.all(
      badPods.map(async ({ rule, object }) => {
        const { status, body } = await debug(object.metadata.name, [debugContainer()]);
        return { rule, status, message: body.message };
      }),
    );
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(badPods.map(({ rule }) => rule)).size).toBeGreaterThan(20);
  });

  it('is refused in a privileged form', async () => {
    const privileged = withSecurity(pod(), {
      privileged: true,
      allowPrivilegeEscalation: true,
    }).spec as { readonly containers: readonly { readonly securityContext: object }[] };
    const { securityContext } = privileged.containers[0]!;
    const { status, body } = await debug('orders', [{ ...debugContainer(), securityContext }]);
    expect([status, body.message]).toEqual([422, expect.stringMatching(DENIED)]);
  });
});
