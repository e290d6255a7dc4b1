import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  existing,
  KafkaTopic,
  Platform,
  RabbitMq,
  Worker,
  type Capability,
  type EnvironmentProps,
  type ExistingProps,
  type Provider,
  type ServiceRequest,
  type WorkerScale,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const image = 'ghcr.io/example/mailer:1.0.0';
const plain: ExistingProps = {
  engine: 'the platform',
  to: [{ namespace: 'brokers' }],
  ports: [5672],
  tls: 'none',
};
const facts: EnvironmentProps = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.asDeclared(),
  capabilities: ['keda'],
  providers: { default: existing(plain) },
};

const inDev = (
  make: (app: Application) => unknown,
  differing: Partial<EnvironmentProps> = {},
): Synthesis =>
  synthesize(
    (platform) => make(new Application(platform, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments: [new Environment('dev', { ...facts, ...differing })] }),
  );

const onQueue =
  (scale: Omit<WorkerScale, 'on'> = { min: 0, max: 20 }) =>
  (app: Application): Worker => {
    const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
    const on = broker.queue('mails').length(50);
    return new Worker(app, 'mailer', { image, uses: [broker], scale: { ...scale, on } });
  };

const onTopic =
  (scale: Omit<WorkerScale, 'on'> = { min: 0, max: 6 }) =>
  (app: Application): Worker => {
    const events = new KafkaTopic(app, 'events', {});
    const on = events.lag({ group: 'mailer', perReplica: 1000 });
    return new Worker(app, 'mailer', { image, uses: [events], scale: { ...scale, on } });
  };

const find = (synthesis: Synthesis, kind: string, name = 'mailer') =>
  synthesis.find({ kind, name, environment: 'dev' });
const kinds = (synthesis: Synthesis): readonly string[] =>
  synthesis.objects('dev').map(({ kind }) => kind);
const triggers = (synthesis: Synthesis): unknown =>
  (find(synthesis, 'ScaledObject').spec as { triggers: unknown }).triggers;

/** Notes what its provider is asked. */
function asking(): { readonly provider: Provider; readonly requests: ServiceRequest[] } {
  const requests: ServiceRequest[] = [];
  const inner = existing(plain);
  const supplies = Object.fromEntries(
    Object.entries(inner.supplies).map(([kind, supply]) => [
      kind,
      (request: ServiceRequest) => {
        requests.push(request);
        return (supply as (asked: ServiceRequest) => ReturnType<typeof supply>)(request);
      },
    ]),
  ) as Provider['supplies'];
  return { provider: { name: 'asking()', supplies }, requests };
}

describe('a worker on a queue', () => {
  it('is scaled by KEDA between its bounds, from the canonical Secret', () => {
    const synthesis = inDev(onQueue());
    expect(synthesis.problems).toEqual([]);
    expect(find(synthesis, 'ScaledObject')).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'mailer', labels: expect.objectContaining({ app: 'mailer' }) as unknown },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'mailer',
          envSourceContainerName: 'mailer',
        },
        minReplicaCount: 0,
        maxReplicaCount: 20,
        pollingInterval: 30,
        cooldownPeriod: 300,
        fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicasIfHigher' },
        advanced: { restoreToOriginalReplicaCount: true },
        triggers: [
          {
            type: 'rabbitmq',
            metricType: 'AverageValue',
            metadata: {
              protocol: 'amqp',
              mode: 'QueueLength',
              queueName: 'mails',
              value: '50',
            },
            authenticationRef: { kind: 'TriggerAuthentication', name: 'mailer' },
          },
        ],
      },
    });
    expect(find(synthesis, 'TriggerAuthentication').spec).toEqual({
      secretTargetRef: [
        { parameter: 'host', name: 'broker-default-user', key: 'connection_string' },
      ],
    });
    expect(kinds(synthesis)).not.toContain('HorizontalPodAutoscaler');
  });

  it('makes KEDA trust the certificate authority that the provider gives', () => {
    const providers = { default: existing({ ...plain, tls: 'required', keys: ['ca.crt'] }) };
    const synthesis = inDev(onQueue(), { providers });
    expect(synthesis.problems).toEqual([]);
    expect(find(synthesis, 'TriggerAuthentication').spec).toEqual({
      secretTargetRef: [
        { parameter: 'host', name: 'broker-default-user', key: 'connection_string' },
        { parameter: 'ca', name: 'broker-default-user', key: 'ca.crt' },
      ],
      configMapTargetRef: [{ parameter: 'tls', name: 'mailer-trigger', key: 'tls' }],
    });
    expect(find(synthesis, 'ConfigMap', 'mailer-trigger').data).toEqual({ tls: 'enable' });
  });

  it('depends on the broker without naming it anywhere else', () => {
    const synthesis = inDev((app) => {
      const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
      const on = broker.queue('mails.dead').length(1);
      new Worker(app, 'mailer', { image, scale: { min: 1, max: 2, on } });
    });
    expect(synthesis.problems.map(({ rule }) => rule)).toEqual(['minimum-replicas']);
    expect(synthesis.model.edges).toEqual([
      { from: 'mailer', to: 'broker', kind: 'backing-service', port: 5672, soft: false },
    ]);
    expect(find(synthesis, 'NetworkPolicy', 'mailer-allow-backing-services').spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mailer' } },
    });
  });

  it('keeps its trigger in the model', () => {
    const { model } = inDev(onQueue());
    expect(model.workloads.map(({ scale }) => scale)).toEqual([
      {
        min: 0,
        max: 20,
        targetCpuPercent: 70,
        on: { kind: 'queue-length', service: 'broker', queue: 'mails', perReplica: 50 },
      },
    ]);
  });
});

describe('a worker on a topic', () => {
  it('is scaled on the lag of its group, with the addresses from its own variables', () => {
    const synthesis = inDev(onTopic());
    expect(synthesis.problems).toEqual([]);
    expect(triggers(synthesis)).toEqual([
      {
        type: 'kafka',
        metricType: 'AverageValue',
        metadata: {
          bootstrapServersFromEnv: 'KAFKA_BOOTSTRAP_SERVERS',
          consumerGroup: 'mailer',
          topicFromEnv: 'KAFKA_TOPIC',
          lagThreshold: '1000',
          offsetResetPolicy: 'latest',
          version: '2.1.0',
          tls: 'disable',
          sasl: 'none',
        },
      },
    ]);
    expect(kinds(synthesis)).not.toContain('TriggerAuthentication');
  });

  it('finds the variables that a team chose', () => {
    const synthesis = inDev((app) => {
      const events = new KafkaTopic(app, 'events', { topic: 'shop.events' });
      const on = events.lag({ group: 'm', perReplica: 1, offsetReset: 'earliest' });
      const env = { BROKERS: events.bootstrapServers };
      new Worker(app, 'mailer', { image, env, scale: { min: 2, max: 6, on } });
    });
    expect(synthesis.problems).toEqual([]);
    expect(triggers(synthesis)).toMatchObject([
      {
        metadata: {
          bootstrapServersFromEnv: 'BROKERS',
          topic: 'shop.events',
          offsetResetPolicy: 'earliest',
        },
      },
    ]);
  });

  it('logs in and encrypts as the provider says', () => {
    const given: ExistingProps = {
      ...plain,
      tls: 'required',
      saslMechanism: 'SCRAM-SHA-512',
      keys: ['username', 'password', 'ssl.truststore.crt'],
    };
    const synthesis = inDev(onTopic(), { providers: { default: existing(given) } });
    expect(synthesis.problems).toEqual([]);
    expect(triggers(synthesis)).toMatchObject([
      { metadata: { sasl: 'scram_sha512', tls: 'enable' }, authenticationRef: { name: 'mailer' } },
    ]);
    const name = 'events-kafka';
    expect(find(synthesis, 'TriggerAuthentication').spec).toEqual({
      secretTargetRef: [
        { parameter: 'username', name, key: 'username' },
        { parameter: 'password', name, key: 'password' },
        { parameter: 'ca', name, key: 'ssl.truststore.crt' },
      ],
    });
  });
});

describe('the capacity of an environment', () => {
  const bounds = (capacity: Capacity, scale: Omit<WorkerScale, 'on'>): unknown => {
    const { model } = inDev(onQueue(scale), { capacity });
    return model.environments[0]?.replicas.mailer;
  };

  it.each([
    ['cuts the upper bound, and zero stays zero', Capacity.single(), [0, 20], [0, 1]],
    ['cuts both', Capacity.atMost(3), [5, 20], [3, 3]],
    ['cuts nothing', Capacity.asDeclared(), [0, 20], [0, 20]],
  ] as const)('%s', (_, capacity, [min, max], [minHere, maxHere]) => {
    expect(bounds(capacity, { min, max })).toEqual({ min: minHere, max: maxHere });
  });

  it('leaves nothing to scale where one replica is all', () => {
    const synthesis = inDev(onQueue({ min: 2, max: 20 }), {
      capacity: Capacity.single(),
      capabilities: [],
    });
    expect(synthesis.problems).toEqual([]);
    expect(kinds(synthesis)).not.toContain('ScaledObject');
  });

  it('is never asked about zero', () => {
    const asked: number[] = [];
    const capacity: Capacity = {
      description: 'its own',
      bounds: (declared) => {
        asked.push(declared.min);
        return declared;
      },
    };
    inDev(onQueue(), { capacity });
    expect(asked).toContain(1);
    expect(asked).not.toContain(0);
  });
});

describe('KEDA', () => {
  it('is let in by the provider where a worker scales on the service, and nowhere else', () => {
    const scalers = (make: (app: Application) => unknown, network = facts.network): unknown => {
      const { provider, requests } = asking();
      inDev(make, { network, providers: { default: provider } });
      return requests.map((request) => request.scalers);
    };
    const at = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    expect(scalers(onQueue())).toEqual([[at('keda')]]);
    const network = { ...facts.network, keda: [{ namespace: 'scaling' }] };
    expect(scalers(onQueue(), network)).toEqual([[at('scaling')]]);
    const unscaled = (app: Application): void => {
      const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
      new Worker(app, 'mailer', { image, uses: [broker] });
    };
    expect(scalers(unscaled)).toEqual([[]]);
  });

  it('may be omitted with a reason: the worker scales on CPU, and never to zero', () => {
    const synthesis = inDev(onQueue(), { capabilities: [], omits: { keda: 'a laptop' } });
    expect(synthesis.problems).toEqual([]);
    expect(kinds(synthesis)).not.toContain('ScaledObject');
    expect(find(synthesis, 'HorizontalPodAutoscaler').spec).toMatchObject({
      minReplicas: 1,
      maxReplicas: 20,
    });
  });

  it('never stands beside another autoscaler, whatever the scale and the environment', () => {
    const scale = fc
      .tuple(fc.nat(6), fc.nat(6), fc.boolean())
      .map(([min, more, on]) => ({ min: on ? min : min + 1, max: min + more + 1, on }));
    const capacity = fc.oneof(
      fc.constantFrom(Capacity.single(), Capacity.asDeclared()),
      fc.integer({ min: 1, max: 8 }).map(Capacity.atMost),
    );
    const capabilities = fc.subarray<Capability>(['keda', 'reloader']);
    fc.assert(
      fc.property(
        fc.array(scale, { minLength: 1, maxLength: 4 }),
        capacity,
        capabilities,
        (scales, room, has) => {
          const synthesis = inDev(
            (app) => {
              const queues = { work: {} };
              const broker = new RabbitMq(app, 'broker', { queues });
              scales.forEach(({ min, max, on }, index) => {
                const trigger = on && { on: broker.queue('work').length(1) };
                new Worker(app, `w${index}`, { image, scale: { min, max, ...trigger } });
              });
            },
            { capacity: room, capabilities: has, omits: { keda: 'some have it not' } },
          );
          const scaled = synthesis
            .objects('dev')
            .filter(({ kind }) => kind === 'ScaledObject' || kind === 'HorizontalPodAutoscaler')
            .map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, spec }));
          expect(new Set(scaled.map(({ name }) => name)).size).toBe(scaled.length);
          const replicas = synthesis.model.environments[0]?.replicas ?? {};
          scales.forEach(({ min, on }, index) => {
            const mine = scaled.find(({ name }) => name === `w${index}`);
            const here = replicas[`w${index}`];
            const isKedas = on && has.includes('keda');
            expect(here?.min === 0).toBe(isKedas && min === 0);
            if (!mine) return expect(here).toEqual({ min: 1, max: 1 });
            expect(mine.kind).toBe(isKedas ? 'ScaledObject' : 'HorizontalPodAutoscaler');
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('phase 1', () => {
  it('has the same bytes with KEDA, without it, and with one replica', () => {
    const text = (differing: Partial<EnvironmentProps>): string | undefined =>
      inDev(onQueue(), differing).files.get('dev/shop/application.k8s.yaml');
    const all = [
      text({}),
      text({ capabilities: [], omits: { keda: 'a laptop' } }),
      text({ capacity: Capacity.single() }),
    ];
    expect(all[0]).toContain('kind: Deployment');
    expect(all[0]).not.toContain('replicas:');
    expect(new Set(all).size).toBe(1);
  });

  it('is what it would be without a trigger', () => {
    const text = (make: (app: Application) => unknown): string | undefined =>
      inDev(make).files.get('dev/shop/application.k8s.yaml');
    const without = (app: Application): void => {
      const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
      new Worker(app, 'mailer', { image, uses: [broker] });
    };
    expect(text(onQueue())).toBe(text(without));
  });
});
