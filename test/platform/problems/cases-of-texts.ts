import { ApiObject } from 'cdk8s';
import {
  external,
  http,
  KafkaTopic,
  later,
  perEnvironment,
  Postgres,
  published,
  RabbitMq,
  secret,
  Size,
  soft,
  WebService,
  Worker,
} from '../../../lib';
import { good, inside, untyped, values, web, type Case, type Cases } from './making';

/** A text that holds a value, as `ts-node -T` lets anybody write it. */
const text = (value: unknown): string => `http://${String(value)}/v1`;
const env = (value: unknown): Case => web({ env: { A: value } });
const stages = perEnvironment(values({ dev: '1', staging: '2', prod: '3' }));
const stock = published({ application: 'warehouse', service: 'stock', port: 8080 });
const ALONE = 'to a variable of its own, and compose with $(NAME) in another';
const IN_TEXT = 'EnvValueInvalid at test/orders: env.A writes';

const catalog = (write: (catalog: WebService) => unknown): Case =>
  inside((app) => {
    const made = new WebService(app, 'catalog', good);
    new WebService(app, 'orders', { ...good, env: { A: untyped(write(made)) } });
  });
const database = (write: (db: Postgres) => unknown): Case =>
  inside((app) => {
    const made = new Postgres(app, 'orders-db', { version: 16 });
    new WebService(app, 'orders', { ...good, env: { A: untyped(write(made)) } });
  });

/** What objects of the library become when they are written into texts. */
export const casesOfTexts: Cases = {
  EnvValueInvalid: [
    [
      catalog((made) => text(made)),
      `${IN_TEXT} the web service test/catalog into a text. Write catalog.address.`,
    ],
    [
      catalog((made) => text(soft(made))),
      `${IN_TEXT} the web service test/catalog into a text. Write catalog.address.`,
    ],
    [
      catalog((made) => JSON.stringify({ made })),
      `${IN_TEXT} the web service test/catalog into a text. Write catalog.address.`,
    ],
    [
      catalog((made) => text(made.service)),
      `${IN_TEXT} the construct test/catalog/service into a text. Write the name that is meant.`,
    ],
    [
      catalog((made) => made),
      'EnvValueInvalid at test/orders: env.A is the web service test/catalog. Write catalog.address.',
    ],
    [
      database((made) => text(made)),
      `${IN_TEXT} the postgres test/orders-db into a text. Give ordersDb.uri ${ALONE}.`,
    ],
    [
      database((made) => text(soft(made))),
      `${IN_TEXT} the postgres test/orders-db into a text. Give ordersDb.uri ${ALONE}.`,
    ],
    [
      database((made) => made),
      'EnvValueInvalid at test/orders: env.A is the postgres test/orders-db. Write ordersDb.uri.',
    ],
    [
      inside((app) => {
        const made = new KafkaTopic(app, 'events', {});
        new WebService(app, 'orders', { ...good, env: { A: text(made) } });
      }),
      `${IN_TEXT} the kafka-topic test/events into a text. Give events.bootstrapServers ${ALONE}.`,
    ],
    [
      inside((app) => {
        const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
        new WebService(app, 'orders', { ...good, env: { A: text(broker.queue('mails')) } });
      }),
      `${IN_TEXT} the queue mails into a text. Write its name.`,
    ],
    [
      inside((app) => {
        const worker = new Worker(app, 'mailer', { image: 'x/y:1' });
        new WebService(app, 'orders', { ...good, env: { A: text(worker) } });
      }),
      `${IN_TEXT} the construct test/mailer into a text. Write the name that is meant.`,
    ],
    [
      env(text(external('a.example.com'))),
      `${IN_TEXT} external('a.example.com') into a text. Write external('a.example.com').address.`,
    ],
    [
      env(external('a.example.com', 8443)),
      "EnvValueInvalid at test/orders: env.A is external('a.example.com', 8443). Write external('a.example.com', 8443).address.",
    ],
    [
      env(text(stock)),
      `${IN_TEXT} the published service warehouse/stock into a text. Give stock.address ${ALONE}.`,
    ],
    [
      env(JSON.stringify({ stock })),
      'EnvValueInvalid at test/orders: env.A holds the insides of a contract: an object was written into a text. Write the part of it that is meant.',
    ],
    [
      env(JSON.stringify({ url: stock.url })),
      `${IN_TEXT} the address of warehouse/stock into a text, and it differs by environment. Give the reference itself to a variable, and compose with $(NAME) in another.`,
    ],
    [env(text(stages)), `${IN_TEXT} perEnvironment(…) into a text. Give it ${ALONE}.`],
    [
      env(JSON.stringify({ stages })),
      `${IN_TEXT} perEnvironment(…) into a text. Give it ${ALONE}.`,
    ],
    [
      env(text(later(() => external('a.example.com')))),
      `${IN_TEXT} later(…) into a text. Give it ${ALONE}.`,
    ],
    [env(text(Size.M)), `${IN_TEXT} Size.M into a text. Write the amount itself.`],
    [
      env(text(Size.of({ cpu: '1', memory: '1Gi' }))),
      `${IN_TEXT} Size.of(…) into a text. Write the amount itself.`,
    ],
    [
      env(text(http(8080))),
      'EnvValueInvalid at test/orders: env.A holds [object Object]: an object was written into a text. Write the part of it that is meant.',
    ],
    [
      env(perEnvironment(values({ dev: text({}), staging: '2', prod: '3' }))),
      'EnvValueInvalid at test/orders: env.A.dev holds [object Object]: an object was written into a text. Write the part of it that is meant.',
    ],
  ],
  LabelInvalid: [
    [
      web({ annotations: { a: text({}) } }),
      'LabelInvalid at test/orders: annotations.a is text that holds [object Object]. Write the part of the object that is meant.',
    ],
  ],
  PropInvalid: [
    [
      web({ command: ['serve', text({})] }),
      'PropInvalid at test/orders: command[1] is text that holds [object Object]. Write the part of the object that is meant.',
    ],
    [
      inside((app) => {
        const made = new Postgres(app, 'orders-db', { version: 16 });
        new WebService(app, 'orders', { ...good, uses: untyped(made) });
      }),
      'PropInvalid at test/orders: uses is the postgres test/orders-db, not a list. Write uses: [ordersDb].',
    ],
    [
      web({ uses: external('api.stripe.com') }),
      "PropInvalid at test/orders: uses is external('api.stripe.com'), not a list. Write uses: [external('api.stripe.com')].",
    ],
  ],
  ReferenceOutsideWorkload: [
    [
      web({ command: ['serve', `--key=${String(secret('stripe-key'))}`] }),
      'ReferenceOutsideWorkload at test/orders: command[1] holds the secret stripe-key. Give it to a variable in env, such as X, and write $(X) here.',
    ],
    [
      web({ args: [text(external('a.example.com').host)] }),
      'ReferenceOutsideWorkload at test/orders: args[0] holds the host of a.example.com. Give it to a variable in env, such as X, and write $(X) here.',
    ],
    [
      web({ migrate: { command: ['migrate', text(stock.url)] } }),
      'ReferenceOutsideWorkload at test/orders: migrate.command[1] holds the address of warehouse/stock. Give it to a variable in env, such as X, and write $(X) here.',
    ],
    [
      web({ annotations: { 'example.com/upstream': text(stock) } }),
      'ReferenceOutsideWorkload at test/orders: annotations.example.com/upstream holds the published service warehouse/stock. Write the plain value here.',
    ],
    [
      inside((app) => {
        const data = { KEY: secret('stripe-key') };
        new ApiObject(app, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', data });
      }),
      'ReferenceOutsideWorkload at test/cm: data.KEY is the secret stripe-key. Give it to a workload in env or files.',
    ],
    [
      inside((app) => {
        const data = { KEY: text(secret('stripe-key')) };
        new ApiObject(app, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', data });
      }),
      'ReferenceOutsideWorkload at test/cm: data.KEY holds the secret stripe-key. Give it to a workload in env or files.',
    ],
  ],
  SecretInText: [
    [
      env(JSON.stringify({ key: secret('stripe-key') })),
      'SecretInText at test/orders: env.A writes the secret stripe-key into a text. Give the reference itself to a variable, and compose with $(NAME) in another.',
    ],
    [
      database(({ uri }) => JSON.stringify({ uri })),
      'SecretInText at test/orders: env.A writes the secret orders-db-app into a text. Give the reference itself to a variable, and compose with $(NAME) in another.',
    ],
  ],
};
