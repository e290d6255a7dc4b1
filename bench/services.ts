import type { Construct } from 'constructs';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  perEnvironment,
  Platform,
  Size,
  ScheduledJob,
  WebService,
  Worker,
  type Endpoint,
  type EnvironmentProps,
  type GuardrailProps,
} from '../lib';

const cluster = {
  network: {
    dns: Dns.kubeDns(),
    metrics: [{ namespace: 'monitoring', pods: { 'app.kubernetes.io/name': 'prometheus' } }],
  },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault' },
  capabilities: ['reloader', 'observability'],
} as const satisfies Partial<EnvironmentProps>;

/** The environments of the benchmark: the three of the examples. */
export const environments = ['dev', 'staging', 'prod'] as const;

/** Every N-th service has a way in from outside. */
const EXPOSED_EVERY = 10;

/** A platform of three environments. */
export const platform = (guardrails: GuardrailProps = {}): Platform =>
  new Platform({
    guardrails,
    environments: [
      new Environment('dev', {
        ...cluster,
        domain: 'dev.example.com',
        capacity: Capacity.single(),
      }),
      new Environment('staging', {
        ...cluster,
        domain: 'staging.example.com',
        capacity: Capacity.atMost(3),
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'example.com',
        capacity: Capacity.asDeclared(),
      }),
    ],
  });

/** The name of the one application that holds all services. */
export const LANDSCAPE = 'landscape';

/** One application with all services, each of which calls the one before it. */
export function oneApplication(scope: Construct, services: number): void {
  const application = new Application(scope, LANDSCAPE, { owner: 'team-bench' });
  let previous: Endpoint | undefined;
  for (let index = 0; index < services; index++)
    previous = addService(application, index, previous);
}

/**
 * As many applications as services. References do not cross applications, so each calls the public name of the one before it: the edge
 * becomes an egress policy of each environment.
 */
export function manyApplications(scope: Construct, services: number): void {
  for (let index = 0; index < services; index++) {
    const application = new Application(scope, `app-${index}`, { owner: 'team-bench' });
    const previous = index === 0 ? undefined : external(`service-${index - 1}.example.com`);
    addService(application, index, previous);
  }
}

/** One application of every kind of workload: in each ten, seven services, two workers and a job. */
export function mixedApplication(scope: Construct, workloads: number): void {
  const application = new Application(scope, LANDSCAPE, { owner: 'team-bench' });
  let previous: Endpoint | undefined;
  for (let index = 0; index < workloads; index++) {
    const name = `workload-${index}`;
    const common = { image: image(name), size: Size.S };
    if (index % 10 < 7) previous = addService(application, index, previous);
    else if (index % 10 < 9)
      new Worker(application, name, { ...common, scale: { min: 2, max: 4 } });
    else new ScheduledJob(application, name, { ...common, schedule: '15 3 * * *' });
  }
}

/** By digest, as the guardrails want it. */
const image = (name: string): string =>
  `ghcr.io/example/${name}:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`;

function addService(scope: Construct, index: number, previous?: Endpoint): Endpoint {
  const name = `service-${index}`;
  return new WebService(scope, name, {
    image: image(name),
    port: 8080,
    health: { readiness: '/ready', liveness: '/live' },
    size: Size.S,
    scale: { min: 2, max: 10 },
    env: {
      PORT: '8080',
      LOG_LEVEL: perEnvironment({ dev: 'debug', staging: 'info', prod: 'warn' }),
      ...(previous && { UPSTREAM_ADDR: previous.address }),
    },
    ...(index % EXPOSED_EVERY === 0 && { expose: { host: name } }),
  });
}
