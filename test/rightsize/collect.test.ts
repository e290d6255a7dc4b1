import { describe, expect, it } from '@jest/globals';
import { label } from '../../lib/prometheus';
import { askOf, collectEvidence, windowBefore } from '../../lib/rightsize';
import type { ApplicationModel, ContainerModel, WorkloadModel } from '../../lib';
import { refusal, says, success, withServer, type Answer } from '../prometheus/fake-server';

const window = windowBefore('2026-11-20', 14);
const ask = {
  ...{ namespace: 'shop', window },
  workloads: [
    { workload: 'api', kind: 'web-service', containers: ['api'], initContainers: [] },
  ] as const,
};
const nothing = success({ resultType: 'matrix', result: [] });
const dies: Answer = (response) => {
  response.socket?.destroy();
};

describe('a server', () => {
  it('without any metrics of the namespace leaves nothing measured', async () => {
    await withServer([nothing], async (client) => {
      const { containers, pods, scrapeSeconds } = await collectEvidence(client, ask);
      expect(pods).toEqual({ all: 0, byName: 0 });
      expect(scrapeSeconds).toBe(60);
      expect(containers).toMatchObject([{ workload: 'api', container: 'api', pods: 0 }]);
    });
  });

  it.each<[string, Answer, RegExp]>([
    ['dies', dies, /broke the connection/],
    ['says 422', says(422, { status: 'error', error: 'too much' }), /answered 422: too much/],
    [
      'has a part of the data',
      success({ resultType: 'matrix', result: [] }, { warnings: ['a store is away'] }),
      /warns: a store is away/,
    ],
  ])('that %s on the way leaves no half of the evidence', async (_, fault, text) => {
    const answers = [...Array<Answer>(10).fill(nothing), fault];
    await withServer(answers, async (client, { port, seen }) => {
      expect(await refusal(collectEvidence(client, ask), port)).toMatch(text);
      // Nor does it go on asking: two are open at a time, and each is tried three times at most.
      expect(seen.length).toBeLessThanOrEqual(10 + 2 * 3);
    });
  });

  it('of several clusters must be told which', async () => {
    const row = (cluster: string) => ({
      metric: { pod: 'a', container: 'api', cluster },
      values: [[window.end, '288']],
    });
    const both = success({ resultType: 'matrix', result: [row('prod-us'), row('prod-eu')] });
    await withServer([both], async (client, { port }) => {
      expect(await refusal(collectEvidence(client, ask), port)).toBe(
        'PrometheusError: http://127.0.0.1:PORT holds the namespace shop of several clusters: prod-eu, prod-us. Say which, such as cluster="prod-us".',
      );
    });
  });

  it('is asked under further conditions', async () => {
    await withServer([nothing], async (client, { seen }) => {
      await collectEvidence(client, { ...ask, matchers: [label('cluster', 'prod-eu')] });
      expect(seen.length).toBeGreaterThan(10);
      for (const { form } of seen) expect(form.query).toContain('cluster="prod-eu"');
    });
  });

  it('is told of, stage by stage', async () => {
    const said: string[] = [];
    const progress = (what: string): void => void said.push(what);
    await withServer([nothing], (client) => collectEvidence(client, ask, { progress }));
    expect(said).toEqual(['pods and their owners', 'memory, kills and starts', 'CPU use by day']);
  });
});

describe('what is asked of an application', () => {
  const container = (name: string, role: ContainerModel['role']) => ({ name, role });
  const workload = (name: string, stages?: readonly string[]) => ({
    ...{ name, kind: 'web-service' },
    containers: [container('wait', 'init'), container(name, 'main'), container('proxy', 'sidecar')],
    ...(stages && { presence: { stages, reason: 'r' } }),
  });
  const model = {
    workloads: [
      workload('api'),
      workload('load', ['dev', 'staging']),
      workload('eu', ['prod-eu']),
    ] as unknown as readonly WorkloadModel[],
  } as ApplicationModel;

  it('are the workloads of the environment, and the containers that run beside each other', () => {
    const prod = { name: 'prod-eu', stage: 'prod', namespace: 'shop' };
    const { namespace, workloads } = askOf(model, prod, window);
    expect(namespace).toBe('shop');
    expect(workloads.map((one) => one.workload)).toEqual(['api', 'eu']);
    expect(workloads[0]).toEqual({
      ...{ workload: 'api', kind: 'web-service' },
      containers: ['api', 'proxy'],
      initContainers: ['wait'],
    });
    const staging = { name: 'pr-12', stage: 'staging', namespace: 'shop' };
    expect(askOf(model, staging, window).workloads.map((one) => one.workload)).toEqual([
      'api',
      'load',
    ]);
  });
});
