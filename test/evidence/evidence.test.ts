import { describe, expect, it } from '@jest/globals';
import { gatherEvidence, stepOf, type Evidence } from '../../lib/evidence';
import { ServerError } from '../../lib/prometheus';
import { answering, BEGIN, place, type Fixture, type FixtureSeries } from './fixture';

const HOUR = 3600;
const span = { start: BEGIN, end: BEGIN + HOUR };

const gather = (fixture: Fixture = {}): Promise<Evidence> =>
  gatherEvidence({ prometheus: answering(fixture) }, { places: [place], span });

const minute = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : (at - BEGIN) / 60;

const kube = { namespace: 'shop-prod' };

describe('evidence of an hour', () => {
  it('has when an alert was pending, fired and ended', async () => {
    const labels = {
      ...{ alertname: 'SLOErrorBudgetBurnPage', application: 'shop', service: 'api' },
      ...{ severity: 'page', slo: 'availability', environment: 'prod' },
    };
    const { alerts } = await gather({
      'ALERTS{': [
        { labels: { __name__: 'ALERTS', ...labels, alertstate: 'pending' }, values: [[10, 11, 1]] },
        { labels: { __name__: 'ALERTS', ...labels, alertstate: 'firing' }, values: [[11, 40, 1]] },
      ],
      'ALERTS_FOR_STATE{': [
        {
          labels: { __name__: 'ALERTS_FOR_STATE', ...labels },
          values: [[10, 40, BEGIN + 9.9 * 60]],
        },
      ],
    });
    expect(alerts.rows).toHaveLength(1);
    const [alert] = alerts.rows;
    expect(alert).toMatchObject({ alertname: 'SLOErrorBudgetBurnPage', service: 'api' });
    expect(minute(alert?.pendingSince)).toBeCloseTo(9.9);
    expect(minute(alert?.firingSince)).toBe(11);
    expect(minute(alert?.until)).toBe(40);
    expect(alerts.uncertaintySeconds).toBe(15);
  });

  it('has no end of an alert that goes on', async () => {
    const labels = { alertname: 'X', application: 'shop', alertstate: 'firing' };
    const { alerts } = await gather({ 'ALERTS{': [{ labels, values: [[30, 90, 1]] }] });
    expect(alerts.rows[0]).not.toHaveProperty('until');
  });

  describe('does not take the end of the data for that of an alert', () => {
    const labels = { alertname: 'X', application: 'shop', alertstate: 'firing' };
    const withData = async (there: FixtureSeries['values'], alert: FixtureSeries['values']) => {
      const info = { application: 'shop', environment: 'prod', namespace: 'shop-prod' };
      const { alerts, gaps } = await gather({
        'golden_path:namespace:info': [{ labels: info, values: there }],
        'ALERTS{': [{ labels, values: alert }],
      });
      return {
        until: alerts.rows.map(({ until }) => minute(until)),
        gaps: gaps
          .filter(({ part }) => part === 'presence')
          .map(({ kind, found }) => [kind, found]),
      };
    };

    it('which ends with it', async () => {
      expect(await withData([[-60, 40, 1]], [[30, 39.5, 1]])).toEqual({
        until: [undefined],
        gaps: [
          [
            'part-of-time',
            'http://prometheus.test has samples of it only until 2026-11-20T02:40:00Z',
          ],
        ],
      });
    });

    it('which ended before', async () => {
      const { until } = await withData([[-60, 40, 1]], [[20, 30, 1]]);
      expect(until).toEqual([30]);
    });

    it.each([
      ['which goes on after a hole', [[10, 20, 1], [35, 50, 1]], [50]], // prettier-ignore
      ['which ended within it', [[10, 20, 1]], [35]],
      ['which ended before it', [[5, 10, 1]], [10]],
    ] as const)('%s', async (_, alert, until) => {
      expect(
        await withData(
          [
            [-60, 20, 1],
            [35, 90, 1],
          ],
          alert,
        ),
      ).toEqual({
        // prettier-ignore
        until,
        gaps: [
          [
            'part-of-time',
            'http://prometheus.test has no samples of it from 2026-11-20T02:20:00Z to 2026-11-20T02:35:00Z: what ended then is not known',
          ],
        ],
      });
    });
  });

  it('has how much of a budget burnt, from the first ratio beyond it', async () => {
    const labels = { slo_id: 'shop/api/availability' };
    const { burn } = await gather({
      'slo:sli_error:ratio_rate5m': [
        {
          labels,
          values: [
            [-60, 10, 0],
            [10, 30, 0.5],
            [30, 90, 0],
          ],
        },
      ],
      'slo:sli_errors:rate5m': [{ labels, values: [[10, 30, 50]] }],
      'slo:sli_events:rate5m': [{ labels, values: [[-60, 90, 100]] }],
      'slo:objective:ratio': [{ labels, values: [[0, 90, 0.999]] }],
    });
    const [row] = burn.rows;
    expect(minute(row?.burningSince)).toBe(10);
    expect(minute(row?.burningUntil)).toBe(30);
    expect(row).toMatchObject({ objective: 99.9, meanRatio: 0.5, badEvents: 60_000 });
    expect(row?.budgetShare).toBeCloseTo(60_000 / (0.001 * 100 * 30 * 86_400));
    expect(row?.isByTime).toBe(false);
  });

  it('counts by time what nobody counts', async () => {
    const labels = { slo_id: 'shop/api/availability' };
    const { burn } = await gather({
      'slo:sli_error:ratio_rate5m': [{ labels, values: [[0, 10, 1]] }],
    });
    expect(burn.rows[0]).toMatchObject({ isByTime: true });
    expect(burn.rows[0]?.budgetShare).toBeCloseTo(600 / (0.001 * 30 * 86_400));
  });

  describe('takes the larger of events and time', () => {
    const labels = { slo_id: 'shop/api/availability' };
    const errorsAndThenNoPods: Fixture = {
      'slo:sli_error:ratio_rate5m': [
        {
          labels,
          values: [
            [-60, 5, 0],
            [5, 55, 1],
            [55, 90, 0],
          ],
        },
      ],
      'slo:sli_errors:rate5m': [{ labels, values: [[5, 6, 1]] }],
      'slo:sli_events:rate5m': [
        {
          labels,
          values: [
            [-60, 5, 10],
            [5, 6, 1],
            [55, 90, 10],
          ],
        },
      ],
      'slo:objective:ratio': [{ labels, values: [[0, 90, 0.999]] }],
    };

    it('where pods go after the first errors', async () => {
      const { burn } = await gather(errorsAndThenNoPods);
      expect(burn.rows[0]).toMatchObject({
        ...{ isByTime: true, badEvents: 60, uncountedSeconds: 49 * 60 },
      });
      expect(burn.rows[0]?.budgetShare).toBeCloseTo((49 * 60) / (0.001 * 30 * 86_400));
    });

    it('where the rules say for how long no pod was there', async () => {
      const down = [
        {
          labels,
          values: [
            [-60, 10, 0],
            [10, 20, 1],
            [20, 90, 0],
          ] as const,
        },
      ];
      const { burn } = await gather({ ...errorsAndThenNoPods, 'slo:sli_down:bool': down });
      expect(burn.rows[0]).toMatchObject({ isByTime: true, uncountedSeconds: 600 });
    });

    it('where more failed than pods were gone', async () => {
      const { burn } = await gather({
        ...errorsAndThenNoPods,
        'slo:sli_errors:rate5m': [{ labels, values: [[5, 55, 20]] }],
      });
      expect(burn.rows[0]?.isByTime).toBe(false);
      expect(burn.rows[0]?.budgetShare).toBeCloseTo(60_000 / (0.001 * 10 * 30 * 86_400));
    });
  });

  it('tells a release from a change of replicas and from another change', async () => {
    const deployment = { ...kube, deployment: 'api' };
    const { deploys, scaling } = await gather({
      kube_replicaset_created: [
        {
          labels: { ...kube, replicaset: 'api-1', owner_name: 'api' },
          values: [[-60, 90, BEGIN - 240]],
        },
        { labels: { ...kube, replicaset: 'x-1', owner_name: 'x' }, values: [[-60, 90, BEGIN]] },
      ],
      kube_deployment_status_observed_generation: [
        {
          labels: deployment,
          values: [
            [-60, -4, 1],
            [-4, 20, 2],
            [20, 40, 3],
            [40, 90, 4],
          ],
        },
      ],
      kube_deployment_spec_replicas: [
        {
          labels: deployment,
          values: [
            [-60, 20, 2],
            [20, 90, 4],
          ],
        },
      ],
    });
    expect(deploys.rows.map(({ service, kind, at }) => [service, kind, minute(at)])).toEqual([
      ['api', 'release', -4],
      ['api', 'setting', 40],
    ]);
    expect(scaling.rows).toMatchObject([{ service: 'api', kind: 'wanted', before: 2, after: 4 }]);
  });

  it('has restarts with their reason, of the workload with the longest name that fits', async () => {
    const labels = { ...kube, pod: 'api-admin-7d9c5b8f4-x2x4q', container: 'main' };
    const { restarts } = await gather({
      kube_pod_container_status_restarts_total: [
        {
          labels,
          values: [
            [-60, 12, 0],
            [12, 90, 2],
          ],
        },
      ],
      kube_pod_container_status_last_terminated_reason: [
        { labels: { ...labels, reason: 'OOMKilled' }, values: [[12, 90, 1]] },
      ],
    });
    expect(restarts.rows).toMatchObject([
      { service: 'api-admin', container: 'main', times: 2, reason: 'OOMKilled' },
    ]);
  });

  it('says what has no data', async () => {
    const { gaps } = await gather();
    expect(gaps.map(({ part, kind }) => `${part} ${kind}`)).toEqual([
      'burn no-data',
      'deploys no-data',
      'scaling no-data',
      'restarts no-data',
      'nodes no-data',
      'silences not-asked',
    ]);
  });

  it('says that an Alertmanager could not be reached, and has the rest', async () => {
    const failure = { fault: 'connection', found: 'took no connection', fix: 'Start it' } as const;
    const alertmanager = {
      address: 'http://alertmanager.test',
      silences: () =>
        Promise.reject(new ServerError('http://alertmanager.test/api', undefined, failure)),
    };
    const sources = { prometheus: answering({}), alertmanager };
    const { gaps, silences } = await gatherEvidence(sources, { places: [place], span });
    expect(silences.rows).toEqual([]);
    expect(gaps.at(-1)).toEqual({
      part: 'silences',
      kind: 'unreachable',
      found: 'http://alertmanager.test/api took no connection',
      fix: 'Start it',
    });
  });

  it('looks as far as the last moment', async () => {
    const labels = { alertname: 'X', application: 'shop', alertstate: 'firing' };
    const prometheus = answering({ 'ALERTS{': [{ labels, values: [[59.99, 90, 1]] }] });
    const { alerts } = await gatherEvidence(
      { prometheus },
      { places: [place], span: { start: BEGIN + 7, end: BEGIN + HOUR } },
    );
    expect(alerts.rows).toHaveLength(1);
  });

  it('says whose data there is where it is not that of the place, and asks no more', async () => {
    const asked: string[] = [];
    const other = { application: 'shop', environment: 'dev', namespace: 'shop-dev' };
    const prometheus = answering(
      { 'golden_path:namespace:info': [{ labels: other, values: [[-60, 90, 1]] }] },
      asked,
    );
    const { gaps } = await gatherEvidence({ prometheus }, { places: [place], span });
    expect(gaps[0]).toEqual({
      part: 'presence',
      kind: 'other-cluster',
      found:
        'http://prometheus.test has nothing of shop in prod (namespace shop-prod) in this time: it has shop in dev (namespace shop-dev)',
      fix: 'Give the Prometheus of that environment, or the conditions that tell its cluster apart',
    });
    expect(asked).toHaveLength(1);
  });

  it('says that there is no sample of the time', async () => {
    const { gaps } = await gather({ 'golden_path:namespace:info': [] });
    expect(gaps[0]).toMatchObject({
      kind: 'no-data',
      found:
        'http://prometheus.test answers, and has no sample of this time: it did not run, or has thrown them away',
    });
  });
});

describe('points', () => {
  it.each([60, 3600, 86_400, 30 * 86_400, 400 * 86_400])('of %d s are few enough', (seconds) => {
    for (const pace of [1, 60]) {
      const at = { start: BEGIN, end: BEGIN + seconds / pace };
      expect((at.end - at.start) / stepOf(at, pace)).toBeLessThan(10_000);
    }
  });

  it('are fifteen seconds apart, or as much less as time runs faster', () => {
    expect([stepOf(span), stepOf({ start: 0, end: 60 }, 60)]).toEqual([15, 0.25]);
  });
});
