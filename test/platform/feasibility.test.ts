import { describe, expect, it } from '@jest/globals';
import {
  Application,
  call,
  Platform,
  Postgres,
  published,
  Signals,
  soft,
  WebService,
  Worker,
  type Problem,
} from '../../lib';
import { testPlatform } from '../../lib/testing';

const good = { image: 'x/y:1', port: 8080, health: '/ready', metrics: {} } as const;
const latency = (under: string) => ({ latency: { under, objective: 99 } });

const problemsOf = (make: (platform: Platform) => void): readonly Problem[] => {
  const { environments } = testPlatform();
  const platform = new Platform({ environments, defaults: { signals: Signals.openTelemetry() } });
  make(platform);
  return platform.render().problems;
};
const inShop = (make: (shop: Application) => void): readonly Problem[] =>
  problemsOf((platform) => {
    make(new Application(platform, 'shop', { owner: 'team-a' }));
  });

const contract = published({ application: 'warehouse', service: 'stock', port: 8080 });

/** A warehouse that publishes its stock, which leans on a database of its own. */
const warehouse = (platform: Platform): void => {
  const app = new Application(platform, 'warehouse', { owner: 'team-b' });
  const db = new Postgres(app, 'db', { version: 16 });
  const ledger = new WebService(app, 'ledger', { ...good, slo: { availability: 99.5 } });
  new WebService(app, 'stock', {
    ...good,
    publish: { contract, to: ['shop'] },
    uses: [call(db, { timeout: '2s', attempts: 3 }), ledger],
    slo: latency('500ms'),
  });
};

describe('promises over the graph', () => {
  it('are kept when dependencies promise as much, soft ones less, and timeouts nest', () => {
    const problems = inShop((shop) => {
      const db = new Postgres(shop, 'db', { version: 16 });
      const ads = new WebService(shop, 'ads', { ...good, slo: { availability: 90 } });
      const cart = new WebService(shop, 'cart', {
        ...good,
        uses: [call(db, { timeout: '1s', attempts: 2 })],
        slo: { availability: 99.9, ...latency('250ms') },
      });
      new WebService(shop, 'web', {
        ...good,
        uses: [
          call(cart, { timeout: '2s', attempts: 2 }),
          call(ads, { timeout: '250ms', soft: true }),
        ],
        slo: { availability: 99.9, ...latency('250ms') },
        expose: { host: 'web', routes: [{ timeouts: { request: '4s', backendRequest: '0s' } }] },
      });
    });
    expect(problems).toEqual([]);
  });

  it('are not judged by what nobody says', () => {
    const problems = inShop((shop) => {
      const cart = new WebService(shop, 'cart', good);
      const slow = new WebService(shop, 'slow', { ...good, uses: [call(cart, { attempts: 3 })] });
      new WebService(shop, 'web', {
        ...good,
        uses: [call(slow, { timeout: '10ms' })],
        slo: { availability: 99.999, ...latency('5ms') },
      });
    });
    expect(problems).toEqual([]);
  });

  it('of a caller that gives up in time are not late with its callee', () => {
    const codes = inShop((shop) => {
      const cart = new WebService(shop, 'cart', { ...good, slo: latency('500ms') });
      new WebService(shop, 'web', {
        ...good,
        uses: [call(cart, { timeout: '100ms', attempts: 2 })],
        slo: latency('250ms'),
      });
    }).map(({ code }) => code);
    expect(codes).toEqual(['TimeoutInverted']);
  });

  it('say nothing twice of a workload that has a migration', () => {
    const problems = inShop((shop) => {
      const cart = new WebService(shop, 'cart', { ...good, slo: latency('500ms') });
      new Worker(shop, 'w', {
        image: 'x/y:1',
        migrate: { command: ['migrate'] },
        uses: [call(cart, { timeout: '100ms' })],
      });
    });
    expect(problems.map(({ code, at }) => `${code} ${at}`)).toEqual(['TimeoutInverted shop/w']);
  });

  it('are judged across applications of one platform', () => {
    const shop = (platform: Platform): void => {
      const app = new Application(platform, 'shop', { owner: 'team-a' });
      const near = new WebService(app, 'near', { ...good, uses: [contract] });
      new WebService(app, 'web', {
        ...good,
        uses: [call(soft(contract), { timeout: '200ms', attempts: 3 }), near],
        slo: { availability: 99.9 },
      });
    };
    const found = problemsOf((platform) => {
      shop(platform);
      warehouse(platform);
    });
    expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(found.map((problem) => `${problem.at}: ${problem.found}`)).toEqual([
      'shop/web: it promises 99.9 % availability, and a hard dependency leaves it 99.5 %: warehouse/ledger may lose 0.5 %',
      'shop/web: it gives up on warehouse/stock after 200ms, and warehouse/stock promises answers within 500ms',
      'shop/web: it gives up on warehouse/stock after 200ms, and warehouse/stock waits up to 6s (3 attempts of 2s) for warehouse/db',
      'shop/web: one request may become 9 calls of warehouse/db: web -> warehouse/stock (3 attempts) -> warehouse/db (3 attempts)',
      'shop/web: warehouse/stock is marked soft, and web cannot work without it: web -> near -> warehouse/stock',
    ]);
    expect(problemsOf(shop).map(({ code }) => code)).toEqual(['DependencyHardAnyway']);
  });
});
