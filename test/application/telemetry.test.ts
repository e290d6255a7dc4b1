import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  Mesh,
  openTelemetry,
  Platform,
  ScheduledJob,
  WebService,
  type ClusterNetwork,
  type EnvironmentProps,
  type OpenTelemetry,
  type RunningProps,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;

interface Facts {
  readonly telemetry?: OpenTelemetry;
  readonly network?: Partial<ClusterNetwork>;
  readonly environment?: Partial<EnvironmentProps>;
  readonly metricsLimits?: { readonly sampleLimit?: number; readonly labelLimit?: number };
}

/** One service on a platform that has decided this. */
const orders = (
  { telemetry, network, environment, metricsLimits }: Facts,
  props: Partial<RunningProps> = {},
): Synthesis =>
  synthesize(
    (app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new WebService(shop, 'orders', { ...good, ...props });
    },
    () =>
      new Platform({
        environments: [
          new Environment('dev', {
            capacity: Capacity.single(),
            capabilities: ['observability', 'reloader'],
            network: { dns: Dns.kubeDns(), ...network },
            ...environment,
          }),
        ],
        defaults: {
          ...(telemetry && { telemetry }),
          ...(metricsLimits && { metricsLimits }),
          ...(environment?.mesh && { mesh: environment.mesh.kind }),
        },
      }),
  );

interface Template {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly { readonly env: readonly object[] }[];
    readonly initContainers?: readonly { readonly env: readonly object[] }[];
  };
}
const templateOf = (synthesis: Synthesis): Template => {
  const { spec } = synthesis.find({ kind: 'Deployment', name: 'orders' });
  return (spec as { readonly template: Template }).template;
};
const envOf = (synthesis: Synthesis): readonly object[] =>
  templateOf(synthesis).spec.containers[0]?.env ?? [];
const field = (name: string, fieldPath: string): object => ({
  name,
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
});
const HOME = { name: 'HOME', value: '/tmp' };

describe('telemetry', () => {
  it('is none unless the platform says so', () => {
    const silent = orders({ network: { telemetry: [{ cidr: '10.0.0.0/16' }] } });
    expect(silent.problems).toEqual([]);
    expect(envOf(silent)).toEqual([HOME]);
    expect(Object.keys(templateOf(silent).metadata.annotations)).toEqual([
      'kubectl.kubernetes.io/default-container',
    ]);
    expect([...silent.files.values()].join('')).not.toContain('allow-telemetry');
    expect(silent.model.workloads[0]).not.toHaveProperty('telemetry');
  });

  it('goes to the node, with what it is composed of before it', () => {
    const synthesis = orders({ telemetry: openTelemetry() });
    expect(synthesis.problems).toEqual([]);
    expect(envOf(synthesis)).toEqual([
      field('OTEL_NODE_IP', 'status.hostIP'),
      field('OTEL_RESOURCE_ATTRIBUTES_NAMESPACE', 'metadata.namespace'),
      field('OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'),
      field('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'),
      { name: 'OTEL_SERVICE_NAME', value: 'orders' },
      {
        name: 'OTEL_RESOURCE_ATTRIBUTES',
        value: [
          'service.namespace=shop',
          'service.version=1.4.2',
          'service.instance.id=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE).$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME).orders',
          'k8s.namespace.name=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE)',
          'k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)',
          'k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
          'k8s.container.name=orders',
        ].join(','),
      },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://$(OTEL_NODE_IP):4318' },
      { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf' },
      { name: 'OTEL_PROPAGATORS', value: 'tracecontext,baggage' },
      { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_always_on' },
      HOME,
    ]);
    expect(templateOf(synthesis).metadata.annotations).toEqual({
      'kubectl.kubernetes.io/default-container': 'orders',
      'resource.opentelemetry.io/service.name': 'orders',
      'resource.opentelemetry.io/service.namespace': 'shop',
      'resource.opentelemetry.io/service.version': '1.4.2',
    });
  });

  it('goes to a Service, by gRPC, and in part', () => {
    const telemetry = openTelemetry({
      collector: 'otel-collector.observability',
      protocol: 'grpc',
      propagators: ['b3', 'baggage'],
      sampleRatio: 0.25,
    });
    const env = envOf(orders({ telemetry }));
    expect(env).not.toContainEqual(field('OTEL_NODE_IP', 'status.hostIP'));
    expect(env.slice(-6)).toEqual([
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel-collector.observability:4317' },
      { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
      { name: 'OTEL_PROPAGATORS', value: 'b3,baggage' },
      { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_traceidratio' },
      { name: 'OTEL_TRACES_SAMPLER_ARG', value: '0.25' },
      HOME,
    ]);
  });

  it('leaves to a team what it gives itself, and lets it use what comes before', () => {
    const synthesis = orders(
      { telemetry: openTelemetry() },
      {
        env: { OTEL_TRACES_SAMPLER: 'always_off', AGENT: 'http://$(OTEL_NODE_IP):8126' },
        annotations: { 'resource.opentelemetry.io/service.name': 'mine' },
      },
    );
    expect(synthesis.problems).toEqual([]);
    const env = envOf(synthesis) as readonly { readonly name: string; readonly value?: string }[];
    expect(env.filter(({ name }) => name === 'OTEL_TRACES_SAMPLER')).toEqual([
      { name: 'OTEL_TRACES_SAMPLER', value: 'always_off' },
    ]);
    expect(env.at(-1)).toEqual({ name: 'AGENT', value: 'http://$(OTEL_NODE_IP):8126' });
    expect(templateOf(synthesis).metadata.annotations).toMatchObject({
      'resource.opentelemetry.io/service.name': 'mine',
      'resource.opentelemetry.io/service.namespace': 'shop',
    });
  });

  it('says no version where the image has no tag, and nothing to sidecars', () => {
    const synthesis = orders(
      { telemetry: openTelemetry() },
      {
        image: `ghcr.io/example/orders@sha256:${'a'.repeat(64)}`,
        sidecars: { proxy: { image: 'x/proxy:1' } },
      },
    );
    expect(JSON.stringify(templateOf(synthesis))).not.toContain('service.version');
    expect(templateOf(synthesis).spec.initContainers?.[0]?.env).toEqual([HOME]);
  });

  it('is let out to where the environment has its collectors, migrations first', () => {
    const synthesis = orders(
      {
        telemetry: openTelemetry(),
        network: { telemetry: [{ cidr: '10.0.0.0/16' }, { namespace: 'observability' }] },
      },
      { migrate: { command: ['migrate'] } },
    );
    const found = synthesis.find({
      ...{ kind: 'NetworkPolicy', name: 'orders-allow-telemetry', environment: 'dev' },
    });
    const collectors = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
    };
    expect(found.spec).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/part-of': 'shop' },
      },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/16' } }, collectors],
          ports: [{ protocol: 'TCP', port: 4318 }],
        },
      ],
    });
    const first = synthesis.files.get('dev/shop/migrate/environment.k8s.yaml');
    expect(first).toContain('name: orders-migrate-allow-telemetry\n');
    expect(synthesis.model.workloads.map(({ telemetry }) => telemetry)).toEqual([
      { port: 4318 },
      { port: 4318 },
    ]);
  });

  it('goes through the tunnel of a mesh to collectors that are pods', () => {
    const { spec } = orders({
      telemetry: openTelemetry(),
      network: { telemetry: [{ cidr: '10.0.0.0/16' }, { namespace: 'observability' }] },
      environment: { mesh: Mesh.istioAmbient() },
    }).find({ kind: 'NetworkPolicy', name: 'orders-allow-telemetry', environment: 'dev' });
    expect(spec).toMatchObject({
      egress: [
        { ports: [{ port: 4318 }] },
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'observability' },
              },
            },
          ],
          ports: [{ protocol: 'TCP', port: 15008 }],
        },
      ],
    });
  });
});

describe('the limits of a scrape', () => {
  const monitorOf = (facts: Facts, metrics: RunningProps['metrics'] = {}): unknown =>
    orders(facts, { metrics }).find({ kind: 'PodMonitor', name: 'orders' }).spec;

  it('are far above what a sound workload has', () => {
    expect(monitorOf({})).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/part-of': 'shop' },
      },
      sampleLimit: 10_000,
      labelLimit: 40,
      labelNameLengthLimit: 128,
      labelValueLengthLimit: 1024,
      podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '30s' }],
    });
  });

  it('are the platform to decide, and how many series a workload has its own', () => {
    const metricsLimits = { sampleLimit: 500, labelLimit: 12 };
    expect(monitorOf({ metricsLimits })).toMatchObject({
      ...metricsLimits,
      labelNameLengthLimit: 128,
    });
    expect(monitorOf({ metricsLimits }, { sampleLimit: 900 })).toMatchObject({
      sampleLimit: 900,
      labelLimit: 12,
    });
  });

  it('belong to what runs on a schedule as well', () => {
    const synthesis = synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new ScheduledJob(shop, 'sweep', {
        ...{ image: 'x/sweep:1', schedule: '@hourly', metrics: { port: 9464 } },
      });
    });
    expect(synthesis.find({ kind: 'PodMonitor', name: 'sweep' }).spec).toMatchObject({
      sampleLimit: 10_000,
    });
  });
});
