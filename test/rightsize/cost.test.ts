import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MeasuredModel, PricesModel } from '../../lib/foundation';
import { costRows, lockedRequests, totalOf } from '../../lib/rightsize';
import { LOCK_VERSION, renderLock, sealed, type LockEntry } from '../../lib/sizing';
import { container, environment, model, workload } from './models';

const prices: PricesModel = { currency: 'USD', cpuCoreHour: 0.031, memoryGiBHour: 0.004 };
const all = { applications: [], environments: [] };
const measured: MeasuredModel = { tier: 'standard', start: { cpu: '100m', memory: '256Mi' } };
const scaled = { orders: { min: 2, max: 10 } };
const dev = environment('dev', scaled, { prices });
const shop = (cpu = '1', memory = '1Gi', environments = [dev]) =>
  model(
    'shop',
    [workload('orders', [container('orders', cpu, memory, { measured })])],
    environments,
  );

const address = { application: 'shop', workload: 'orders', container: 'orders' };
const usage = { p50: 0.1, p95: 0.2, p98: 0.3, p99: 0.4, max: 0.5 };
const entry: LockEntry = sealed(address, {
  request: { cpu: '500m', memory: '512Mi' },
  limit: { memory: '512Mi' },
  tier: 'standard',
  rule: 'cpu p98',
  evidence: {
    from: '2026-11-06',
    to: '2026-11-19',
    samples: 4032,
    cpu: usage,
    memory: usage,
    oomKills: 0,
    throttled: 0,
    above: 0.02,
  },
  source: 'http://prometheus',
  date: '2026-11-20',
});
const lockOf = (entries: Record<string, LockEntry>): string =>
  renderLock({ version: LOCK_VERSION, applications: { shop: { orders: entries } } });

describe('the cost of an application in an environment', () => {
  it('is a month of what it requests, with as few and with as many replicas as there may be', () => {
    const [row, ...others] = costRows([shop()], all);
    expect(others).toEqual([]);
    // 2 x (0.031 + 0.004) x 730 h, and five times that.
    expect(row).toMatchObject({
      application: 'shop',
      environment: 'dev',
      currency: 'USD',
      replicas: { atLeast: 2, atMost: 10 },
      month: { atLeast: 5110n, atMost: 25550n },
    });
    expect(row).not.toHaveProperty('change');
  });

  it('is rounded to cents, half up, and the total is the sum of what is shown', () => {
    // 0.001 core is 0.02263 a month, 4Mi 0.01140625, together 0.03403625.
    const small = environment('dev', { orders: { min: 1, max: 1 } }, { prices });
    const rows = costRows([shop('1m', '4Mi', [small]), shop('1m', '4Mi', [small])], all);
    expect(rows.map(({ month }) => month.atLeast)).toEqual([3n, 3n]);
    expect(totalOf(rows).month).toEqual({ atLeast: 6n, atMost: 6n });
    const half = { ...prices, cpuCoreHour: 0.5, memoryGiBHour: 0 };
    const halves = environment('dev', { orders: { min: 1, max: 1 } }, { prices: half });
    // 0.003 x 0.5 x 730 is 1.095.
    expect(costRows([shop('3m', '4Mi', [halves])], all)[0]?.month.atLeast).toBe(110n);
  });

  it('leaves out what runs to its end, and environments without prices', () => {
    const job = workload('report', [container('report', '8', '8Gi')], { kind: 'scheduled-job' });
    const orders = shop().workloads;
    const free = environment('staging', scaled);
    const rows = costRows([model('shop', [...orders, job], [dev, free])], all);
    expect(rows.map(({ environment: name, month }) => [name, month.atLeast])).toEqual([
      ['dev', 5110n],
    ]);
  });

  it('can be asked for by application and environment', () => {
    const prod = environment('prod', scaled, { prices });
    const models = [shop('1', '1Gi', [dev, prod]), { ...shop(), application: 'warehouse' }];
    const asked = (applications: string[], environments: string[]) =>
      costRows(models, { applications, environments }).map(
        (row) => `${row.application} ${row.environment}`,
      );
    expect(asked(['warehouse'], [])).toEqual(['warehouse dev']);
    expect(asked([], ['prod'])).toEqual(['shop prod']);
    expect(asked(['warehouse'], ['prod'])).toEqual([]);
  });

  it('never falls when a request grows', () => {
    const cents = (cpu: number, memory: number): bigint =>
      costRows([shop(`${cpu}m`, `${memory}Mi`)], all)[0]?.month.atMost ?? -1n;
    const amount = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(amount, amount, amount, (cpu, memory, more) => {
        expect(cents(cpu + more, memory) >= cents(cpu, memory)).toBe(true);
        expect(cents(cpu, memory + more) >= cents(cpu, memory)).toBe(true);
      }),
    );
  });
});

describe('the change between two locks', () => {
  const changeSince = (content: string): unknown => {
    const locked = lockedRequests(content, [shop()]);
    if ('faults' in locked) return locked.faults;
    return costRows([shop()], all, locked.requestsOf)[0]?.change;
  };

  it('is what the present sizes cost more than those of the other lock', () => {
    // Half of everything before.
    expect(changeSince(lockOf({ orders: entry }))).toEqual({ atLeast: 2555n, atMost: 12775n });
  });

  it('takes the start size where the other lock has no entry', () => {
    // 0.1 core and a quarter of a GiB: 2 x (0.0031 + 0.001) x 730 = 5.986.
    expect(changeSince(lockOf({}))).toEqual({ atLeast: 5110n - 599n, atMost: 25550n - 2993n });
  });

  it('leaves alone what is not measured', () => {
    const plain = model('shop', [workload('orders', [container('orders', '1', '1Gi')])], [dev]);
    const locked = lockedRequests(lockOf({ orders: entry }), [plain]);
    const [row] = 'requestsOf' in locked ? costRows([plain], all, locked.requestsOf) : [];
    expect(row?.change).toEqual({ atLeast: 0n, atMost: 0n });
  });

  it('is not made of a lock that was changed by hand, or is none', () => {
    const changed = { ...entry, request: { cpu: '1m', memory: '4Mi' } };
    expect(changeSince(lockOf({ orders: changed }))).toEqual([
      {
        found: 'has an entry of shop/orders/orders that was changed after it was written',
        fix: 'Take the file from version control as it was',
      },
    ]);
    expect(changeSince('[]')).toHaveLength(1);
  });
});
