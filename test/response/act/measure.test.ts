import { describe, expect, it } from '@jest/globals';
import { measured } from '../../../lib/response/act/measure';
import { PrometheusClient, type Series } from '../../../lib/prometheus';
import { FakeServer } from '../../prometheus/fake-server';
import { incident, NOW } from './facts-of';

const revisions = [{ revision: 6, replicaSet: 'orders-6', createdAt: NOW - 86_400 }];
const value = (is: number): readonly Series[] => [{ labels: {}, points: [{ at: NOW, value: is }] }];

describe('how a version is measured', () => {
  it('counts only the time in which nearly all that served were its pods', async () => {
    const asked: string[] = [];
    const query = (text: string): Promise<readonly Series[]> => {
      asked.push(text);
      return Promise.resolve(value(text.startsWith('avg') ? 0.5 : 7));
    };
    const prometheus = { query, address: 'x' } as unknown as PrometheusClient;
    const [found] = await measured(prometheus, incident(), revisions, NOW, []);
    expect(found).toMatchObject({ burn: 0.5, measuredSeconds: 2100 });
    const set = '{namespace="shop-prod",replicaset="orders-6"}';
    const ran = [
      'max(slo:current_burn_rate:ratio{application="shop",service="orders",environment="prod"})',
      `and on () (max(kube_replicaset_spec_replicas${set}) > 0)`,
      `and on () (max(kube_replicaset_status_ready_replicas${set}) >= 0.9 * max(kube_deployment_status_replicas_ready{namespace="shop-prod",deployment="orders"}))`,
    ].join(' ');
    const serves = `and on () (max(kube_replicaset_status_ready_replicas${set}) > 0)`;
    expect(asked).toEqual([
      `avg_over_time((${ran})[7d:300s])`,
      `count_over_time((${ran} ${serves})[7d:300s])`,
    ]);
  });

  it('tells what the server did not', async () => {
    const server = await FakeServer.start([(response) => response.writeHead(422).end()]);
    const prometheus = new PrometheusClient({ url: server.url, retries: { attempts: 1 } });
    const [found] = await measured(prometheus, incident(), revisions, NOW, []);
    await server.stop();
    expect(found).toMatchObject({ measuredSeconds: 0, unseen: expect.stringContaining('422') });
    expect(found).not.toHaveProperty('burn');
  });
});
