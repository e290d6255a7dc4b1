import { describe, expect, it } from '@jest/globals';
import {
  Application,
  aws,
  Bucket,
  Capacity,
  Dns,
  Environment,
  existing,
  gcp,
  inCluster,
  KafkaTopic,
  MySql,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  WebService,
  type BackingService,
  type Provider,
  type ServiceKind,
} from '../../../lib';
import { providerChecks, synthesize } from '../../../lib/testing';
import { googleProject, wholeAwsAccount } from '../../accounts';

const providers: Readonly<Record<string, Provider>> = {
  'inCluster()': inCluster({ backup: { volumeSnapshotClass: 'snapshots' } }),
  'aws()': aws(wholeAwsAccount),
  'gcp()': gcp(googleProject),
  'existing()': existing({
    engine: 'what others made',
    to: [{ cidr: '10.30.0.0/16' }],
    ports: [5432],
    tls: 'required',
    entry: 'shop/orders-db',
    versions: [16, 7],
    extensions: [],
    values: { bucket: 'orders', region: 'eu-central-1' },
  }),
};

const services: Readonly<Record<ServiceKind, (app: Application) => BackingService>> = {
  postgres: (app) => new Postgres(app, 'store', { version: 16 }),
  mysql: (app) => new MySql(app, 'store', {}),
  redis: (app) => new Redis(app, 'store', {}),
  rabbitmq: (app) => new RabbitMq(app, 'store', { queues: { orders: {} } }),
  'kafka-topic': (app) => new KafkaTopic(app, 'store', {}),
  bucket: (app) => new Bucket(app, 'store', {}),
};

describe.each(Object.entries(providers))('%s', (_, provider) => {
  it.each(providerChecks(provider))('$kind: $name', ({ findings }) => {
    expect(findings).toEqual([]);
  });
});

/** The bytes of the application where a provider supplies a kind; undefined where it does not offer it. */
function phaseOne(kind: ServiceKind, provider: Provider): string | undefined {
  if (!provider.supplies[kind]) return undefined;
  const environment = new Environment('prod', {
    network: { dns: Dns.kubeDns() },
    capacity: Capacity.asDeclared(),
    capabilities: ['reloader'],
    secretStore: { name: 'vault' },
    providers: { default: provider },
  });
  const { problems, files } = synthesize(
    (platform) => {
      const app = new Application(platform, 'shop', { owner: 'team-shop' });
      const uses = [services[kind](app)];
      new WebService(app, 'orders', { image: 'x/y:1', port: 8080, health: '/ready', uses });
    },
    () => new Platform({ environments: [environment] }),
  );
  expect(problems).toEqual([]);
  return files.get('prod/shop/application.k8s.yaml');
}

describe('the provider of a backing service', () => {
  it.each(Object.keys(services) as ServiceKind[])(
    'changes no byte of the application that uses a %s',
    (kind) => {
      const texts = Object.values(providers).map((provider) => phaseOne(kind, provider));
      const offered = texts.filter((text) => text !== undefined);
      expect(offered.length).toBeGreaterThan(1);
      expect(new Set(offered).size).toBe(1);
    },
  );
});
