/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/restrict-template-expressions -- what must not compile is written here on purpose */
// Compiled by `npm run types`, never run: each @ts-expect-error fails the build when its line compiles.
import type { Construct } from 'constructs';
import {
  AdmissionPolicies,
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  grpc,
  http,
  later,
  perEnvironment,
  Platform,
  Postgres,
  published,
  RabbitMq,
  secret,
  Size,
  tcp,
  waive,
  WebService,
  Worker,
  type EnvironmentName,
  type EnvironmentProps,
  type StageName,
} from '../lib';
import { platform } from '../apps/platform';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T => true as T;

declare const scope: Construct;
declare const app: Application;
const service = new WebService(app, 'a', { image: 'x:1', port: 8080, health: '/ready' });
const password = secret('password');

// A platform fills in the names.
holds<Equal<EnvironmentName, 'dev' | 'staging' | 'prod'>>();
holds<Equal<StageName, 'dev' | 'staging' | 'prod'>>();
perEnvironment({ dev: 'a', staging: 'b', prod: 'c' });
// @ts-expect-error prod is missing
perEnvironment({ dev: 'a', staging: 'b' });
// @ts-expect-error there is no uat
perEnvironment({ dev: 'a', staging: 'b', prod: 'c', uat: 'd' });
// @ts-expect-error values are text
perEnvironment({ dev: 1, staging: 'b', prod: 'c' });

// A waiver names a rule, and says why, by whom and until when.
const excuse = { reason: 'the gateway needs it', owner: 'team-a', expires: '2027-03-31' } as const;
waive(service, 'no-host-ports', excuse);
// @ts-expect-error there is no such rule
waive(service, 'no-host-port', excuse);
// @ts-expect-error there is no reason
waive(service, 'no-host-ports', { owner: 'team-a', expires: '2027-03-31' });
// @ts-expect-error there is no day
waive(service, 'no-host-ports', { reason: 'the gateway needs it', owner: 'team-a' });
// @ts-expect-error no day of the calendar
waive(service, 'no-host-ports', { ...excuse, expires: 'soon' });
// @ts-expect-error there is no uat
new AdmissionPolicies(app, { stages: { uat: 'deny' } });

// What a backing service gives cannot become text, and is not given by name.
const db = new Postgres(app, 'db', { version: 16, size: Size.M });
new WebService(app, 'b', {
  image: 'x:1',
  port: 8080,
  health: '/ready',
  env: { A: db.uri },
  uses: [db],
});
// @ts-expect-error a reference to the cluster's own is no text
export const uriInTemplate = `${db.uri}?sslmode=require`;
// @ts-expect-error nor what differs by environment
export const settingInTemplate = `${perEnvironment({ dev: 'a', staging: 'b', prod: 'c' })}/v1`;
// @ts-expect-error nor what is asked later
export const laterInTemplate = `${later(() => service.address)}/v1`;
// @ts-expect-error nor a host as a whole
export const hostInTemplate = `http://${external('api.stripe.com')}/v1`;
// @ts-expect-error nor a contract
export const contractInTemplate = `http://${published({ application: 'a', service: 'b', port: 8080 })}/v1`;
// @ts-expect-error nor can it be added to one
export const passwordInSum = 'prefix' + db.password;
// @ts-expect-error no such key
db.key('user-name');
// @ts-expect-error the version decides what was tested
new Postgres(app, 'db', {});
// @ts-expect-error a size of the ladder
new Postgres(app, 'db', { version: 16, size: Size.of({ cpu: '1', memory: '1Gi' }) });
// @ts-expect-error there is no such type of queue
new RabbitMq(app, 'broker', { queues: { a: { type: 'mirrored' } } });

// A web service says when it is ready.
new WebService(app, 'b', { image: 'x:1', port: grpc(9000) });
new WebService(app, 'c', { image: 'x:1', port: http(8080, { servicePort: 80 }), health: '/ready' });
// @ts-expect-error no readiness
new WebService(app, 'd', { image: 'x:1', port: 8080 });
// @ts-expect-error no readiness
new WebService(app, 'e', { image: 'x:1', port: tcp(5432) });
// @ts-expect-error liveness alone
new WebService(app, 'f', { image: 'x:1', port: 8080, health: { liveness: '/live' } });
// @ts-expect-error two ways at once
new WebService(app, 'g', { image: 'x:1', port: 8080, health: { readiness: { tcp: 1, exec: 2 } } });
// @ts-expect-error no such prop
new WebService(app, 'h', { image: 'x:1', port: 8080, health: '/ready', replicas: 3 });
// @ts-expect-error no such size
new WebService(app, 'i', { image: 'x:1', port: 8080, health: '/ready', size: Size.XXL });
// @ts-expect-error a presence needs a reason
new WebService(app, 'j', { image: 'x:1', port: grpc(9000), presence: { stages: ['dev'] } });

// A worker scales on a queue that there is; a web service on none.
const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
export const anyBroker: RabbitMq = broker;
const mails = broker.queue('mails').length(50);
new Worker(app, 'k', { image: 'x:1', scale: { min: 0, max: 20, on: mails } });
new Worker(app, 'l', {
  image: 'x:1',
  scale: { min: 1, max: 2, on: broker.queue('mails.dead').length(1) },
});
// @ts-expect-error no such queue
broker.queue('mail');
// @ts-expect-error a web service takes no messages
new WebService(app, 'm', { image: 'x:1', port: grpc(9000), scale: { min: 1, max: 2, on: mails } });
// @ts-expect-error how many messages one replica takes
new Worker(app, 'n', { image: 'x:1', scale: { min: 0, max: 20, on: broker.queue('mails') } });

// An address may become text, a secret never.
export const url: string = `http://${service.address}/v1`;
// @ts-expect-error a secret in a template
export const inTemplate = `x ${password}`;
// @ts-expect-error a secret in a sum
export const inSum = 'x' + password;

// An environment of one stage of several.
const facts: EnvironmentProps = { network: { dns: Dns.kubeDns() }, capacity: Capacity.single() };
const regions = new Platform({
  environments: [
    new Environment('prod-eu', { ...facts, stage: 'prod' }),
    new Environment('prod-us', { ...facts, stage: 'prod' }),
    new Environment('dev', facts),
    new Environment('qa', facts).like('pr-12'),
  ],
});
type Regions = (typeof regions)['environments'][number];
holds<Equal<Regions['name'], 'prod-eu' | 'prod-us' | 'dev' | 'pr-12'>>();
holds<Equal<Regions['stage'], 'prod' | 'dev' | 'qa'>>();
export const wide: Platform = regions;
export const made: Platform = platform();
// @ts-expect-error DNS has no default
new Environment('x', { capacity: Capacity.single(), network: {} });
// @ts-expect-error an owner is needed
new Application(scope, 'shop', {});
