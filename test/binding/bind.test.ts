import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  Namespaces,
  perEnvironment,
  Platform,
  secret,
  WebService,
  Worker,
  type EnvironmentProps,
  type PerEnvironment,
} from '../../lib';
import { synthesize, synthesizeIn, type Synthesis } from '../../lib/testing';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;
const bare: EnvironmentProps = { network: { dns: Dns.kubeDns() }, capacity: Capacity.asDeclared() };

const inEnvironment = (
  facts: Partial<EnvironmentProps>,
  make: (app: Application) => unknown,
): Synthesis => {
  const environments = [new Environment('dev', { ...bare, ...facts })];
  return synthesize(
    (platform) => make(new Application(platform, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments }),
  );
};
const names = (synthesis: Synthesis, kind: string, environment = 'dev'): readonly string[] =>
  synthesis
    .objects(environment)
    .filter((manifest) => manifest.kind === kind)
    .map(({ metadata }) => metadata.name);

describe('the binding', () => {
  it('makes a namespace that enforces Pod Security restricted and is never pruned', () => {
    const synthesis = inEnvironment({}, (app) => new WebService(app, 'orders', good));
    expect(
      synthesis.find({ kind: 'Namespace', name: 'shop-dev', environment: 'dev' }).metadata,
    ).toEqual({
      name: 'shop-dev',
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
        'app.kubernetes.io/part-of': 'shop',
        'golden-path/application': 'shop',
        'golden-path/environment': 'dev',
        'golden-path/guardrails': 'enabled',
        'golden-path/stage': 'dev',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'v1.30',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.30',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.30',
      },
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'golden-path/owner': 'team-a',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
    });
  });

  it('makes no namespace where one exists', () => {
    const namespace = Namespaces.existing('team-a');
    const synthesis = inEnvironment({ namespace }, (app) => new WebService(app, 'orders', good));
    expect(names(synthesis, 'Namespace')).toEqual([]);
    expect(synthesis.files.get('dev/shop/kustomization.yaml')).toContain('namespace: team-a');
  });

  it('gives each workload a service account with the pull secrets', () => {
    const synthesis = inEnvironment({ pullSecrets: ['registry'] }, (app) => {
      new WebService(app, 'orders', good);
      new Worker(app, 'mailer', { image: 'x:1' });
    });
    expect(names(synthesis, 'ServiceAccount')).toEqual(['orders', 'mailer']);
    expect(
      synthesis.find({ kind: 'ServiceAccount', name: 'orders', environment: 'dev' }),
    ).toMatchObject({
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'registry' }],
    });
  });

  it('scales the main container as the capacity allows, and not at all at one replica', () => {
    const synthesis = synthesizeIn((app) => {
      new WebService(app, 'orders', { ...good, scale: { min: 2, max: 10, targetCpuPercent: 60 } });
      new Worker(app, 'single', { image: 'x:1', scale: { min: 1, max: 1 } });
    });
    expect(names(synthesis, 'HorizontalPodAutoscaler', 'dev')).toEqual([]);
    expect(names(synthesis, 'HorizontalPodAutoscaler', 'prod')).toEqual(['orders']);
    const wanted = { kind: 'HorizontalPodAutoscaler', name: 'orders' };
    expect(synthesis.find({ ...wanted, environment: 'staging' }).spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 3,
    });
    expect(synthesis.find({ ...wanted, environment: 'prod' }).spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'orders',
            target: { type: 'Utilization', averageUtilization: 60 },
          },
        },
      ],
    });
  });

  it('resolves a value by environment, then stage, then what it is like', () => {
    const facts = { ...bare, capabilities: ['reloader'] as const };
    const staging = new Environment('staging', facts);
    const environments = [
      new Environment('prod-eu', { ...facts, stage: 'prod' }),
      new Environment('prod-us', { ...facts, stage: 'prod' }),
      staging,
      staging.like('pr-12'),
    ] as const;
    const values = {
      prod: 'warn',
      'prod-us': 'debug',
      staging: 'info',
    } as unknown as PerEnvironment;
    const synthesis = synthesize(
      (platform) => {
        const app = new Application(platform, 'shop', { owner: 'team-a' });
        new WebService(app, 'orders', { ...good, env: { LEVEL: perEnvironment(values) } });
      },
      () => new Platform({ environments }),
    );
    expect(synthesis.problems).toEqual([]);
    const level = (environment: string): unknown =>
      synthesis.find({ kind: 'ConfigMap', name: 'orders-settings', environment }).data;
    expect(['prod-eu', 'prod-us', 'staging', 'pr-12'].map(level)).toEqual([
      { LEVEL: 'warn' },
      { LEVEL: 'debug' },
      { LEVEL: 'info' },
      { LEVEL: 'info' },
    ]);
  });

  it('fetches each secret once for all that read it', () => {
    const secretStore = {
      name: 'vault',
      entry: (app: string, name: string) => `kv/${app}/${name}`,
    };
    const synthesis = inEnvironment({ secretStore }, (app) => {
      new WebService(app, 'a', { ...good, env: { KEY: secret('stripe', 'key') } });
      new WebService(app, 'b', {
        ...good,
        env: { ID: secret('stripe', 'id'), KEY: secret('stripe', 'key') },
      });
    });
    expect(synthesis.problems).toEqual([]);
    expect(names(synthesis, 'ExternalSecret')).toEqual(['stripe']);
    const { spec } = synthesis.find({ kind: 'ExternalSecret', name: 'stripe', environment: 'dev' });
    expect(spec).toMatchObject({
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      data: [
        { secretKey: 'id', remoteRef: { key: 'kv/shop/stripe', property: 'id' } },
        { secretKey: 'key', remoteRef: { key: 'kv/shop/stripe', property: 'key' } },
      ],
    });
  });

  it('routes the hostnames of its domain through the gateway, and lets only the gateway in', () => {
    const gateway = {
      name: 'public',
      namespace: 'gateways',
      sectionName: 'https',
      peers: [{ namespace: 'gateways', pods: { app: 'envoy' } }],
    };
    const synthesis = inEnvironment({ gateway, domain: 'dev.example.com' }, (app) => {
      new WebService(app, 'web', { ...good, expose: { host: '@' } });
      new WebService(app, 'api', { ...good, expose: { host: 'api', paths: ['/v1', '/v2'] } });
    });
    expect(synthesis.problems).toEqual([]);
    const route = (name: string): unknown =>
      synthesis.find({ kind: 'HTTPRoute', name, environment: 'dev' }).spec;
    expect(route('web')).toMatchObject({ hostnames: ['dev.example.com'] });
    expect(route('api')).toEqual({
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: 'public',
          namespace: 'gateways',
          sectionName: 'https',
        },
      ],
      hostnames: ['api.dev.example.com'],
      rules: [
        {
          matches: [
            { path: { type: 'PathPrefix', value: '/v1' } },
            { path: { type: 'PathPrefix', value: '/v2' } },
          ],
          backendRefs: [{ group: '', kind: 'Service', name: 'api', port: 8080, weight: 1 }],
        },
      ],
    });
    const policy = { kind: 'NetworkPolicy', name: 'api-allow-gateway', environment: 'dev' };
    expect(synthesis.find(policy).spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } },
              podSelector: { matchLabels: { app: 'envoy' } },
            },
          ],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    });
  });

  it('opens names, metrics and named hosts outside, and selects workloads, never everything', () => {
    const facts: Partial<EnvironmentProps> = {
      network: { dns: Dns.nodeLocal(), metrics: [{ namespace: 'monitoring' }] },
      capabilities: ['observability'],
    };
    const synthesis = inEnvironment(facts, (app) => {
      new Worker(app, 'w', {
        image: 'x:1',
        metrics: { port: 9090 },
        uses: [external('api.stripe.com'), external('smtp.example.com', 587)],
      });
    });
    expect(synthesis.problems).toEqual([]);
    const spec = (name: string): unknown =>
      synthesis.find({ kind: 'NetworkPolicy', name, environment: 'dev' }).spec;
    expect(spec('shop-allow-dns')).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: '169.254.20.10/32' } }, {}] }],
    });
    expect(spec('w-allow-metrics')).toMatchObject({ ingress: [{ ports: [{ port: 9090 }] }] });
    expect(spec('w-allow-outside')).toMatchObject({
      egress: [
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }],
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 587 },
          ],
        },
      ],
    });
    for (const { kind, spec: found } of synthesis.objects('dev')) {
      if (kind !== 'NetworkPolicy') continue;
      expect((found as { podSelector: object }).podSelector).not.toEqual({});
    }
  });

  it('leaves out a facet with a reason, and a workload that is not present', () => {
    const facts: Partial<EnvironmentProps> = {
      omits: { observability: 'no Prometheus operator on laptops' },
    };
    const synthesis = inEnvironment(facts, (app) => {
      new WebService(app, 'orders', { ...good, metrics: {} });
      const stages = ['prod'] as const;
      new Worker(app, 'w', { image: 'x:1', presence: { stages, reason: 'elsewhere' } });
    });
    expect(synthesis.problems.map(({ code }) => code)).toEqual(['EnvironmentUnknown']);
    expect(names(synthesis, 'ServiceAccount')).toEqual(['orders']);
    expect([...synthesis.files.keys()].filter((file) => file.startsWith('dev/'))).toEqual([
      'dev/shop/environment.k8s.yaml',
      'dev/shop/application.k8s.yaml',
      'dev/shop/kustomization.yaml',
    ]);
    expect(synthesis.model.environments[0]?.omits).toEqual(facts.omits);
  });

  it('restarts what reads settings by a Job named after them, where Reloader is missing', () => {
    const make = (level: string): Synthesis =>
      inEnvironment({ restartImage: 'registry.k8s.io/kubectl:v1.34.1' }, (app) => {
        const values = { dev: level } as unknown as PerEnvironment;
        new WebService(app, 'orders', { ...good, env: { LEVEL: perEnvironment(values) } });
      });
    const [info, debug] = [make('info'), make('debug')];
    expect(info.problems).toEqual([]);
    expect(names(info, 'Job')).toHaveLength(1);
    expect(names(info, 'Job')).toEqual(names(make('info'), 'Job'));
    expect(names(info, 'Job')).not.toEqual(names(debug, 'Job'));
    const policy = { kind: 'NetworkPolicy', name: 'shop-restart', environment: 'dev' };
    expect(info.find(policy).spec).toEqual({
      podSelector: { matchLabels: { 'golden-path/restart': 'true' } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{}],
    });
    expect(info.find({ kind: 'Role', name: 'shop-restart', environment: 'dev' }).rules).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: ['orders'],
        verbs: ['get', 'patch'],
      },
    ]);
  });
});
