import { describe, expect, it } from '@jest/globals';
import { asked, client, collect, daily, MEBIBYTE, measured, span } from './ask';
import { DAYS, NAMESPACE, STATELESS, TWICE, WITHOUT_ID } from './store';

const QUANTILES = [0.5, 0.9, 0.95, 0.98, 0.99, 1] as const;

describe('CPU use', () => {
  it('that is steady has one value in every quantile of every day', async () => {
    const use = await measured(NAMESPACE, 'steady');
    expect(use.podDays).toHaveLength(2 * DAYS);
    expect(use.wholeDays).toHaveLength(DAYS);
    for (const quantile of QUANTILES) {
      expect(daily(use, quantile)).toHaveLength(2 * DAYS);
      expect(span(daily(use, quantile))).toEqual([0.2, 0.2]);
    }
    expect(use.podDays.map(({ samples }) => samples)).toEqual(Array(2 * DAYS).fill(288));
  });

  it('in bursts of 80 minutes a day has them in its high quantiles alone', async () => {
    const use = await measured(NAMESPACE, 'bursty');
    expect(span(daily(use, 0.5))).toEqual([0.1, 0.1]);
    expect(span(daily(use, 0.9))).toEqual([0.1, 0.1]);
    // Of 72 samples 68 are low: the quantile lies between the last of them and the first high one.
    expect(span(daily(use, 0.95))).toEqual([0.505, 0.505]);
    expect(span(daily(use, 0.98))).toEqual([1, 1]);
    expect(span(daily(use, 1))).toEqual([1, 1]);
  });

  it('with a daily rhythm has the quantiles of a sine', async () => {
    const use = await measured(NAMESPACE, 'rhythm');
    for (const quantile of QUANTILES) {
      const expected = 0.3 + 0.2 * Math.sin(Math.PI * (quantile - 0.5));
      for (const value of daily(use, quantile))
        expect(Math.abs(value - expected)).toBeLessThan(0.01);
    }
  });

  it('of a container that starts is high for ten minutes, and is known apart', async () => {
    const use = await measured(NAMESPACE, 'spike');
    expect(use.startup).toEqual({ cpu: 2, memory: 200 * MEBIBYTE });
    expect(span(daily(use, 0.95))).toEqual([0.05, 0.05]);
    expect(use.podDays.map(({ day }) => day).sort()[0]).toBe('2026-11-10');
    expect(use.wholeDays).toHaveLength(9);
  });

  it('of the first seconds counts as an average over five minutes', async () => {
    // 90 seconds at four cores, then 50m.
    expect((await measured(NAMESPACE, 'jump')).startup?.cpu).toBeCloseTo(1.2, 6);
  });

  it('of a start before the window is known where the container runs on', async () => {
    const use = await measured(NAMESPACE, 'steady');
    expect(use.startup?.cpu).toBeCloseTo(0.2, 6);
    expect(use.startup?.memory).toBe(100 * MEBIBYTE);
    // It began before, and others were scraped no sooner.
    expect(use.started).toBeUndefined();
  });

  it('is known to have been held back', async () => {
    const use = await measured(NAMESPACE, 'throttled');
    expect(use.throttled).toBeCloseTo(0.3, 6);
    expect((await measured(NAMESPACE, 'steady')).throttled).toBeUndefined();
  });
});

describe('memory', () => {
  it('that leaks has a maximum that grows day by day', async () => {
    const { podDays, memory } = await measured(NAMESPACE, 'leak');
    const maxima = new Map(podDays.map(({ day, memoryMax }) => [day, memoryMax! / MEBIBYTE]));
    expect(Math.abs(maxima.get('2026-11-06')! - 110)).toBeLessThan(0.1);
    expect(Math.abs(maxima.get('2026-11-19')! - 240)).toBeLessThan(0.1);
    expect(memory.map(({ quantile }) => quantile)).toEqual([0.5, 0.95, 0.98, 0.99, 1]);
    expect(Math.abs(memory[0]!.value / MEBIBYTE - 170)).toBeLessThan(1);
    expect(Math.abs(memory[4]!.value / MEBIBYTE - 240)).toBeLessThan(0.1);
  });

  it('that ran out is counted kill by kill, with the limit', async () => {
    const { oom, podDays } = await measured(NAMESPACE, 'oom');
    // Two pods of three kills each.
    const killDays = ['2026-11-09', '2026-11-12'];
    expect(oom).toEqual({ kills: 6, days: killDays, limit: 256 * MEBIBYTE });
    expect(podDays.every(({ memoryMax }) => memoryMax === 250 * MEBIBYTE)).toBe(true);
  });

  it('has nothing to do with a crash', async () => {
    expect((await measured(NAMESPACE, 'crash')).oom).toBeUndefined();
  });

  it('of a JVM has a part that lives, which the heap of its metrics shows', async () => {
    const use = await measured(NAMESPACE, 'jvm');
    expect(use.liveHeap).toBe(160 * MEBIBYTE);
    expect((await measured(NAMESPACE, 'steady')).liveHeap).toBeUndefined();
  });
});

describe('pods', () => {
  it('counts days as whole where each second scrape is lost', async () => {
    const { wholeDays, podDays } = await measured(NAMESPACE, 'slow');
    expect(wholeDays).toHaveLength(DAYS);
    expect(podDays[0]?.samples).toBe(144);
  });

  it('of a new service are known for as long as they are', async () => {
    const { wholeDays, podDays } = await measured(NAMESPACE, 'fresh');
    expect(wholeDays).toEqual(['2026-11-18', '2026-11-19']);
    expect(podDays).toHaveLength(4);
  });

  it('of two releases are of one workload', async () => {
    const { containers, pods } = await collect(NAMESPACE, asked('released'));
    expect(pods).toEqual({ all: 4, byName: 0 });
    const [released] = containers;
    expect(released?.pods).toBe(4);
    expect(released?.measurements.wholeDays).toHaveLength(DAYS);
    expect(released?.measurements.started).toBe(true);
    expect(span(daily(released!.measurements, 1))).toEqual([0.1, 0.3]);
  });

  it('have sidecars of the model, and injected ones that are counted and left out', async () => {
    const found = await collect(NAMESPACE, asked('sidecar', 'worker', ['sidecar', 'proxy']));
    const [own, proxy] = found.containers;
    expect(span(daily(own!.measurements, 1))).toEqual([0.4, 0.4]);
    expect(span(daily(proxy!.measurements, 1))).toEqual([0.05, 0.05]);
    expect(proxy?.measurements.podDays[0]?.memoryMax).toBe(40 * MEBIBYTE);
    expect(found.containers).toHaveLength(2);
    expect(found.injected).toEqual({ 'istio-proxy': 2 });
  });

  it('of a CronJob are its runs', async () => {
    const { containers } = await collect(NAMESPACE, asked('nightly', 'scheduled-job'));
    const { podDays, startup } = containers[0]!.measurements;
    expect(containers[0]?.pods).toBe(DAYS);
    expect(new Set(podDays.map(({ pod }) => pod)).size).toBe(DAYS);
    const maxima = podDays.map(({ day, memoryMax }) => [day, memoryMax! / MEBIBYTE]);
    expect(maxima).toContainEqual(['2026-11-06', 100]);
    expect(maxima).toContainEqual(['2026-11-19', 165]);
    expect(startup?.cpu).toBeCloseTo(0.5, 6);
    expect(Math.max(...podDays.flatMap(({ cpu }) => cpu.map(({ value }) => value)))).toBeCloseTo(
      0.5,
      6,
    );
  });

  it('that nobody scraped have no measurements, and neither has a workload without pods', async () => {
    const { containers } = await collect(NAMESPACE, asked('silent'), asked('gone'));
    expect(
      containers.map(({ workload, measurements: { podDays } }) => [workload, podDays]),
    ).toEqual([
      ['silent', []],
      ['gone', []],
    ]);
    const window = { from: '2026-11-06', to: '2026-11-19' };
    const nothing = { ...window, wholeDays: [], podDays: [], memory: [] };
    expect(containers[0]?.measurements).toEqual(nothing);
  });

  it('that were killed before anybody scraped them have their kills', async () => {
    const { containers, pods } = await collect(NAMESPACE, asked('doomed'));
    expect(pods).toEqual({ all: 2, byName: 0 });
    expect(containers[0]?.pods).toBe(2);
    const { oom, podDays } = containers[0]!.measurements;
    expect(oom).toEqual({ kills: 2, days: ['2026-11-07'], limit: 256 * MEBIBYTE });
    expect(podDays).toEqual([]);
  });

  it('of others in the namespace do not count', async () => {
    const { pods, injected } = await collect(NAMESPACE, asked('steady'));
    expect(pods).toEqual({ all: 2, byName: 0 });
    expect(injected).toEqual({});
  });
});

describe('samples', () => {
  it('are five minutes apart, so rates are over twenty', async () => {
    const { scrapeSeconds, rateSeconds } = await collect(NAMESPACE, asked('steady'));
    expect([scrapeSeconds, rateSeconds]).toEqual([300, 1200]);
  });

  it('of two jobs that scrape the same are taken once', async () => {
    const once = await collect(STATELESS, asked('steady'), asked('nightly', 'scheduled-job'));
    const twice = await collect(TWICE, asked('steady'), asked('nightly', 'scheduled-job'));
    expect(twice.scrapeSeconds).toBe(300);
    twice.containers.forEach(({ measurements, pods }, index) => {
      const other = once.containers[index]!;
      expect(pods).toBe(other.pods);
      expect(measurements.wholeDays).toEqual(other.measurements.wholeDays);
      expect(measurements.podDays).toHaveLength(other.measurements.podDays.length);
      const samples = measurements.podDays.map((one) => one.samples);
      expect(samples).toEqual(other.measurements.podDays.map((one) => one.samples));
    });
    // At a start the two see a little more or less of it.
    for (const value of daily(twice.containers[0]!.measurements, 0.99))
      expect(Math.abs(value - 0.2)).toBeLessThan(0.002);
  });

  it('of a counter that begins anew are those of one that does not', async () => {
    const restarted = await measured(WITHOUT_ID, 'steady');
    expect(restarted.podDays).toHaveLength(2 * DAYS);
    expect(span(daily(restarted, 0.5))).toEqual([0.2, 0.2]);
    expect(Math.max(...daily(restarted, 1))).toBeLessThan(0.2 + 1e-9);
    expect(restarted.wholeDays).toHaveLength(DAYS);
  });

  it('of a container with an id for each life are those of all its lives', async () => {
    const { podDays, wholeDays } = await measured(TWICE, 'steady');
    // Two restarts make two more entries for each pod.
    expect(podDays).toHaveLength(2 * (DAYS + 2));
    expect(wholeDays).toHaveLength(DAYS);
  });
});

describe('without kube-state-metrics', () => {
  it('pods are told by their names, and it is said', async () => {
    const found = await collect(STATELESS, asked('steady'), asked('nightly', 'scheduled-job'));
    expect(found.pods).toEqual({ all: 16, byName: 16 });
    expect(found.containers.map(({ pods }) => pods)).toEqual([2, 14]);
    expect(span(daily(found.containers[0]!.measurements, 0.95))).toEqual([0.2, 0.2]);
  });
});

describe('the server', () => {
  it('answers in its own words what it refuses', async () => {
    const step = { start: 0, end: 11_001, step: 1 };
    await expect(client().queryRange('up', step)).rejects.toThrow(
      /answered 400 \(bad_data\): exceeded maximum resolution of 11,000 points per timeseries/,
    );
    await expect(client().query('sum(', 0)).rejects.toThrow(
      /answered 400 \(bad_data\): .*parse error: .*Ask for fewer days/,
    );
  });
});
