import { describe, expect, it } from '@jest/globals';
import {
  Application,
  aws,
  azure,
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
  Worker,
  type BackingService,
  type Provider,
  type ServiceKind,
  type ServiceReference,
  type WorkerScale,
} from '../../../lib';
import { providerChecks, synthesize, type CheckFacts, type Synthesis } from '../../../lib/testing';
import { azureAccount, googleProject, wholeAwsAccount } from '../../accounts';

const providers = {
  'existing()': existing({
    engine: 'what others made',
    to: [{ cidr: '10.30.0.0/16' }],
    ports: [5432],
    tls: 'required',
    entry: 'shop/store',
    keys: ['username', 'password', 'saslMechanism', 'ssl.truststore.crt'],
    saslMechanism: 'SCRAM-SHA-512',
    versions: [16, 7, 6],
    extensions: ['pgcrypto'],
    values: { bucket: 'orders', region: 'eu-central-1' },
  }),
  'inCluster()': inCluster({ backup: { volumeSnapshotClass: 'snapshots' } }),
  'aws()': aws(wholeAwsAccount),
  'gcp()': gcp(googleProject),
  'azure()': azure(azureAccount),
} as const satisfies Readonly<Record<string, Provider>>;
type Name = keyof typeof providers;

/** What a provider has not: Azure's bucket does not speak S3. */
const without: Readonly<Record<Name, readonly ServiceKind[]>> = {
  'existing()': [],
  'inCluster()': [],
  'aws()': ['kafka-topic'],
  'gcp()': ['rabbitmq', 'kafka-topic'],
  'azure()': ['rabbitmq', 'kafka-topic', 'bucket'],
};

/** A backing service, a reference to one of its keys, and what a worker scales on where it waits there. */
interface Used {
  readonly service: BackingService;
  readonly reference: ServiceReference;
  readonly on?: WorkerScale['on'];
}

const makes: Readonly<Record<ServiceKind, (app: Application) => Used>> = {
  postgres: (app) => {
    const service = new Postgres(app, 'store', { version: 16, extensions: ['pgcrypto'] });
    return { service, reference: service.uri };
  },
  mysql: (app) => {
    const service = new MySql(app, 'store', {});
    return { service, reference: service.uri };
  },
  redis: (app) => {
    const service = new Redis(app, 'store', { version: 6 });
    return { service, reference: service.address };
  },
  rabbitmq: (app) => {
    const service = new RabbitMq(app, 'store', { queues: { orders: {} } });
    return { service, reference: service.url, on: service.queue('orders').length(50) };
  },
  'kafka-topic': (app) => {
    const service = new KafkaTopic(app, 'store', {});
    const on = service.lag({ group: 'mailer', perReplica: 1000 });
    return { service, reference: service.topic, on };
  },
  bucket: (app) => {
    const service = new Bucket(app, 'store', { expireDays: 30 });
    return { service, reference: service.bucket };
  },
};
const kinds = Object.keys(makes) as readonly ServiceKind[];
const names = Object.keys(providers) as readonly Name[];

/** All that an application does with a backing service: a migration, workloads that use it, and one that refers to a key. */
function synthesized(kind: ServiceKind, name: Name): Synthesis {
  const environment = new Environment('prod', {
    network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
    capacity: Capacity.asDeclared(),
    capabilities: ['reloader', 'observability', 'keda'],
    secretStore: { name: 'vault' },
    providers: { default: providers[name] },
  });
  return synthesize(
    (platform) => {
      const app = new Application(platform, 'shop', { owner: 'team-shop' });
      const { service, reference, on } = makes[kind](app);
      const image = 'ghcr.io/example/orders:1.4.2';
      new WebService(app, 'orders', {
        image,
        port: 8080,
        health: '/ready',
        metrics: {},
        uses: [service],
        migrate: { command: ['bin/orders', 'migrate'] },
      });
      new Worker(app, 'reports', { image, env: { STORE: reference } });
      new Worker(app, 'mailer', {
        image,
        uses: [service],
        scale: { min: 2, max: 6, ...(on && { on }) },
      });
    },
    () => new Platform({ environments: [environment] }),
  );
}

/** The bytes of every file that is the same everywhere, by path. */
const phaseOne = ({ files }: Synthesis): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...files].filter(([path]) => /^prod\/shop\/.*(?<!\/environment)\.k8s\.yaml$/.test(path)),
  );

const known = new Map<string, Synthesis>();
function synthesisOf(kind: ServiceKind, name: Name): Synthesis {
  const id = `${kind} of ${name}`;
  const synthesis = known.get(id) ?? synthesized(kind, name);
  known.set(id, synthesis);
  return synthesis;
}

const pairs = kinds.flatMap((kind) => {
  const able = names.filter((name) => !without[name].includes(kind));
  return able.flatMap((one, index) =>
    able.slice(index + 1).map((other) => [one, other, kind] as const),
  );
});

/** Azure's Redis is 6. */
const asked = { 'azure()': { props: { redis: { version: 6 } } } } satisfies Partial<
  Record<Name, CheckFacts>
>;

describe.each(names)('%s', (name) => {
  const checks = providerChecks(providers[name], { ...asked[name as keyof typeof asked] });

  it('is checked with every kind that it has', () => {
    const able = kinds.filter((kind) => !without[name].includes(kind));
    expect(new Set(checks.map(({ kind }) => kind))).toEqual(new Set(able));
  });

  it.each(checks)('$kind: $name', ({ findings }) => {
    expect(findings).toEqual([]);
  });
});

describe('swapping one provider for another', () => {
  it('is done for all pairs of those who have a kind', () => {
    const counts = kinds.map((kind) => [kind, pairs.filter((pair) => pair[2] === kind).length]);
    expect(Object.fromEntries(counts)).toEqual({
      postgres: 10,
      mysql: 10,
      redis: 10,
      rabbitmq: 3,
      'kafka-topic': 1,
      bucket: 6,
    });
  });

  it.each(pairs)('%s for %s leaves every byte of phase 1 with a %s', (one, other, kind) => {
    const [before, after] = [synthesisOf(kind, one), synthesisOf(kind, other)];
    expect([...before.problems, ...after.problems]).toEqual([]);
    expect(Object.keys(phaseOne(before))).toEqual([
      'prod/shop/application.k8s.yaml',
      'prod/shop/observability.k8s.yaml',
      'prod/shop/migrate/application.k8s.yaml',
    ]);
    expect(phaseOne(after)).toEqual(phaseOne(before));
    expect(after.model.digests).toEqual(before.model.digests);
    // Or it would be the same provider twice.
    const path = 'prod/shop/migrate/environment.k8s.yaml';
    expect(after.files.get(path)).not.toBe(before.files.get(path));
  });

  it.each(names.flatMap((name) => without[name].map((kind) => [name, kind] as const)))(
    'leaves out %s for a %s, which it refuses',
    (name, kind) => {
      const codes = synthesisOf(kind, name).problems.map(({ code }) => code);
      expect(new Set(codes)).toEqual(new Set(['ServiceRefused']));
    },
  );
});
