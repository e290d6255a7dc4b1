import { describe, expect, it } from '@jest/globals';
import { Application, ScheduledJob, Size, WebService, type WebServiceProps } from '../../lib';
import { sealed, type LockEntry } from '../../lib/sizing';
import { synthesize } from '../../lib/testing';
import { entry, lockText, orders, unsealed, withLock } from '../sizing/entries';

const good = { image: 'x/orders:1', port: 8080, health: '/ready' } as const;
const props: WebServiceProps = { ...good, size: Size.measured({ start: Size.M }) };

const shopOf = (text: string | undefined, given: WebServiceProps = props) => {
  const make = (file?: string) =>
    synthesize((app) => {
      const shop = new Application(app, 'shop', {
        owner: 'team-a',
        ...(file !== undefined && { sizingLock: file }),
      });
      new WebService(shop, 'orders', given);
    });
  return text === undefined ? make() : withLock(text, make);
};

interface PodTemplate {
  readonly containers: readonly { readonly name: string; readonly resources: object }[];
  readonly initContainers?: PodTemplate['containers'];
}
const resourcesOf = (shop: ReturnType<typeof shopOf>): Readonly<Record<string, unknown>> => {
  const spec = shop.find({ kind: 'Deployment', name: 'orders' }).spec as {
    readonly template: { readonly spec: PodTemplate };
  };
  const { containers, initContainers = [] } = spec.template.spec;
  return Object.fromEntries(
    [...containers, ...initContainers].map(({ name, resources }) => [name, resources]),
  );
};
const amounts = (cpu: string, memory: string, cpuLimit: string) =>
  expect.objectContaining({
    requests: expect.objectContaining({ cpu, memory }) as object,
    limits: expect.objectContaining({ cpu: cpuLimit, memory }) as object,
  }) as object;

const proxy = (changes: Partial<typeof unsealed>): LockEntry =>
  sealed({ ...orders, container: 'proxy' }, { ...unsealed, ...changes });

const codesOf = ({ problems }: ReturnType<typeof shopOf>) => problems.map(({ code }) => code);

describe('a size that is refused', () => {
  const wrong = Size.measured({ tier: 'crit' as never });
  const nested = Size.measured({ start: Size.measured() as never });

  it('makes nobody delete the evidence of its container', () => {
    const text = lockText({ orders: { orders: entry() } });
    expect(codesOf(shopOf(text, { ...good, size: wrong }))).toEqual(['PropInvalid']);
    const codes = codesOf(shopOf(text, { ...good, size: nested }));
    expect(codes).toContain('PropUnknown');
    expect(codes).not.toContain('SizingLockStale');
  });

  it('makes nobody delete the evidence of the sidecars', () => {
    const text = lockText({ orders: { orders: entry(), proxy: proxy({}) } });
    const sidecars = { proxy: { image: 'x/proxy:1', size: wrong } };
    expect(codesOf(shopOf(text, { ...props, sidecars }))).toEqual(['PropInvalid']);
    // That of the main container is looked at nevertheless.
    const written = shopOf(text, { ...good, sidecars, size: Size.M });
    expect(codesOf(written)).toEqual(['PropInvalid', 'SizingLockStale']);
  });
});

describe('a measured size', () => {
  it('is what it starts with until there is a lock, and until the lock has an entry', () => {
    for (const text of [undefined, lockText({})]) {
      const shop = shopOf(text);
      expect(shop.problems).toEqual([]);
      expect(resourcesOf(shop)).toEqual({ orders: amounts('250m', '512Mi', '1') });
      expect(shop.model.workloads[0]?.containers[0]?.measured).toEqual({
        tier: 'standard',
        start: { cpu: '250m', memory: '512Mi' },
      });
    }
  });

  it('is what the lock holds, with the limit of CPU by the rule of the platform', () => {
    const shop = shopOf(
      lockText({ orders: { orders: entry({ request: { cpu: '330m', memory: '300Mi' } }) } }),
    );
    expect(shop.problems).toEqual([]);
    expect(resourcesOf(shop)).toEqual({ orders: amounts('330m', '300Mi', '1320m') });
    expect(shop.model.workloads[0]?.containers[0]).toMatchObject({
      requests: { cpu: '330m', memory: '300Mi' },
      measured: { start: { cpu: '250m', memory: '512Mi' }, evidence: '2026-11-19' },
    });
  });

  it('gives init containers what the main one has, and sidecars what is theirs', () => {
    const shop = shopOf(
      lockText({
        orders: { orders: entry(), proxy: proxy({ request: { cpu: '15m', memory: '40Mi' } }) },
      }),
      {
        ...props,
        init: { prepare: { image: 'x/prepare:1' } },
        sidecars: { proxy: { image: 'x/proxy:1', size: Size.measured({ start: Size.XS }) } },
      },
    );
    expect(shop.problems).toEqual([]);
    expect(resourcesOf(shop)).toEqual({
      orders: amounts('110m', '300Mi', '1'),
      prepare: amounts('110m', '300Mi', '1'),
      proxy: amounts('15m', '40Mi', '1'),
    });
  });

  it('keeps the point at which the autoscaler scales', () => {
    const autoscaler = { declaredCpuPercent: 70, targetCpuPercent: 85 };
    const shop = shopOf(lockText({ orders: { orders: entry({ autoscaler }) } }));
    expect(shop.problems).toEqual([]);
    const hpa = shop.find({ kind: 'HorizontalPodAutoscaler', name: 'orders', environment: 'prod' });
    expect(JSON.stringify(hpa.spec)).toContain('"averageUtilization":85');
  });

  it('runs no migration again when it changes', () => {
    const migrated: WebServiceProps = { ...props, migrate: { command: ['bin/migrate'] } };
    const jobOf = (text: string) =>
      shopOf(text, migrated)
        .objects()
        .find(({ kind }) => kind === 'Job');
    const before = jobOf(lockText({}));
    expect(JSON.stringify(before?.spec)).toContain('"cpu":"250m"');
    expect(jobOf(lockText({ orders: { orders: entry() } }))).toEqual(before);
  });

  it('holds for what runs by the clock', () => {
    const report = sealed(
      { application: 'shop', workload: 'report', container: 'report' },
      unsealed,
    );
    const shop = withLock(lockText({ report: { report } }), (sizingLock) =>
      synthesize((app) => {
        const made = new Application(app, 'shop', { owner: 'team-a', sizingLock });
        const size = Size.measured();
        new ScheduledJob(made, 'report', { image: 'x/report:1', schedule: '0 3 * * *', size });
      }),
    );
    expect(shop.problems).toEqual([]);
    const cronJob = shop.find({ kind: 'CronJob', name: 'report' });
    expect(JSON.stringify(cronJob.spec)).toContain('"cpu":"110m"');
  });
});
