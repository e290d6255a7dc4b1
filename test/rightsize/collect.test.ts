import { describe, expect, it } from '@jest/globals';
import { label } from '../../lib/prometheus';
import { askOf, collectEvidence, windowBefore, type EvidenceAsk } from '../../lib/rightsize';
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

/** Answers by what is asked about; of everything else there is nothing. */
const knows =
  (rows: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>): Answer =>
  (response, seen) => {
    const metric = Object.keys(rows).find((name) => seen.form.query?.includes(name)) ?? '';
    const isRange = seen.path?.endsWith('query_range');
    const result = (rows[metric] ?? []).map((labels) =>
      isRange
        ? { metric: labels, values: [[window.end, '100']] }
        : { metric: labels, value: [window.end, '1'] },
    );
    success({ resultType: isRange ? 'matrix' : 'vector', result })(response, seen);
  };

describe('a pod is of the workload', () => {
  const asks = (kind: EvidenceAsk['workloads'][number]['kind'], workload: string) => ({
    ...ask,
    workloads: [{ workload, kind, containers: [workload], initContainers: [] }],
  });
  const owner = (owner_kind: string, owner_name: string) => ({ owner_kind, owner_name });

  it.each<[string, EvidenceAsk, string, object, object]>([
    [
      'that a Rollout in the place of its Deployment is named after',
      asks('web-service', 'api'),
      'api-x',
      { kube_pod_owner: [{ pod: 'api-x', ...owner('ReplicaSet', 'api-rs') }] },
      { kube_replicaset_owner: [{ replicaset: 'api-rs', ...owner('Rollout', 'api') }] },
    ],
    [
      'that its ReplicaSet is named after, where nobody knows the owner of that',
      asks('worker', 'mail'),
      'mail-x',
      { kube_pod_owner: [{ pod: 'mail-x', ...owner('ReplicaSet', 'mail-5b6d7') }] },
      {},
    ],
    [
      'that migrates by a Job of its own',
      asks('migration', 'api-migrate'),
      'x',
      { kube_pod_owner: [{ pod: 'x', ...owner('Job', 'api-migrate-0a1b2c3d') }] },
      { kube_job_owner: [{ job_name: 'api-migrate-0a1b2c3d', ...owner('<none>', '<none>') }] },
    ],
    [
      'that its CronJob is',
      asks('scheduled-job', 'report'),
      'y',
      { kube_pod_owner: [{ pod: 'y', ...owner('Job', 'by-hand') }] },
      { kube_job_owner: [{ job_name: 'by-hand', ...owner('CronJob', 'report') }] },
    ],
  ])('%s', async (_, one, pod, ofPods, above) => {
    const container = one.workloads[0]?.containers[0] ?? '';
    const scraped = { count_over_time: [{ pod, container }] };
    await withServer([knows({ ...scraped, ...ofPods, ...above })], async (client) => {
      const { containers, pods } = await collectEvidence(client, one);
      expect(pods).toEqual({ all: 1, byName: 0 });
      expect(containers).toMatchObject([{ container, pods: 1 }]);
    });
  });

  it('of no one, when another one owns it', async () => {
    const rows = {
      count_over_time: [{ pod: 'api-5b6d7-4xz7k', container: 'api' }],
      kube_pod_owner: [{ pod: 'api-5b6d7-4xz7k', ...owner('StatefulSet', 'api') }],
    };
    await withServer([knows(rows)], async (client) => {
      expect((await collectEvidence(client, ask)).pods).toEqual({ all: 0, byName: 0 });
    });
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
    const prod = { name: 'prod-eu', stage: 'prod', namespace: 'shop', files: [] };
    const { namespace, workloads } = askOf(model, prod, window);
    expect(namespace).toBe('shop');
    expect(workloads.map((one) => one.workload)).toEqual(['api', 'eu']);
    expect(workloads[0]).toEqual({
      ...{ workload: 'api', kind: 'web-service' },
      containers: ['api', 'proxy'],
      initContainers: ['wait'],
    });
    const staging = { name: 'pr-12', stage: 'staging', namespace: 'shop', files: [] };
    expect(askOf(model, staging, window).workloads.map((one) => one.workload)).toEqual([
      'api',
      'load',
    ]);
  });
});
