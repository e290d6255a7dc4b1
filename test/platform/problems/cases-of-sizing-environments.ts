import {
  Application,
  Environment,
  inCluster,
  Mesh,
  Namespaces,
  Platform,
  Redis,
  WebService,
  type Provider,
  type Supply,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, bound, good, untyped, type Case, type Cases } from './making';

const environmentWith = (facts: object): Case => bound(facts);

/** Two applications in one namespace of an environment with a quota. */
const sharing: Case = () => {
  const facts = { ...bare, quota: {}, namespace: Namespaces.created('all') };
  return synthesize(
    (app) => {
      for (const id of ['shop', 'warehouse']) {
        const application = new Application(app, id, { owner: 'team-a' });
        new WebService(application, `${id}-api`, good);
      }
    },
    () => new Platform({ environments: [new Environment('dev', facts)] }),
  ).problems.filter(({ code }) => code === 'EnvironmentInvalid');
};

/** inCluster() without a word on what its pods take, or a provider whose pods show in its reach alone. */
const silent = (change: object): Case => {
  const supply = inCluster().supplies.redis as Supply;
  const ours: Provider = {
    name: 'ours()',
    supplies: {
      redis: (request) => ({ ...supply(request), demand: undefined, ...change }) as never,
    },
  };
  return () =>
    synthesize(
      (app) => {
        const shop = new Application(app, 'shop', { owner: 'team-a' });
        const cache = new Redis(shop, 'cache', {});
        new WebService(shop, 'orders', { ...good, env: { REDIS_URL: cache.uri } });
      },
      () =>
        new Platform({
          environments: [
            new Environment('dev', {
              ...bare,
              quota: {},
              secretStore: { name: 'vault' },
              providers: { default: ours },
            }),
          ],
        }),
    ).problems;
};

const priced = (prices: unknown, facts: object = {}): Case => {
  return () =>
    synthesize(
      (app) => {
        new WebService(new Application(app, 'shop', { owner: 'team-a' }), 'orders', good);
      },
      () =>
        new Platform({
          environments: [new Environment('dev', untyped({ ...bare, ...facts }))],
          prices: untyped(prices),
        }),
    ).problems;
};
const usd = { currency: 'USD', cpuCoreHour: 0.031, memoryGiBHour: 0.004 };
const hourly = { cpuCoreHour: 0.031, memoryGiBHour: 0.004 };
const QUIET =
  'EnvironmentInvalid at shop/cache in dev: the environment has a quota, and ours() makes pods in its namespace without saying what they take. Let the provider return demand, or give the environment no quota.';

/** Quotas, lowered requests and prices of environments. */
export const casesOfSizingEnvironments: Cases = {
  EnvironmentInvalid: [
    [
      sharing,
      'EnvironmentInvalid at warehouse in dev: the environment has a quota, which in namespace all would count the pods of shop too. Give each application a namespace, or the environment no quota.',
    ],
    [silent({}), QUIET],
    [silent({ manifests: [] }), QUIET],
    [
      environmentWith({ quota: {}, mesh: Mesh.linkerd() }),
      "EnvironmentInvalid at environment dev: the mesh runs a proxy in each pod, and quota.injected does not say what it takes. Give quota.injected, such as { requests: { cpu: '100m', memory: '128Mi' } }.",
    ],
    [
      priced(usd, { prices: { ...hourly, cpuCoreHour: -1 } }),
      'EnvironmentInvalid at environment dev: prices.cpuCoreHour is -1. Give a price from 0 to 100000 an hour.',
    ],
    [
      priced(undefined, { prices: hourly }),
      "EnvironmentInvalid at environment dev: it has prices, and the platform has none, so their currency is unknown. Give the platform prices: { currency: 'EUR', cpuCoreHour: 0.031, memoryGiBHour: 0.004 }.",
    ],
  ],
  ServiceRefused: [
    [
      silent({ demand: [{ pods: 1.5, containers: [{ resources: {} }] }] }),
      'ServiceRefused at shop/cache in dev: ours() returned demands of pods, and demand[0].pods is 1.5. Give a whole number from 0.',
    ],
    [
      silent({ demand: [{ pods: 1, containers: [{ resources: { requests: { cpu: 'much' } } }] }] }),
      "ServiceRefused at shop/cache in dev: ours() returned demands of pods, and demand[0].containers[0].resources.requests.cpu is 'much'. Give a quantity such as '250m'.",
    ],
    [
      silent({ sharedDemand: 'all' }),
      "ServiceRefused at shop/cache in dev: ours() returned demands of pods, and sharedDemand is 'all'. Give a list of pods.",
    ],
  ],
  PlatformInvalid: [
    [
      priced({ ...usd, cpuCoreHour: -0.031 }),
      'PlatformInvalid at platform: prices.cpuCoreHour is -0.031. Give a price from 0 to 100000 an hour.',
    ],
    [
      priced({ ...usd, memoryGiBHour: 1e6 }),
      'PlatformInvalid at platform: prices.memoryGiBHour is 1000000. Give a price from 0 to 100000 an hour.',
    ],
    [
      priced({ ...usd, memoryGiBHour: NaN }),
      'PlatformInvalid at platform: prices.memoryGiBHour is NaN. Give a price from 0 to 100000 an hour.',
    ],
    [
      priced({ ...usd, cpuCoreHour: '0.031' }),
      "PlatformInvalid at platform: prices.cpuCoreHour is '0.031'. Give a price from 0 to 100000 an hour.",
    ],
    [
      priced({ ...usd, currency: 'dollars' }),
      "PlatformInvalid at platform: prices.currency is 'dollars'. Give a currency as ISO 4217 has it, such as 'EUR'.",
    ],
  ],
  PropInvalid: [
    [
      environmentWith({ quota: { headroomPercent: 12.5 } }),
      'PropInvalid at environment dev: quota.headroomPercent is 12.5. Give a whole percentage from 0 to 1000.',
    ],
    [
      environmentWith({ quota: { headroomPercent: -1 } }),
      'PropInvalid at environment dev: quota.headroomPercent is -1. Give a whole percentage from 0 to 1000.',
    ],
    [
      environmentWith({ quota: true }),
      'PropInvalid at environment dev: quota is true. Give { headroomPercent: 100 }.',
    ],
    [
      environmentWith({ lowerRequests: true }),
      "PropInvalid at environment dev: lowerRequests is true. Give { updateMode: 'Initial' }.",
    ],
    [
      environmentWith({ lowerRequests: { updateMode: 'Off' } }),
      "PropInvalid at environment dev: lowerRequests.updateMode is 'Off'. Give 'Initial' or 'Recreate' or 'InPlaceOrRecreate'.",
    ],
  ],
  QuantityInvalid: [
    [
      environmentWith({ quota: { injected: { requests: { cpu: 'x', memory: '1Mi' } } } }),
      "QuantityInvalid at environment dev: quota.injected.requests.cpu is 'x'. Give CPU as a quantity such as '100m'.",
    ],
  ],
  PropMissing: [
    [
      environmentWith({ quota: { injected: { limits: { cpu: '1' } } } }),
      "PropMissing at environment dev: quota.injected.requests is missing. Give { cpu: '100m', memory: '128Mi' }.",
    ],
  ],
  PropUnknown: [
    [
      environmentWith({ quota: { headroom: 25 } }),
      'PropUnknown at environment dev: there is no prop quota.headroom. Remove it; known are headroomPercent, injected.',
    ],
    [
      environmentWith({ lowerRequests: { mode: 'Initial' } }),
      'PropUnknown at environment dev: there is no prop lowerRequests.mode. Remove it; known are updateMode.',
    ],
  ],
};
