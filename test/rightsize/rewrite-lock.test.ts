import { describe, expect, it } from '@jest/globals';
import { Application, Size, WebService, type ApplicationModel } from '../../lib';
import {
  environmentOf,
  rewriteLock,
  windowBefore,
  type SizedApplication,
  type SizedContainer,
} from '../../lib/rightsize';
import { emptyLock, isIntact, sealed, type LockEntry, type SizingLock } from '../../lib/sizing';
import { synthesize } from '../../lib/testing';
import { entry, orders, unsealed } from '../sizing/entries';

const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;
const modelOf = (size: Size): ApplicationModel =>
  synthesize((app) => {
    const shop = new Application(app, 'shop', { owner: 'team-a' });
    new WebService(shop, 'orders', { ...good, size });
  }).model;
const model = modelOf(Size.measured());

type Changes = {
  readonly cpu?: number;
  readonly state?: SizedContainer['proposal']['state'];
  readonly target?: number;
  readonly previous?: LockEntry;
};

/** What was found of `shop/orders`, which requests 110m now. */
function found({ cpu = 0.2, state = 'grow', target, previous }: Changes = {}): SizedApplication {
  const memory = 300 * 2 ** 20;
  const resource = { state: 'keep', reasons: [] } as const;
  const container: SizedContainer = {
    ...orders,
    kind: 'web-service',
    measured: { tier: 'standard', start: { cpu: '100m', memory: '256Mi' } },
    pods: 2,
    subject: {
      ...{ kind: 'running', tier: 'standard', source: 'test', memoryLimit: memory },
      request: { cpu: 0.11, memory },
      hpa: { targetCpuPercent: 70 },
      ...(previous && { previous }),
    },
    proposal: {
      state,
      cpu: { ...resource, current: 0.11, request: cpu },
      memory: { ...resource, current: memory, request: memory },
      memoryLimit: memory,
      rule: unsealed.rule,
      evidence: unsealed.evidence,
      ...(target !== undefined && { targetCpuPercent: target }),
    },
    drift: { verdict: 'right', reasons: [] },
  };
  return {
    ...{ application: 'shop', environment: 'prod', namespace: 'shop-prod' },
    window: windowBefore('2026-11-20', 14),
    scrapeSeconds: 60,
    pods: { all: 2, byName: 0 },
    injected: {},
    containers: [container],
  };
}

const by = { server: 'http://prometheus.example', day: '2026-11-20' };
const holding = (
  entries: Readonly<Record<string, LockEntry>>,
  workload = 'orders',
): SizingLock => ({
  version: 1,
  applications: { shop: { [workload]: entries } },
});
const run = (lock: SizingLock, sized: SizedApplication, models = [model], day = by.day) =>
  rewriteLock(lock, models, [sized], { ...by, day });
const changesOf = ({ changes }: ReturnType<typeof run>) => changes.map(({ change }) => change);

describe('a lock that is written anew', () => {
  it('gets an entry that says what it rests on, and is intact', () => {
    const { lock, changes } = run(emptyLock, found());
    const written = lock.applications.shop!.orders!.orders!;
    expect(written).toEqual({
      ...unsealed,
      request: { cpu: '200m', memory: '300Mi' },
      limit: { memory: '300Mi' },
      source: 'http://prometheus.example, prod, namespace shop-prod',
      date: '2026-11-20',
      integrity: written.integrity,
    });
    expect(isIntact(orders, written)).toBe(true);
    expect(changes).toEqual([{ ...orders, change: 'added' }]);
  });

  it('keeps entries of the same size byte for byte, until they are 30 days old', () => {
    const old = entry({ date: '2026-11-01' });
    const kept = found({ cpu: 0.11, state: 'keep', previous: old });
    const later = run(holding({ orders: old }), kept, [model], '2026-11-30');
    expect(later).toEqual({ lock: holding({ orders: old }), changes: [] });
    const month = run(holding({ orders: old }), kept, [model], '2026-12-01');
    expect(changesOf(month)).toEqual(['renewed']);
  });

  it('changes the entry where the size changes', () => {
    const old = entry();
    const changed = run(holding({ orders: old }), found({ previous: old }));
    expect(changesOf(changed)).toEqual(['changed']);
  });

  it('is not written on too little, and not where a first entry would only hold', () => {
    for (const state of ['insufficient-data', 'hold', 'no-metrics'] as const) {
      expect(run(emptyLock, found({ state }))).toEqual({ lock: emptyLock, changes: [] });
      const old = entry();
      const kept = found({ state, previous: old, cpu: 0.11 });
      expect(run(holding({ orders: old }), kept).changes).toEqual([]);
    }
  });

  it('gives a new entry in the place of one that was changed by hand', () => {
    const changed = { ...entry(), request: { cpu: '5', memory: '300Mi' } };
    const { lock, changes } = run(holding({ orders: changed }), found());
    expect(isIntact(orders, lock.applications.shop!.orders!.orders!)).toBe(true);
    expect(changes).toEqual([{ ...orders, change: 'changed', wasTampered: true }]);
  });

  it('loses what is not measured any more', () => {
    const lock = holding({ orders: entry() });
    const fixed = modelOf(Size.M);
    expect(run(lock, { ...found(), containers: [] }, [fixed])).toEqual({
      lock: emptyLock,
      changes: [{ ...orders, change: 'removed' }],
    });
  });

  it('keeps what the model does not know, since the model may be old', () => {
    const proxy = sealed({ ...orders, container: 'proxy' }, unsealed);
    const stock = sealed({ ...orders, workload: 'stock', container: 'stock' }, unsealed);
    const shop = { orders: { proxy }, stock: { stock } };
    const { lock, changes } = run({ version: 1, applications: { shop } }, found());
    expect(changes).toEqual([{ ...orders, change: 'added' }]);
    expect(lock.applications.shop).toMatchObject(shop);
  });

  it('leaves applications alone that were not asked about', () => {
    const { lock } = rewriteLock(holding({ orders: entry() }), [], [], by);
    expect(lock).toEqual(holding({ orders: entry() }));
  });

  it('remembers what an autoscaler was declared to aim for', () => {
    const first = run(emptyLock, found({ target: 85 })).lock.applications.shop!.orders!.orders!;
    expect(first.autoscaler).toEqual({ declaredCpuPercent: 70, targetCpuPercent: 85 });
    const sized = found({ target: 60, previous: first });
    const [container] = sized.containers;
    const inForce = {
      ...sized,
      containers: [
        { ...container!, subject: { ...container!.subject, hpa: { targetCpuPercent: 85 } } },
      ],
    };
    const second = run(holding({ orders: first }), inForce).lock.applications.shop!.orders!.orders!;
    expect(second.autoscaler).toEqual({ declaredCpuPercent: 70, targetCpuPercent: 60 });
    const back = {
      ...inForce,
      containers: inForce.containers.map((one) => ({
        ...one,
        proposal: { ...one.proposal, targetCpuPercent: 70 },
      })),
    };
    const third = run(holding({ orders: first }), back).lock.applications.shop!.orders!.orders!;
    expect(third.autoscaler).toBeUndefined();
  });
});

describe('the environment whose use decides', () => {
  const { environments } = model;
  const named = (names: readonly (readonly [string, string])[]): ApplicationModel => ({
    ...model,
    environments: names.map(([name, stage]) => ({ ...environments[0]!, name, stage })),
  });
  const chosen = (of: ApplicationModel, name?: string) => environmentOf(of, name)?.name;

  it('is the one of stage prod, else the last, else the one that is named', () => {
    expect(chosen(model)).toBe('prod');
    expect(chosen(model, 'dev')).toBe('dev');
    expect(chosen(model, 'nowhere')).toBeUndefined();
    expect(
      chosen(
        named([
          ['dev', 'dev'],
          ['live', 'live'],
        ]),
      ),
    ).toBe('live');
  });

  it('is nobody else to choose where there are several of stage prod', () => {
    expect(
      chosen(
        named([
          ['eu', 'prod'],
          ['us', 'prod'],
        ]),
      ),
    ).toBeUndefined();
  });
});
