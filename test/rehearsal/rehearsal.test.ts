import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../apps/repository';
import type { Fault } from '../../lib/game-day';
import {
  emulatedSeries,
  findBinaries,
  healthOf,
  plainRoutes,
  rehearsedRoutes,
  scaled,
  tryUnshowable,
} from '../../lib/rehearsal';

const model = repository()
  .render()
  .models.find(({ application }) => application === 'online-boutique')!;
const health = (name: string, target: string, fault: Fault) =>
  healthOf(name, model, [{ target, fault }]);

describe('the emulated graph', () => {
  it('lets callers fail with what they cannot work without, however far away', () => {
    expect(health('cartservice', 'carts', { kind: 'fail-pods' }).fails).toBe(true);
    expect(health('frontend', 'carts', { kind: 'fail-pods' }).fails).toBe(true);
    expect(health('adservice', 'carts', { kind: 'fail-pods' }).fails).toBe(false);
  });

  it('lets callers hold that can do without', () => {
    const cut: Fault = { kind: 'partition', from: 'checkoutservice' };
    expect(health('checkoutservice', 'emailservice', cut).fails).toBe(false);
    expect(health('checkoutservice', 'paymentservice', cut).fails).toBe(true);
    expect(health('paymentservice', 'paymentservice', cut)).toMatchObject({
      ...{ fails: false, isIdle: false, isDown: false },
    });
  });

  it('takes pods that answer no readiness check out of their Service', () => {
    const slow = { kind: 'delay', milliseconds: 500 } as const;
    expect(health('adservice', 'adservice', slow)).toMatchObject({ delay: 500, isDown: false });
    const hanging = { kind: 'delay', milliseconds: 4000 } as const;
    expect(health('adservice', 'adservice', hanging)).toMatchObject({ isDown: true, isIdle: true });
  });

  it('serves what the objectives in the model are measured by, in the namespace of the environment', () => {
    const all = emulatedSeries(model, 'prod');
    const own = all.filter(({ service }) => service === 'productcatalogservice');
    expect(own.map(({ holds }) => holds)).toEqual([
      ...['good-requests', 'failed-requests', 'fast-requests'],
      ...['pods-available', 'pods-wanted', 'pods-made'],
    ]);
    expect(own[2]).toMatchObject({
      metric: 'rpc_server_call_duration_seconds_bucket',
      labels: { k8s_namespace_name: 'online-boutique-prod', le: '0.25' },
      underMilliseconds: 250,
    });
    expect(JSON.stringify(all)).not.toContain('{namespace}');
    expect(all.filter(({ service }) => service === 'carts')).toHaveLength(1);
  });
});

describe('what a rehearsal cannot show', () => {
  const reason = (fault: Fault, seconds = 600) =>
    tryUnshowable(
      {
        ...{ id: 'x', application: 'online-boutique', target: 'adservice', fault, seconds },
        ...{
          claim: { kind: 'replicas', subject: 'adservice' },
          hypothesis: '',
          blastRadiusPercent: 50,
        },
        expects: { alerts: [], silent: [], holds: [], recoversWithinSeconds: 60 },
      },
      model,
      60,
    );

  it('is told with the reason', () => {
    expect(reason({ kind: 'kill-pod' })).toContain('it emulates no pods');
    expect(reason({ kind: 'fail-zone' })).toContain('no zones');
    expect(reason({ kind: 'cpu', percent: 80 })).toContain('no autoscaler');
    expect(reason({ kind: 'shift-clock', hours: 1 })).toContain('no certificates');
    expect(reason({ kind: 'suspend-schedule' })).toContain('by the hour of the day');
    expect(reason({ kind: 'fail-pods' })).toBeUndefined();
    expect(reason({ kind: 'fail-pods' }, 30_000)).toContain('500 s at a factor of 60');
  });
});

describe('rules and routes in a faster time', () => {
  it('have shorter durations, and the same names', () => {
    const rule = {
      record: 'slo:x:rate5m',
      expr: 'max_over_time(rate(x[5m])[1d:5m]) > 300 and y offset 1h',
    };
    const alert = { alert: 'A', expr: 'x', for: '10m', labels: {}, annotations: {} };
    const [group] = scaled([{ name: 'g', interval: '30s', rules: [rule, alert] }], 60);
    expect(group).toEqual({
      ...{ name: 'g', interval: '500ms' },
      rules: [
        {
          record: 'slo:x:rate5m',
          expr: 'max_over_time(rate(x[5000ms])[1440000ms:5000ms]) > 300 and y offset 60000ms',
        },
        { ...alert, for: '10000ms' },
      ],
    });
  });

  it('lead to a webhook in the place of each receiver', () => {
    const routes = rehearsedRoutes(
      plainRoutes(['team-a'], 'prod'),
      60,
      (name) => `http://x/${name}`,
    );
    expect(routes.receivers.map(({ name }) => name)).toEqual([
      ...['page', 'ticket', 'team-a/page', 'team-a/ticket'],
    ]);
    expect(routes.receivers[2]).toEqual({
      name: 'team-a/page',
      webhook_configs: [{ url: 'http://x/team-a/page', send_resolved: true }],
    });
    expect(routes.route).toMatchObject({
      receiver: 'ticket',
      group_wait: '500ms',
      routes: [
        {
          matchers: ['severity="page"', 'environment="prod"'],
          routes: [{ receiver: 'team-a/page', matchers: ['team="team-a"'] }],
        },
        { receiver: 'team-a/ticket' },
      ],
    });
  });
});

describe('the programs', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-binaries-'));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const program = (name: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, '', { mode: 0o755 });
    return file;
  };

  it('are found by either name of Alertmanager; those that are nowhere are named', () => {
    const [prometheus, alertmanager] = [program('prometheus'), program('prometheus-alertmanager')];
    const ALL = ['prometheus', 'promtool', 'alertmanager'] as const;
    expect(findBinaries(ALL, {}, [folder])).toEqual(['promtool']);
    expect(findBinaries(['prometheus'], {}, [folder])).toEqual({
      prometheus: path.join(folder, 'prometheus'),
    });
    const promtool = program('promtool');
    expect(findBinaries(ALL, {}, ['/nowhere', folder])).toEqual({
      prometheus,
      promtool,
      alertmanager,
    });
    expect(findBinaries(ALL, { folder }, [])).toEqual({ prometheus, promtool, alertmanager });
    expect(findBinaries(ALL, { promtool: '/nowhere/promtool' }, [folder])).toEqual(['promtool']);
  });
});
