import { describe, expect, it, jest } from '@jest/globals';
import { collectEvidence, lastDays, verifyRequests } from '../../lib/rightsize';
import { label, PrometheusClient } from '../../lib/prometheus';
import { asked, askIn, client } from './ask';
import { NAMESPACE } from './store';

const ask = askIn(NAMESPACE, [asked('bursty'), asked('released'), asked('steady'), asked('gone')]);
const collected = collectEvidence(client(), ask);
const proposed = (workload: string, cores: number) => ({ workload, container: workload, cores });

describe('the share of samples above a request', () => {
  it('is that of the shape', async () => {
    const shares = await verifyRequests(client(), ask, await collected, [
      proposed('bursty', 0.2),
      proposed('released', 0.2),
      proposed('steady', 0.25),
      proposed('gone', 0.2),
    ]);
    expect(shares.map(({ workload, above }) => [workload, Number(above.toFixed(9))])).toEqual([
      ['bursty', Number((4 / 72).toFixed(9))],
      ['released', 0.5],
      ['steady', 0],
    ]);
  });

  it('can be that of the last days alone', async () => {
    const late = { ...ask, window: lastDays(ask.window, 7) };
    const shares = await verifyRequests(client(), late, await collected, [
      proposed('released', 0.2),
      proposed('steady', 0.1),
    ]);
    expect(shares.map(({ above }) => above)).toEqual([1, 1]);
  });

  it('asks once for all containers of one request', async () => {
    const asks = jest.spyOn(PrometheusClient.prototype, 'query');
    const containers = [proposed('bursty', 0.2), proposed('released', 0.2)];
    await verifyRequests(client(), ask, await collected, [...containers, proposed('steady', 0.5)]);
    expect(asks).toHaveBeenCalledTimes(2);
    asks.mockRestore();
  });
});

describe('further conditions', () => {
  it('leave out what they do not meet', async () => {
    const elsewhere = { ...ask, matchers: [label('cluster', 'prod-eu')] };
    const { containers, pods } = await collectEvidence(client(), elsewhere);
    expect(pods.all).toBe(0);
    expect(containers.every(({ measurements }) => measurements.podDays.length === 0)).toBe(true);
  });
});
