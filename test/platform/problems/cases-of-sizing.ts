import { Application, Size, WebService } from '../../../lib';
import { reasonOf } from '../../../lib/foundation';
import { synthesize } from '../../../lib/testing';
import { entry, lockText, withLock } from '../../sizing/entries';
import { good, under, untyped, web, type Case, type Cases } from './making';

const measured = Size.measured();

/** A service `shop/orders` under a lock of that text. */
const locked = (text: string, props: object = { size: measured }): Case => {
  return () =>
    withLock(text, (file) => {
      return synthesize((app) => {
        const shop = new Application(app, 'shop', { owner: 'team-a', sizingLock: file });
        new WebService(shop, 'orders', untyped({ ...good, ...props }));
      }).problems;
    });
};
const named = (sizingLock: unknown): Case =>
  under((app) => {
    const shop = new Application(app, 'shop', untyped({ owner: 'team-a', sizingLock }));
    new WebService(shop, 'orders', { ...good, size: measured });
  });

/** Node words it anew with each major version. */
const noJson = ((): string => {
  try {
    return String(JSON.parse('{'));
  } catch (error) {
    return reasonOf(error);
  }
})();

const ofOrders = (changes: object = {}): string =>
  lockText({ orders: { orders: { ...entry(), ...changes } } });

export const casesOfSizing: Cases = {
  SizingLockMissing: [
    [
      named('/nowhere/at/all/sizing.lock.json'),
      'SizingLockMissing at shop: there is no sizing.lock.json where sizingLock leads. Commit one; without any evidence yet it is {"version":1,"applications":{}}.',
    ],
  ],
  SizingLockInvalid: [
    [
      locked('<<<<<<< HEAD\n{}'),
      'SizingLockInvalid at shop: sizing.lock.json holds the marks of a merge conflict. Take one side of each entry as a whole, then run golden-path rightsize.',
    ],
    [
      locked('{'),
      `SizingLockInvalid at shop: sizing.lock.json is no JSON: ${noJson}. Restore it from version control, or let golden-path rightsize write it anew.`,
    ],
    [
      locked('{"version":2,"applications":{}}'),
      'SizingLockInvalid at shop: sizing.lock.json is wrong: version is 2. Give version 1.',
    ],
    [
      locked(ofOrders({ request: { cpu: 'much', memory: '1Gi' } })),
      "SizingLockInvalid at shop: sizing.lock.json is wrong: applications.shop.orders.orders.request.cpu is 'much'. Give CPU as a quantity of at least 1m, such as 250m.",
    ],
    [
      named('/'),
      'SizingLockInvalid at shop: what sizingLock leads to cannot be read: EISDIR. Make it a file that can be read.',
    ],
  ],
  SizingLockTampered: [
    [
      locked(ofOrders({ request: { cpu: '1', memory: '300Mi' } })),
      'SizingLockTampered at shop/orders: the entry of container orders in sizing.lock.json is not what golden-path rightsize wrote. Restore it from version control, or run golden-path rightsize; a size of your own is Size.of(…).',
    ],
  ],
  SizingLockStale: [
    [
      locked(ofOrders(), { size: Size.M }),
      'SizingLockStale at shop/orders: the entry of container orders in sizing.lock.json is of no use: its size is written down. Delete applications.shop.orders.orders from it, or make the size Size.measured(…).',
    ],
    [
      locked(ofOrders(), { size: Size.measured({ tier: 'critical' }) }),
      'SizingLockStale at shop/orders: the entry of container orders in sizing.lock.json was measured for the tier standard, and its tier is critical. Run golden-path rightsize, which measures it anew.',
    ],
    [
      locked(
        lockText({
          orders: {
            orders: entry({ autoscaler: { declaredCpuPercent: 70, targetCpuPercent: 80 } }),
          },
        }),
        { size: measured, scale: { min: 2, max: 4, targetCpuPercent: 60 } },
      ),
      'SizingLockStale at shop/orders: the entry of container orders in sizing.lock.json keeps the scale point of targetCpuPercent 70, and 60 is declared. Run golden-path rightsize, which measures it anew.',
    ],
  ],
  SizingLockUnknown: [
    [
      locked(lockText({ stock: { stock: entry() } })),
      "SizingLockUnknown at shop: sizing.lock.json has entries of 'stock', which the application does not have. Delete applications.shop.stock from it; under another name it begins at its start size.",
    ],
    [
      locked(lockText({ orders: { proxy: entry() } })),
      "SizingLockUnknown at shop/orders: sizing.lock.json has an entry of container 'proxy', which the workload does not have. Delete applications.shop.orders.proxy from it; under another name it begins at its start size.",
    ],
  ],
  PathInvalid: [
    [
      named('sizing.lock.json'),
      "PathInvalid at shop: sizingLock is 'sizing.lock.json', which depends on the working directory. Write path.join(__dirname, 'sizing.lock.json').",
    ],
  ],
  PropInvalid: [
    [
      named({ version: 1 }),
      "PropInvalid at shop: sizingLock is { version: 1 }. Write path.join(__dirname, 'sizing.lock.json').",
    ],
    [
      web({ size: Size.measured({ tier: untyped('gold') }) }),
      "PropInvalid at test/orders: size.measured.tier is 'gold'. Give one of critical, standard, tolerant.",
    ],
    [
      web({ size: Size.measured(untyped(1)) }),
      "PropInvalid at test/orders: size.measured is 1. Give { start: Size.S, tier: 'standard' }.",
    ],
    [
      web({ migrate: { command: ['x'], size: measured } }),
      'PropInvalid at test/orders: migrate.size is Size.measured(…). Give a size that is written down, such as Size.S: init containers and migrations are not measured.',
    ],
    [
      web({ init: { warm: { image: 'x/warm:1', size: untyped(measured) } } }),
      'PropInvalid at test/orders: init.warm.size is Size.measured(…). Give a size that is written down, such as Size.S: init containers and migrations are not measured.',
    ],
    [
      locked(ofOrders(), { size: Size.measured({ tier: untyped('crit') }) }),
      "PropInvalid at shop/orders: size.measured.tier is 'crit'. Give one of critical, standard, tolerant.",
    ],
    [
      locked(lockText({ orders: { proxy: entry() } }), {
        sidecars: { proxy: { image: 'x/proxy:1', size: Size.measured({ tier: untyped('crit') }) } },
      }),
      "PropInvalid at shop/orders: sidecars.proxy.size.measured.tier is 'crit'. Give one of critical, standard, tolerant.",
    ],
  ],
  PropUnknown: [
    [
      locked(ofOrders(), { size: Size.measured({ start: untyped(measured) }) }),
      'PropUnknown at shop/orders: there is no prop size.measured.start.measured. Write a size down here; this one is not measured.',
    ],
  ],
};
