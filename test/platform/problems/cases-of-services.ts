import { Construct } from 'constructs';
import {
  Application,
  azure,
  Bucket,
  Environment,
  existing,
  inCluster,
  MySql,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  secret,
  soft,
  WebService,
  type Provider,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { azureAccount } from '../../accounts';
import { bare, good, inside, untyped, type Case, type Cases } from './making';

const there = { engine: 'x', to: [{ cidr: '192.0.2.1/32' }], ports: [1], tls: 'none' } as const;

/** A database and a service that uses it, in an environment with these facts. */
const provided = (facts: object, make = (app: Application): unknown => database(app)): Case => {
  return () => {
    const environment = new Environment('dev', untyped({ ...bare, ...facts }));
    const platform = (): Platform => new Platform({ environments: [environment] });
    return synthesize((app) => {
      make(new Application(app, 'shop', { owner: 'team-a' }));
    }, platform).problems;
  };
};
const database = (app: Application): unknown => {
  const db = new Postgres(app, 'orders-db', { version: 16 });
  return new WebService(app, 'orders', { ...good, uses: [db] });
};
const wrong = (provider: object): Case => provided({ providers: { default: provider } });

const broken: Provider = {
  name: 'broken()',
  supplies: {
    postgres: () => {
      throw new TypeError('no');
    },
  },
};

const claiming: Provider = {
  name: 'claiming()',
  supplies: {
    postgres: () => ({
      manifests: [],
      claims: ['Service/db-rw'],
      reach: [],
      gives: { 'Secret/db-app': ['host', 'port', 'dbname', 'username', 'password', 'uri'] },
      statement: {
        engine: 'claimed',
        tls: 'required',
        encryptedAtRest: 'yes',
        backup: 'none',
        deletion: 'retain',
        highlyAvailable: false,
        availability: { exporter: 'none', metric: 'up', labels: {}, means: 'positive' },
      },
    }),
  },
};

/** The problems of backing services and of what provides them. */
export const casesOfServices: Cases = {
  EnvironmentInvalid: [
    [
      wrong(existing(untyped({ ...there, ports: [], tls: 'maybe' }))),
      "EnvironmentInvalid at environment dev: providers.default.tls is 'maybe'. Give 'none', 'offered' or 'required'.",
    ],
    [
      wrong(existing(untyped({ ...there, to: [{ cidr: '10.0.0.0' }] }))),
      "EnvironmentInvalid at environment dev: providers.default.to[0].cidr is '10.0.0.0'. Give an address block such as '10.0.0.0/8'.",
    ],
    [
      wrong(existing(untyped({ ...there, to: [{ cidr: '::/0' }] }))),
      "EnvironmentInvalid at environment dev: providers.default.to[0] is { cidr: '::/0' }, which is everywhere. Say where it is: blocks, a namespace or labels.",
    ],
    [
      wrong(existing(untyped({ ...there, to: [{ cidr: '10.20.3.4/16' }] }))),
      "EnvironmentInvalid at environment dev: providers.default.to[0].cidr is '10.20.3.4/16', which is an address inside 10.20.0.0/16. Write '10.20.0.0/16' for the block, or its own address alone.",
    ],
    [
      wrong(existing(untyped({ ...there, keys: ['ca.cert'] }))),
      "EnvironmentInvalid at environment dev: providers.default.keys[0] is 'ca.cert', which is a key of no contract. Write ca.crt.",
    ],
    [
      wrong(existing(untyped({ ...there, port: 1 }))),
      'EnvironmentInvalid at environment dev: there is no prop providers.default.port. Write ports.',
    ],
  ],
  EnvNameTaken: [
    [
      inside((app) => {
        const db = new Postgres(app, 'db', { version: 16 });
        new WebService(app, 'orders', { ...good, uses: [db, soft(db)] });
      }),
      'EnvNameTaken at test/orders: uses names db twice. Remove one.',
    ],
    [
      inside((app) => {
        const a = new Postgres(app, 'a', { version: 16 });
        const b = new Postgres(app, 'b', { version: 16 });
        new WebService(app, 'orders', { ...good, uses: [a, b] });
      }),
      'EnvNameTaken at test/orders: uses[1] (b) brings PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE, as uses[0] (a) does. Take one of them out of uses, and give its keys in env, under names of your own.',
    ],
  ],
  DependencyUnknown: [
    [
      inside((app) => {
        const { uri } = new Postgres(app, 'db', { version: 16 });
        const target = { ...uri.target, name: 'other' };
        new WebService(app, 'orders', {
          ...good,
          env: { A: untyped({ ...(uri as object), target }) },
        });
      }),
      "DependencyUnknown at test/orders: it refers to 'other', which the application does not have. Refer to a backing service of this application.",
    ],
  ],
  ForeignReference: [
    [
      provided({ providers: { default: existing(there) } }, (app) => {
        const other = new Application(app.node.scope as Application, 'stock', { owner: 'team-b' });
        const db = new Postgres(other, 'stock-db', { version: 16 });
        return new WebService(app, 'orders', { ...good, uses: [db] });
      }),
      "ForeignReference at shop/orders: it refers to 'stock-db' of the application stock. Call a service that its owner has published(…), or declare a backing service here and let existing(…) supply it.",
    ],
  ],
  IdInvalid: [
    [
      inside((app) => new Redis(app, 'x'.repeat(41), {})),
      `IdInvalid at test/${'x'.repeat(41)}: the id is '${'x'.repeat(41)}'. Use at most 40 small letters, digits and -, beginning with a letter.`,
    ],
  ],
  IdTaken: [
    [
      inside((app) => {
        new Redis(app, 'cache', {});
        new Redis(new Construct(app, 'other'), 'cache', {});
      }),
      'IdTaken at test/other/cache: test/cache is a backing service of that id too, declared at …. Give it an id of its own.',
    ],
  ],
  ObjectNameTaken: [
    [
      provided({ providers: { default: inCluster() } }, (app) => {
        const b = new RabbitMq(app, 'b', { queues: { 'c-q': {} } });
        const other = new RabbitMq(app, 'b-c', { queues: { q: {} } });
        const env = { B: b.url, C: other.url };
        new WebService(app, 'orders', { ...good, env });
      }),
      'ObjectNameTaken at shop in dev: Queue.rabbitmq.com/b-c-q is made for b and for b-c. Give one of them another id.',
    ],
    [
      provided(
        { providers: { default: existing(there) }, secretStore: { name: 'vault' } },
        (app) => {
          const db = new Postgres(app, 'orders-db', { version: 16 });
          const env = { A: secret('orders-db-app', 'uri') };
          new WebService(app, 'orders', { ...good, env, uses: [db] });
        },
      ),
      'ObjectNameTaken at shop/orders in dev: it reads the secret orders-db-app, which the backing service orders-db brings. Use the references of orders-db, or another name.',
    ],
    [
      provided({ providers: { default: claiming } }, (app) => {
        const db = new Postgres(app, 'db', { version: 16 });
        new WebService(app, 'db-rw', { ...good, uses: [db] });
      }),
      'ObjectNameTaken at shop in dev: Service/db-rw of shop/db-rw/service is also made by the binding, for db, by what claiming() runs. Give your object another name.',
    ],
  ],
  PropInvalid: [
    [
      provided({ providers: existing(there) }),
      'PropInvalid at environment dev: providers is a provider. Write providers: { default: … }.',
    ],
    [
      inside((app) => new Postgres(app, 'db', { version: 16, database: 'template1' })),
      "PropInvalid at test/db: its database is template1, which every PostgreSQL has for itself. Give it another name, such as database: 'app'.",
    ],
    [
      inside((app) => new Postgres(app, 'pg-orders', { version: 16 })),
      "PropInvalid at test/pg-orders: its database is pg_orders, which every PostgreSQL has for itself. Give it another name, such as database: 'app'.",
    ],
    [
      inside((app) => new MySql(app, 'mysql', {})),
      "PropInvalid at test/mysql: its database is mysql, which every MySQL has for itself. Give it another name, such as database: 'app'.",
    ],
    [
      inside((app) => new Postgres(app, 'db', untyped({ version: '16' }))),
      "PropInvalid at test/db: version is '16'. Give the major version of PostgreSQL, such as 16.",
    ],
    [
      inside((app) => new MySql(app, 'db', untyped({ version: '5.7' }))),
      "PropInvalid at test/db: version is '5.7'. Give '8.0' or '8.4'.",
    ],
    [
      inside((app) => new Bucket(app, 'files', untyped({ size: 'S' }))),
      "PropInvalid at test/files: size is 'S'. Give one of Size.XS, Size.S, Size.M, Size.L, Size.XL.",
    ],
  ],
  PropMissing: [
    [
      inside((app) => new Postgres(app, 'db', untyped({}))),
      'PropMissing at test/db: version is missing. Give the major version of PostgreSQL, such as 16.',
    ],
  ],
  PropUnknown: [
    [
      provided({ providers: { postgre: existing(there) } }),
      "PropUnknown at environment dev: there is no kind of backing service providers.'postgre'. Write postgres.",
    ],
    [
      provided({
        providers: { default: existing(there), 'shop/order-db': existing(there) },
      }),
      "PropUnknown at environment dev: providers.'shop/order-db' is for a backing service that shop does not have. Write 'shop/orders-db'.",
    ],
  ],
  SecretInText: [
    [
      inside((app) => {
        const db = new Postgres(app, 'db', { version: 16 });
        new WebService(app, 'orders', { ...good, env: { A: `${String(db.uri)}?sslmode=require` } });
      }),
      'SecretInText at test/orders: env.A writes the secret db-app into a text. Give the reference itself to a variable, and compose with $(NAME) in another.',
    ],
  ],
  ServiceKeyUnknown: [
    [
      inside((app) => {
        const db = new Postgres(app, 'db', { version: 16 });
        new WebService(app, 'orders', { ...good, env: { A: db.key(untyped('username_')) } });
      }),
      "ServiceKeyUnknown at test/orders: it refers to 'username_' of db, a postgres. Write username.",
    ],
  ],
  ServiceRefused: [
    [
      provided({ providers: { default: { name: 'none()', supplies: {} } } }),
      'ServiceRefused at shop/orders-db in dev: it is a postgres, and none() offers nothing. Name another provider for postgres in the environment.',
    ],
    [
      provided(
        { providers: { default: azure(azureAccount) } },
        (app) => new RabbitMq(app, 'broker', { queues: { a: {} } }),
      ),
      'ServiceRefused at shop/broker in dev: it is a rabbitmq, and azure() offers postgres, mysql, redis. Name another provider for rabbitmq in the environment.',
    ],
    [
      provided(
        { providers: { default: azure(azureAccount) } },
        (app) => new Bucket(app, 'files', {}),
      ),
      'ServiceRefused at shop/files in dev: a bucket speaks S3, and Azure Blob Storage, which azure() has, does not. Name another provider for bucket in the environment, such as existing() with a store that speaks S3.',
    ],
    [
      wrong({ name: 'mine()', supplies: { postgres: () => undefined } }),
      'ServiceRefused at shop/orders-db in dev: mine() returned nothing for postgres. Return what it makes, or { refused }.',
    ],
    [
      wrong(broken),
      "ServiceRefused at shop/orders-db in dev: 'broken()' failed with 'no'. Mend the provider.",
    ],
    [
      wrong(existing({ ...there, versions: [14, 15] })),
      'ServiceRefused at shop/orders-db in dev: it wants version 16, and x has 14, 15. Name a provider that has it, or ask for what there is.',
    ],
    [
      wrong(existing({ ...there, entry: 'shop/db' })),
      'ServiceRefused at shop/orders-db in dev: existing() takes its keys from the entry shop/db, and the environment has no secret store. Give the environment a secretStore.',
    ],
    [
      provided(
        { providers: { bucket: existing({ ...there, values: { bucket: 'b' } }) } },
        (app) => new Bucket(app, 'files', {}),
      ),
      "ServiceRefused at shop/files in dev: a bucket has region, and existing() gives no values for them. Give existing() values: { region: '…' }.",
    ],
  ],
  ServiceUnprovided: [
    [
      provided({}),
      'ServiceUnprovided at shop/orders-db in dev: it is a postgres, and the environment names no provider for it. Give the environment providers.postgres, or providers.default.',
    ],
  ],
};
