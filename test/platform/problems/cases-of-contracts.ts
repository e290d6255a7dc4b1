import {
  Application,
  later,
  published,
  soft,
  tcp,
  WebService,
  Worker,
  type EnvValue,
  type PublishedProps,
  type PublishedService,
} from '../../../lib';
import { good, inside, under, untyped, web, type Case, type Cases } from './making';

const props = { application: 'warehouse', service: 'stock', port: 8080 } as const;
const stock = published(props);
const own = (given: Partial<PublishedProps> = {}): PublishedService =>
  published({ application: 'test', service: 'orders', port: 8080, ...given });

/** A warehouse and a shop that imports from it. */
const pair = (
  offers: object,
  value: EnvValue = stock.url,
  extra: (warehouse: Application, shop: Application) => unknown = () => undefined,
): Case =>
  under((platform) => {
    const warehouse = new Application(platform, 'warehouse', { owner: 'team-w' });
    new WebService(warehouse, 'stock', untyped({ ...good, ...offers }));
    const shop = new Application(platform, 'shop', { owner: 'team-s' });
    new Worker(shop, 'w', { image: 'x/y:1', env: { STOCK: value } });
    extra(warehouse, shop);
  });
const toShop = { contract: stock, to: ['shop'] };
const mock = { stages: ['dev'], reason: 'a mock' };

export const casesOfContracts: Cases = {
  ContractBroken: [
    [
      web({ env: { A: published(untyped({ ...props, port: 80 })).url } }),
      "ContractBroken at test/orders: it imports a contract whose port is 80. Give published({ application: 'warehouse', service: 'stock', port: 8080 }).",
    ],
    [
      web({ uses: [published(untyped(undefined))] }),
      "ContractBroken at test/orders: it imports a contract whose application is undefined, service is undefined, port is undefined. Give published({ application: 'warehouse', service: 'stock', port: 8080 }).",
    ],
    [
      inside((app) => {
        new WebService(app, 'orders', { ...good, publish: { contract: own(), to: ['shop'] } });
        new Worker(app, 'w', { image: 'x/y:1', env: { A: own().url } });
      }),
      'ContractBroken at test/w: it imports test/orders, which is of its own application. Refer to the web service itself: within an application no contract is needed.',
    ],
    [
      web({ publish: toShop }),
      "ContractBroken at test/orders: publish.contract is of warehouse/stock, and this is test/orders. Export published({ application: 'test', service: 'orders', … }) as it is, and publish that.",
    ],
    [
      web({ publish: { contract: own({ port: 9090 }), to: ['shop'] } }),
      "ContractBroken at test/orders: publish.contract says port 9090, and orders has 8080. Export published({ application: 'test', service: 'orders', … }) as it is, and publish that.",
    ],
    [
      web({ publish: { contract: own({ servicePort: 80 }), to: ['shop'] } }),
      "ContractBroken at test/orders: publish.contract says servicePort 80, and orders has 8080. Export published({ application: 'test', service: 'orders', … }) as it is, and publish that.",
    ],
    [
      web({ port: tcp(8080), publish: { contract: own(), to: ['shop'] } }),
      "ContractBroken at test/orders: publish.contract says scheme http, and orders has tcp. Export published({ application: 'test', service: 'orders', … }) as it is, and publish that.",
    ],
    [
      web({ publish: { contract: own(untyped({ scheme: 'ftp' })), to: ['shop'] } }),
      "ContractBroken at test/orders: in publish.contract, scheme is 'ftp'. Mend what published(…) is given.",
    ],
    [
      web({ publish: { contract: own(), to: ['test'] } }),
      'ContractBroken at test/orders: publish.to names test, the application itself. Remove it: within an application no contract is needed.',
    ],
    [
      pair({ publish: toShop }, published({ ...props, servicePort: 80 }).url),
      'ContractBroken at shop/w: its contract of warehouse/stock says servicePort 80, and warehouse offers 8080. Take the contract that team-w exports now.',
    ],
  ],
  ContractUnpublished: [
    [
      pair({}),
      "ContractUnpublished at shop/w: shop imports warehouse/stock, which warehouse does not publish. Give stock of warehouse publish: { contract, to: ['shop'] }.",
    ],
    [
      pair({ publish: { contract: stock, to: ['crm', 'billing'] } }),
      "ContractUnpublished at shop/w: shop imports warehouse/stock, which is published to billing, crm only. Ask team-w to add 'shop' to publish.to of stock.",
    ],
    [
      pair({ publish: toShop }, published({ ...props, service: 'gone' }).address),
      'ContractUnpublished at shop/w: shop imports warehouse/gone, and the application warehouse has no web service gone. Ask team-w for the contract that it exports now.',
    ],
  ],
  DependencyAbsent: [
    [
      pair({ publish: toShop, presence: mock }),
      'DependencyAbsent at shop/w: it depends on warehouse/stock, which exists in dev only. Mark the dependency soft(…), or give both the same presence.',
    ],
  ],
  DependencyCycle: [
    [
      pair({ publish: toShop }, 'x', (warehouse, shop) => {
        const contract = published({ application: 'shop', service: 'orders', port: 8080 });
        const publish = { contract, to: ['warehouse'] };
        new WebService(shop, 'orders', { ...good, publish, env: { STOCK: later(() => stock) } });
        const relay = published({ application: 'warehouse', service: 'relay', port: 8080 });
        new WebService(warehouse, 'relay', {
          ...good,
          publish: { contract: relay, to: ['shop'] },
          env: { ORDERS: contract.url },
        });
        new Worker(shop, 'soft', { image: 'x/y:1', env: { RELAY: soft(relay.url) } });
        new WebService(shop, 'back', { ...good, env: { RELAY: relay.url } });
        const back = published({ application: 'shop', service: 'front', port: 8080 });
        new WebService(shop, 'front', {
          ...good,
          publish: { contract: back, to: ['warehouse'] },
          env: { LEDGER: published({ ...props, service: 'ledger' }).url },
        });
        new WebService(warehouse, 'ledger', {
          ...good,
          publish: { contract: published({ ...props, service: 'ledger' }), to: ['shop'] },
          env: { FRONT: back.url },
        });
      }),
      'DependencyCycle at shop/front: shop/front -> warehouse/ledger -> shop/front is a circle of hard dependencies between applications: they fail together, and none can be told as the cause. Mark the one that the caller survives without: soft(…).',
    ],
  ],
  EnvValueInvalid: [
    [
      web({ env: { A: `${String(stock.url)}/v1` } }),
      'EnvValueInvalid at test/orders: env.A writes the address of warehouse/stock into a text, and it differs by environment. Give the reference itself to a variable, and compose with $(NAME) in another.',
    ],
    [
      web({ env: { A: untyped(stock) } }),
      'EnvValueInvalid at test/orders: env.A is the published service warehouse/stock. Write stock.address.',
    ],
  ],
};
