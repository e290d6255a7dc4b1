import { describe, expect, it } from '@jest/globals';
import { repository } from '../../apps/repository';
import { faultOf } from '../../lib/cli/game-day/fault';
import { experimentsOf, judge, type Experiment } from '../../lib/game-day';
import type { PrometheusClient, Range, Series } from '../../lib/prometheus';
import { gather } from '../../lib/rehearsal';

const BEGAN = 1.7e9;
const ENDED = BEGAN + 600;
const model = repository()
  .render()
  .models.find(({ application }) => application === 'online-boutique')!;
const staging = model.environments.find(({ name }) => name === 'staging')!;
const experiments = experimentsOf(model, staging);

const series = (labels: Series['labels'], { start, end, step }: Range, value: number): Series => ({
  labels,
  points: Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => ({
    ...{ at: start + step * index, value },
  })),
});

/** All is well in a Prometheus that has samples until a moment, and of Chaos Mesh for some seconds of the fault. */
function serverOf(until: number, injectedSeconds: number, before = 0, during = before + 1) {
  const asked: string[] = [];
  const queryRange = (query: string, range: Range): Promise<readonly Series[]> => {
    asked.push(query);
    const seen = { ...range, end: Math.min(range.end, until) };
    const place = {
      ...{ application: model.application, environment: 'staging', namespace: staging.namespace },
    };
    if (query.includes('chaos_experiments')) {
      const running = { ...range, end: Math.min(range.end, BEGAN + injectedSeconds) };
      return Promise.resolve([series({}, running, during)]);
    }
    if (query.includes('namespace:info')) return Promise.resolve([series(place, seen, 1)]);
    if (query.includes('events:rate5m')) return Promise.resolve([series({}, seen, 100)]);
    if (!query.includes('ratio_rate5m')) return Promise.resolve([]);
    return Promise.resolve(
      model.workloads.flatMap(({ name, objectives = [] }) =>
        objectives.map(({ slo }) => series({ service: name, slo }, seen, 0)),
      ),
    );
  };
  const query = (text: string): Promise<readonly Series[]> => {
    const value = text.includes('chaos_experiments') ? before : 20;
    return Promise.resolve([{ labels: {}, points: [{ at: BEGAN, value }] }]);
  };
  const client = { address: 'http://p', query, queryRange } as unknown as PrometheusClient;
  return { client, asked };
}

const fault = (client: PrometheusClient, experiment: Experiment, injected?: string) =>
  faultOf(client, {
    ...{ model, environment: 'staging', fault: experiment.fault, injected },
    ...{ began: BEGAN, ended: ENDED, pace: 1 },
  });

async function outcomeOf(experiment: Experiment, client: PrometheusClient): Promise<string> {
  const until = ENDED + experiment.expects.recoversWithinSeconds + 300;
  const span = { start: BEGAN - 300, end: until };
  const { facts } = await gather({ client, model, environment: 'staging', experiment, span });
  const { outcome } = judge(experiment, {
    ...{ environment: 'staging', rehearsed: false, factor: 1, toleranceSeconds: 0 },
    ...{ began: BEGAN, ended: ENDED, from: span.start, until, isPaging: true, doubts: [] },
    ...facts,
    fault: await fault(client, experiment),
  });
  return outcome;
}

const calm = experiments.filter(
  ({ expects, fault: { kind } }) => expects.alerts.length === 0 && kind !== 'shift-clock',
);

describe('a game day of which data ends', () => {
  it('is held while there are samples of all of it', async () => {
    expect(calm.length).toBeGreaterThan(20);
    const { client } = serverOf(Infinity, 600);
    const outcomes = await Promise.all(calm.map((each) => outcomeOf(each, client)));
    expect([...new Set(outcomes)]).toEqual(['held']);
  });

  it.each([
    ['during the fault', BEGAN + 30],
    ['soon after the fault', ENDED + 60],
  ])('proves nothing of what was to be calm when it is %s', async (_, until) => {
    const { client } = serverOf(until, 600);
    const outcomes = await Promise.all(calm.map((each) => outcomeOf(each, client)));
    expect([...new Set(outcomes)]).toEqual(['inconclusive']);
  });

  it('asks for samples that are not older than some evaluations', async () => {
    const { client, asked } = serverOf(Infinity, 600);
    await outcomeOf(calm[0]!, client);
    const recorded = asked.filter((query) => query.includes('slo:'));
    expect(recorded).toHaveLength(2);
    const there = asked.filter((query) => query.startsWith('max(last_over_time(golden_path:'));
    expect(there).toHaveLength(1);
    for (const query of recorded) expect(query).toMatch(/last_over_time\(.*\[75000ms\]\)/);
  });
});

describe('a fault', () => {
  const cut = experiments.find((each) => each.fault.kind === 'partition')!;
  const kill = experiments.find((each) => each.fault.kind === 'kill-pod')!;

  it('was there when Chaos Mesh had an object of its kind for all of the time', async () => {
    const { client, asked } = serverOf(Infinity, 600);
    expect(await fault(client, cut)).toMatchObject({
      isThere: true,
      found: 'Chaos Mesh had a NetworkChaos over 100 % of its time.',
    });
    expect(asked[0]).toContain(
      `{kind="NetworkChaos",phase="running",exported_namespace="${staging.namespace}"}`,
    );
    await fault(client, kill);
    expect(asked[1]).toContain('{kind="PodChaos",phase=~"running|finished",');
  });

  it('was not, when there is one sample of it, by Chaos Mesh or by an expression', async () => {
    const { client } = serverOf(Infinity, 5);
    expect(await fault(client, cut)).toMatchObject({ isThere: false });
    const { client: once } = serverOf(BEGAN + 5, 600);
    expect(await fault(once, cut, 'golden_path:namespace:info')).toEqual({
      ...{ isThere: false, found: expect.stringContaining('samples of 0 % of its time.') },
      evidence: [expect.objectContaining({ at: '2023-11-14T22:13:20Z' })],
    });
  });

  it('is none of the objects that were there before', async () => {
    const [another, old] = [serverOf(Infinity, 600, 1), serverOf(Infinity, 600, 1, 1)];
    expect(await fault(another.client, cut)).toMatchObject({ isThere: true });
    expect((await fault(old.client, cut)).isThere).toBeUndefined();
  });
});
