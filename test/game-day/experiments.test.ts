import { describe, expect, it } from '@jest/globals';
import { experimentsOf, oneOfEachClaim, type Experiment } from '../../lib/game-day';
import { repository } from '../../apps/repository';
import { objective, shop } from './models';

const all = experimentsOf(shop());
const of = (id: string, list: readonly Experiment[] = all): Experiment => {
  const found = list.find((each) => each.id === id);
  if (!found) throw new Error(`${id} is not among ${list.map((each) => each.id).join(', ')}`);
  return found;
};
const ids = (list: readonly Experiment[]): readonly string[] => list.map(({ id }) => id);
const alerts = ({ expects }: Experiment): readonly string[] =>
  expects.alerts.map(
    ({ alertname, service, severity, withinSeconds }) =>
      `${alertname} ${service} ${severity} ${withinSeconds}`,
  );
const staging = shop().environments.find(({ name }) => name === 'staging');
const dev = shop().environments.find(({ name }) => name === 'dev');

describe('the experiments of an application', () => {
  it('are those that its declarations can be wrong about, in the order of a game day', () => {
    expect(ids(all)).toEqual([
      ...['kill-pod-of-front', 'kill-pod-of-orders'],
      ...['cut-off-ads-from-front', 'cut-off-mail-example-com-from-mailer'],
      ...['slow-orders-for-front', 'slow-ads-for-front'],
      ...['load-front', 'load-orders', 'load-stock'],
      ...['fail-zone-of-front', 'fail-zone-of-orders', 'fail-zone-of-stock'],
      ...['slow-down-orders-under-front', 'slow-down-stock-under-orders', 'fail-db-under-orders'],
      'stop-mailer',
      ...['hide-front', 'hide-orders', 'hide-stock'],
      ...['expire-certificate-of-front', 'suspend-report'],
    ]);
  });

  it('are none of what is not there: one pod can neither be spared nor scaled', () => {
    const here = ids(experimentsOf(shop(), dev));
    expect(here.filter((id) => /^(kill-pod|fail-zone|load|expire)/.test(id))).toEqual([]);
    expect(here).toContain('slow-down-stock-under-orders');
  });

  it('are none where nobody watches', () => {
    const blind = { ...dev!, omits: { observability: 'nobody watches it' } };
    expect(experimentsOf(shop(), blind)).toEqual([]);
  });

  it('are none of an application without claims', () => {
    expect(experimentsOf(shop({ workloads: [], edges: [] }))).toEqual([]);
  });

  it('are one for each kind of claim, with which most is at stake, for a first game day', () => {
    expect(ids(oneOfEachClaim(all))).toEqual([
      ...['kill-pod-of-orders', 'cut-off-ads-from-front', 'slow-orders-for-front'],
      ...['load-stock', 'fail-zone-of-stock', 'slow-down-stock-under-orders', 'stop-mailer'],
      ...['hide-front', 'expire-certificate-of-front', 'suspend-report'],
    ]);
  });

  it('have an id of their own each', () => {
    for (const model of repository().render().models) {
      const own = ids(experimentsOf(model));
      expect(own.length).toBeGreaterThan(5);
      expect(new Set(own).size).toBe(own.length);
      for (const id of own) expect(id).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    }
  });
});

describe('a hard edge', () => {
  const slow = of('slow-down-stock-under-orders');

  it('is tried by a delay of what the callee promises, what the caller waits, and what the kubelet waits', () => {
    expect(slow.fault).toEqual({ kind: 'delay', milliseconds: 250 + 500 + 3000 });
    // 2 s, twice.
    expect(of('slow-down-orders-under-front').fault).toEqual({
      kind: 'delay',
      milliseconds: 500 + 4000 + 3000,
    });
  });

  it('pages for the callee and for who is exposed, by the later of two objectives, and is a ticket for others', () => {
    expect(alerts(slow)).toEqual([
      'SLOErrorBudgetBurnPage stock page 640',
      'SLOErrorBudgetBurnSymptom front page 2170',
      'SLOErrorBudgetBurnSymptom orders ticket 1170',
    ]);
    expect(slow.expects.silent).toEqual(['orders', 'mailer']);
    expect(slow.seconds).toBeGreaterThan(2170);
    expect(slow.seconds % 60).toBe(0);
  });

  it('pages for what has no objective as soon as somebody burns because of it', () => {
    expect(alerts(of('fail-db-under-orders'))).toEqual([
      'SLODependentsBurnPage db page 300',
      'SLOErrorBudgetBurnSymptom front page 370',
      'SLOErrorBudgetBurnSymptom orders ticket 270',
    ]);
  });

  it('in a circle is nobody else’s fault, so it is left out', () => {
    const { edges } = shop();
    const circle = shop({ edges: [...edges, { ...edges[2]!, from: 'stock', to: 'orders' }] });
    expect(ids(experimentsOf(circle))).not.toContain('slow-down-stock-under-orders');
  });
});

describe('a soft edge', () => {
  it('is cut, and its caller and whoever needs that hold', () => {
    const { fault, expects, target } = of('cut-off-ads-from-front');
    expect([fault, target]).toEqual([{ kind: 'partition', from: 'front' }, 'ads']);
    expect(expects).toMatchObject({ alerts: [], holds: ['front'] });
    expect(expects.silent).toEqual(['front', 'orders', 'stock', 'mailer']);
  });

  it('is answered just too late', () => {
    expect(of('slow-ads-for-front').fault).toEqual({
      ...{ kind: 'delay', from: 'front', milliseconds: 300 },
    });
  });
});

describe('other claims', () => {
  it('say when a queue without consumers pages: after all that may wait has waited', () => {
    const { expects } = of('stop-mailer');
    expect(expects.alerts).toEqual([
      ...[
        {
          alertname: 'SLOErrorBudgetBurnPage',
          service: 'mailer',
          severity: 'page',
          withinSeconds: 1220,
        },
      ],
    ]);
  });

  it('say when a suspended schedule, a lost signal and an old certificate make tickets', () => {
    // An hour, a late start, the longest run.
    expect(alerts(of('suspend-report'))).toEqual(['ScheduledJobLate report ticket 4710']);
    expect(alerts(of('hide-orders'))).toEqual(['SLOSignalMissing orders ticket 2010']);
    expect(alerts(of('expire-certificate-of-front', experimentsOf(shop(), staging)))).toEqual([
      'CertificateExpiring front ticket 3810',
    ]);
  });

  it('ask for more traffic where the budget is soon gone', () => {
    const small = shop();
    const workloads = small.workloads.map((each) =>
      each.name === 'stock'
        ? { ...each, objectives: [objective('stock', 'availability', 5)] }
        : each,
    );
    const list = experimentsOf({ ...small, workloads });
    expect(of('load-stock', list).traffic).toEqual({ service: 'stock', perSecond: 4 });
    expect(of('load-orders', list).traffic).toEqual({ service: 'orders', perSecond: 1 });
  });
});
