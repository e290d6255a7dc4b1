import {
  Application,
  call,
  external,
  later,
  Platform,
  Postgres,
  published,
  Signals,
  soft,
  WebService,
  type Dependency,
  type Endpoint,
} from '../../../lib';
import { synthesize, testPlatform } from '../../../lib/testing';
import { good, inside, untyped, web, type Case, type Cases } from './making';

type Shop = (app: Application, service: Make) => unknown;
type Make = (id: string, props?: object) => WebService;

/** Services under a platform that measures objectives. */
const shop =
  (make: Shop): Case =>
  () =>
    synthesize(
      (platform) => {
        const app = new Application(platform, 'shop', { owner: 'team-a' });
        make(app, (id, props = {}) => new WebService(app, id, { ...good, metrics: {}, ...props }));
      },
      () =>
        new Platform({
          environments: testPlatform().environments,
          defaults: { signals: Signals.openTelemetry() },
        }),
    ).problems;

const slo = (availability: number): object => ({ slo: { availability } });
const within = (under: string): object => ({ slo: { latency: { under, objective: 99 } } });
const uses = (...all: readonly Dependency[]): object => ({ uses: all });
/** What a service says of its calls of a cart. */
const cart = (props: unknown, write = (made: Endpoint): unknown => made.address): Case =>
  inside((app) => {
    const made = new WebService(app, 'cart', good);
    const called = call(made, untyped(props));
    new WebService(app, 'web', { ...good, env: { CART: untyped(write(called)) } });
  });
const GIVE = "Give { timeout: '2s', attempts: 3 }, or one of them.";
const TIMEOUT = "Give a duration such as '2s' or '300ms', at most 1h.";
const ATTEMPTS = 'Give a whole number from 1 to 10, the first one counted.';

/** Calls as nobody should write them, and promises that nobody can keep. */
export const casesOfFeasibility: Cases = {
  DurationInvalid: [
    [
      cart({ timeout: '2 s' }),
      `DurationInvalid at test/web: call(cart).timeout is '2 s'. ${TIMEOUT}`,
    ],
    [
      cart({ timeout: '2h' }),
      `DurationInvalid at test/web: call(cart).timeout is '2h'. ${TIMEOUT}`,
    ],
    [
      cart({ timeout: 2 }, ({ url }) => `${String(url)}/v1`),
      `DurationInvalid at test/web: call(cart).timeout is 2. ${TIMEOUT}`,
    ],
  ],
  PropInvalid: [
    [cart({}), `PropInvalid at test/web: call(cart) is {}. ${GIVE}`],
    [cart('2s'), `PropInvalid at test/web: call(cart) is '2s'. ${GIVE}`],
    [cart({ attempts: 0 }), `PropInvalid at test/web: call(cart).attempts is 0. ${ATTEMPTS}`],
    [cart({ attempts: 11 }), `PropInvalid at test/web: call(cart).attempts is 11. ${ATTEMPTS}`],
    [
      cart({ attempts: Symbol('x') }, ({ url }) => `${String(url)}/v1`),
      `PropInvalid at test/web: call(cart).attempts is 'Symbol(x)'. ${ATTEMPTS}`,
    ],
    [
      cart({ timeout: '1s', soft: 'yes' }),
      "PropInvalid at test/web: call(cart).soft is 'yes'. Give true or false.",
    ],
    [
      inside((app) => {
        const db = new Postgres(app, 'db', { version: 16 });
        const env = { URL: call(db.uri, { timeout: '3s' }) };
        new WebService(app, 'web', { ...good, env, uses: [call(db, { timeout: '1s' })] });
      }),
      'PropInvalid at test/web: call(db) has timeout 1s and 3s. Say the same of all its uses, or say it of one: the most that any of them takes.',
    ],
    [
      web({
        uses: [
          call(external('a.example.com'), { attempts: 2 }),
          call(
            later(() => external('a.example.com')),
            { attempts: 3 },
          ),
        ],
      }),
      'PropInvalid at test/orders: call(a.example.com) has attempts 2 and 3. Say the same of all its uses, or say it of one: the most that any of them takes.',
    ],
    [
      inside((app) => {
        const canary = new WebService(app, 'canary', good);
        const to = [{ weight: 9 }, { service: call(canary, { timeout: '1s' }), weight: 1 }];
        new WebService(app, 'web', { ...good, expose: { host: 'web', routes: [{ to }] } });
      }),
      'PropInvalid at test/web: expose.routes[0].to[1].service is a call(…), and it is the gateway that calls. Give the web service itself, and the route timeouts: { request, backendRequest }.',
    ],
    [
      web({
        publish: {
          contract: call(published({ application: 'test', service: 'orders', port: 8080 }), {
            timeout: '1s',
          }),
          to: ['shop'],
        },
      }),
      'PropInvalid at test/orders: publish.contract is a call(…). Give the contract itself: how it is called is said by who calls it.',
    ],
  ],
  PropUnknown: [
    [
      cart({ retries: 2 }),
      'PropUnknown at test/web: there is no prop call(cart).retries. Write attempts: one more than the retries.',
    ],
    [
      cart({ timeouts: '1s' }),
      'PropUnknown at test/web: there is no prop call(cart).timeouts. Write timeout.',
    ],
  ],
  EnvValueInvalid: [
    [
      web({ env: { CART: call(untyped('cart:8080'), { timeout: '1s' }) } }),
      'EnvValueInvalid at test/orders: env.CART is the reference, which leads nowhere. Give text or a reference, such as orders.address, db.uri, secret(…) or perEnvironment(…).',
    ],
    [
      cart({ timeout: '1s' }, (made) => made),
      'EnvValueInvalid at test/web: env.CART is the web service test/cart. Write cart.address.',
    ],
  ],
  ObjectiveUnbacked: [
    [
      shop((_, service) => {
        const stock = service('stock', slo(99.9));
        const orders = service('orders', slo(99.5));
        service('web', { ...slo(99.9), ...uses(stock, orders) });
      }),
      'ObjectiveUnbacked at shop/web: it promises 99.9 % availability, and hard dependencies leave it 99.4 %: orders may lose 0.5 %, stock 0.1 %. Promise 99.4 or less, or have them promise more, or mark one that it survives without: soft(…).',
    ],
    [
      shop((_, service) => {
        const all = 'abcdefgh'.split('').map((id) => service(id, slo(98)));
        service('web', { ...slo(99.9), ...uses(...all) });
      }),
      'ObjectiveUnbacked at shop/web: it promises 99.9 % availability, and hard dependencies leave it 85.07 %: a may lose 2 %, b 2 %, c 2 %, d 2 %, e 2 %, f 2 %, 2 more. Have them promise more, or mark one that it survives without: soft(…).',
    ],
    [
      shop((_, service) => {
        const stock = service('stock', within('500ms'));
        service('web', { ...within('250ms'), ...uses(stock) });
      }),
      "ObjectiveUnbacked at shop/web: it promises answers within 250ms, and stock, on which it depends, within 500ms. Give slo.latency.under '500ms' or more, have stock promise '250ms' or less, or mark it soft(…).",
    ],
  ],
  TimeoutInverted: [
    [
      shop((_, service) => {
        const stock = service('stock', within('500ms'));
        service('web', uses(call(stock, { timeout: '300ms' })));
      }),
      "TimeoutInverted at shop/web: it gives up on stock after 300ms, and stock promises answers within 500ms. Give call(stock) a timeout of '500ms' or more, or have stock promise less.",
    ],
    [
      shop((app, service) => {
        const db = new Postgres(app, 'db', { version: 16 });
        const stock = service('stock', uses(call(db, { timeout: '2s', attempts: 3 })));
        service('web', uses(call(stock, { timeout: '5s' })));
      }),
      "TimeoutInverted at shop/web: it gives up on stock after 5s, and stock waits up to 6s (3 attempts of 2s) for db. Give call(stock) a timeout of '6s' or more, or have stock wait for less.",
    ],
    [
      shop((_, service) => {
        const bank = call(external('bank.example.com'), { timeout: '20s', soft: true });
        const routes = [{ paths: ['/pay'], timeouts: { request: '15s' } }];
        service('web', { ...uses(bank), expose: { host: 'web', routes } });
      }),
      "TimeoutInverted at shop/web: expose.routes[0].timeouts.request is 15s, and web waits up to 20s for bank.example.com. Give expose.routes[0].timeouts.request of '20s' or more, or have web wait for less.",
    ],
    [
      shop((_, service) => {
        const ads = service('ads');
        const twice = call(soft(ads), { timeout: '1s', attempts: 2 });
        service('web', { ...within('1s'), ...uses(twice) });
      }),
      "TimeoutInverted at shop/web: it waits up to 2s (2 attempts of 1s) for ads, which is soft, and promises answers within 1s: without ads they are late. Give call(ads) a timeout that, with all attempts, is '1s' or less.",
    ],
  ],
  RetriesMultiply: [
    [
      shop((_, service) => {
        const stock = service('stock');
        const orders = service('orders', uses(call(stock, { attempts: 3 })));
        const front = service('front', uses(orders));
        service('web', uses(call(front, { attempts: 3 })));
      }),
      'RetriesMultiply at shop/web: one request may become 9 calls of stock: web -> front (3 attempts) -> orders (1 attempt) -> stock (3 attempts). Retry at one of them, and give the others attempts: 1.',
    ],
    [
      shop((_, service) => {
        service('web', uses(call(external('a.example.com'), { attempts: 8 })));
      }),
      'RetriesMultiply at shop/web: one request may become 8 calls of a.example.com: web -> a.example.com (8 attempts). Give call(a.example.com) fewer attempts.',
    ],
  ],
  DependencyHardAnyway: [
    [
      shop((_, service) => {
        const recommendation = service('recommendation');
        const checkout = service('checkout', uses(recommendation));
        service('web', uses(checkout, soft(recommendation)));
      }),
      'DependencyHardAnyway at shop/web: recommendation is marked soft, and web cannot work without it: web -> checkout -> recommendation. Mark another step of that way soft(…), or take soft(…) away here.',
    ],
  ],
};
