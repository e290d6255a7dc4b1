import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib';
import type { AdmissionStage, AdmissionWaiver } from '../../lib/guardrail';
import { changed, withContainer, withSecurity } from '../guardrail/fixtures/fixture';
import { deployment, pod, statefulSet } from '../guardrail/fixtures/objects';
import { everyRule, exportedIds, goldenCases, judged } from '../guardrail/golden-verdicts';
import { collectionOf, DRY_RUN, request, type Answer } from './api';
import { install, namespaced, ofPolicies, uninstall } from './guarded';
import { inTurns, quietly } from './kubectl';

const NAMESPACE = 'staged';
const UNGUARDED = 'unguarded';

const inNamespace = (object: Manifest, namespace: string): Manifest =>
  changed(object, ({ metadata }) => void (metadata.namespace = namespace));

const create = (object: Manifest): Promise<Answer> =>
  request('POST', `${collectionOf(object, NAMESPACE)}?${DRY_RUN}`, object);

const installed = (stage: AdmissionStage, waivers: readonly AdmissionWaiver[] = []) =>
  install({ rules: everyRule, stage, waivers, namespace: NAMESPACE });

const errors: ReadonlySet<string> = new Set(
  everyRule.filter(({ severity }) => severity === 'error').map(({ rule }) => rule.id),
);

/** An object that breaks a rule, and all that is found in it. */
const bad = [...exportedIds].flatMap((id) => {
  const own = goldenCases
    .filter(({ rule, key, object: { kind }, refused, gates }) => {
      // The defaults of pods can break further rules.
      return rule === id && key.startsWith('bad') && !refused && !gates && kind !== 'Pod';
    })
    .map(({ object }) => inNamespace(object, NAMESPACE))
    .map((object) => ({ id, object, broken: judged(object) }));
  // Those that defaults or this namespace mend are none here.
  return own.find(({ broken }) => broken.some((one) => one.id === id)) ?? [];
});
const refused = bad.filter(({ broken }) => broken.some(({ id }) => errors.has(id)));
const warned = bad.filter((one) => !refused.includes(one));

const answers = (list: typeof bad): Promise<readonly Answer[]> =>
  inTurns(list, ({ object }) => create(object), 12);

beforeAll(async () => {
  await namespaced(NAMESPACE);
  await namespaced(UNGUARDED, {});
});
afterAll(uninstall);

const hostPort = (object: Manifest, name = 'orders'): Manifest =>
  withContainer(
    changed(inNamespace(object, NAMESPACE), ({ metadata }) => void (metadata.name = name)),
    (container) => (container.ports = [{ name: 'http', containerPort: 8080, hostPort: 8080 }]),
  );

const HOST_PORT =
  'no-host-ports: host ports in the containers orders. Remove hostPort; a WebService is reached by its Service, and from outside by expose.';

describe('the stage deny', () => {
  beforeAll(() => installed('deny'));

  it('refuses what breaks a rule of severity error, and says which and what to do', async () => {
    const { status, body } = await create(hostPort(deployment()));
    expect(status).toBe(422);
    expect(body.message).toBe(
      `deployments.apps "orders" is forbidden: ValidatingAdmissionPolicy 'golden-path-no-host-ports' with binding 'golden-path-no-host-ports' denied request: ${HOST_PORT}`,
    );
  });

  it('refuses by every rule of severity error', async () => {
    const results = await answers(refused);
    const others = refused.flatMap(({ id, broken }, index) => {
      const { status, body } = results[index] as Answer;
      const known = broken.filter((one) => errors.has(one.id));
      const isRight = status === 422 && known.some(({ text }) => body.message?.endsWith(text));
      return isRight ? [] : [{ id, status, message: body.message }];
    });
    expect(others).toEqual([]);
    const reached = new Set(refused.map(({ id }) => id).filter((id) => errors.has(id)));
    // The server refuses what breaks the first by itself, and knows the second by a gate.
    const rest = [...errors].filter((id) => exportedIds.has(id) && !reached.has(id));
    expect(rest).toEqual(['default-proc-mount', 'selector-matches-template']);
  });

  it('warns by the other rules, and refuses by none', async () => {
    const results = await answers(warned);
    const told = results.map((answer) => [answer.status, ofPolicies(answer).map(textOf).sort()]);
    expect(told).toEqual(warned.map(({ broken }) => [201, broken.map(({ text }) => text).sort()]));
    expect(warned.length).toBeGreaterThan(10);
  });

  it('touches nothing in a namespace without the label', async () => {
    const elsewhere = bad.map((one) => ({ ...one, object: inNamespace(one.object, UNGUARDED) }));
    const results = await answers(elsewhere);
    expect(notSilent(results)).toEqual([]);
  });
});

const textOf = (warning: string): string => warning.slice(warning.indexOf(': ') + 2);
const notSilent = (results: readonly Answer[]): readonly Answer[] =>
  results.filter((answer) => answer.status !== 201 || ofPolicies(answer).length > 0);

describe('the stage audit', () => {
  beforeAll(() => installed('audit'));

  it('is silent, but has judged', async () => {
    const before = await audited();
    const results = await answers(bad);
    expect(notSilent(results)).toEqual([]);
    const after = await audited();
    expect(bad.filter(({ id }) => (after.get(id) ?? 0) <= (before.get(id) ?? 0))).toEqual([]);
  });
});

/** How often each policy has found something, and only written it down. */
async function audited(): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const line of (await quietly(['get', '--raw', '/metrics'])).split('\n')) {
    if (!/^apiserver_validating_admission_policy_check_total\{.*"audit"/.test(line)) continue;
    const [, id = '', count] = /policy="golden-path-(.*?)".* (\d+)$/.exec(line) ?? [];
    counts.set(id, (counts.get(id) ?? 0) + Number(count));
  }
  return counts;
}

describe('a waiver', () => {
  const waiver = (kind: string, name: string): AdmissionWaiver => ({
    ...{ application: 'shop', rule: 'no-host-ports', path: 'shop/gate', owner: 'team-shop' },
    ...{ reason: 'the legacy gateway needs it', expires: '2027-03-31' },
    objects: [{ kind, name }],
  });
  const named = (object: Manifest, label: string, value: string): Manifest =>
    changed(object, (draft) => {
      draft.metadata.labels[`app.kubernetes.io/${label}`] = value;
    });

  beforeAll(() => installed('deny', [waiver('Deployment', 'orders')]));

  it.each([
    ['its object', hostPort(deployment())],
    ['a pod with the labels of its object', hostPort(pod(), 'orders-debugging')],
  ])('is honoured for %s', async (_, object) => {
    const { status, warnings } = await create(object);
    expect([status, warnings]).toEqual([201, []]);
  });

  it.each([
    ['another name', hostPort(deployment(), 'stock')],
    ['another kind', hostPort(statefulSet())],
    ['another application', named(hostPort(deployment()), 'part-of', 'store')],
    ['a pod of another workload', named(hostPort(pod()), 'name', 'stock')],
    ['a pod of another application', named(hostPort(pod()), 'part-of', 'store')],
  ])('is not honoured for %s', async (_, object) => {
    const { status, body } = await create(object);
    expect([status, body.message?.endsWith(HOST_PORT)]).toEqual([422, true]);
  });

  it('is not honoured for another rule', async () => {
    const object = withSecurity(hostPort(deployment()), {
      privileged: true,
      allowPrivilegeEscalation: true,
    });
    const { status, body } = await create(object);
    expect([status, body.message]).toEqual([
      422,
      expect.stringMatching(/no-privileged-containers|no-privilege-escalation/),
    ]);
    expect(body.message).not.toContain('no-host-ports');
  });
});
