import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AlertRouting,
  Application,
  Capacity,
  Dashboards,
  Dns,
  Environment,
  external,
  grpc,
  http,
  Identity,
  KafkaTopic,
  Mesh,
  Namespaces,
  openTelemetry,
  perEnvironment,
  Platform,
  published,
  RabbitMq,
  ScheduledJob,
  secret,
  Signals,
  Size,
  soft,
  WebService,
  Worker,
  type EnvironmentProps,
} from '../../lib';
import { fromAws, fromOthers } from './backing-services';
import { everyOnCall, perApplication } from './every-receiver';
import { everyService, inClusters } from './every-service';

const cluster = {
  network: {
    dns: Dns.nodeLocal(),
    metrics: [{ namespace: 'monitoring', pods: { 'app.kubernetes.io/name': 'prometheus' } }],
    telemetry: [{ cidr: '10.0.0.0/16' }, { namespace: 'observability' }],
  },
  secretStore: { name: 'vault', kind: 'SecretStore' },
  pullSecrets: ['registry'],
  providers: inClusters.stored,
} as const satisfies Partial<EnvironmentProps>;

const IDENTITIES =
  '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities';

const gateway = {
  name: 'public',
  namespace: 'gateway-system',
  peers: [{ namespace: 'gateway-system' }],
};
const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' } as const;
const ingress = {
  className: 'nginx',
  peers: [{ namespace: 'ingress-nginx' }],
  issuer,
  annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' },
  grpcAnnotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' },
};

/** Prometheus outside of the mesh. */
const plain = {
  metrics: {
    reason: 'Prometheus is not in the mesh',
    from: [{ cidr: '10.8.0.0/14', except: ['10.9.0.0/16'] }],
  },
};
/** Writes an application with every feature of the library, in three environments that differ in every fact. */
export function synthesizeEveryFeature(outdir: string): void {
  const app = new Platform({
    outdir,
    environments: [
      new Environment('dev', {
        ...cluster,
        domain: 'dev.test',
        identity: Identity.eksPodIdentity({
          cluster: 'dev',
          region: 'eu-central-1',
          role: (_, workload) => `arn:aws:iam::111122223333:role/${workload}`,
          associations: 'ack',
        }),
        network: { ...cluster.network, names: 'cilium' },
        gateway: { ...gateway, sectionName: 'https' },
        capacity: Capacity.single(),
        capabilities: ['observability', 'keda'],
        providers: inClusters.stored,
        restartImage: 'registry.k8s.io/kubectl:v1.32.4',
        mesh: Mesh.istioAmbient({ plain }),
        quota: {},
        lowerRequests: {},
      }),
      new Environment('staging', {
        ...cluster,
        domain: 'staging.test',
        identity: Identity.gke({
          project: 'example-project',
          projectNumber: '123456789012',
          grants: (_, workload) =>
            workload === 'orders' ? [{ role: 'roles/pubsub.publisher' }] : undefined,
          members: 'config-connector',
        }),
        network: { ...cluster.network, names: 'istio' },
        gateway: { ...gateway, listenerSet: { issuer } },
        capacity: Capacity.atMost(3),
        omits: { keda: 'the cluster is about to be given up' },
        capabilities: ['reloader', 'observability'],
        providers: fromOthers,
        namespace: Namespaces.existing('team-all'),
        mesh: Mesh.istioSidecar({ revision: 'canary' }),
        lowerRequests: { updateMode: 'InPlaceOrRecreate' },
        prices: { cpuCoreHour: 0.02, memoryGiBHour: 0.003 },
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'prod.test',
        identity: Identity.azure({
          client: (_, workload) =>
            workload === 'orders' ? '11111111-2222-3333-4444-555555555555' : undefined,
          federation: {
            issuer: 'https://issuer.example.com/tenant/',
            identity: (_, workload) => `${IDENTITIES}/${workload}`,
          },
        }),
        ingress,
        capacity: Capacity.asDeclared(),
        capabilities: ['reloader', 'keda'],
        omits: {
          observability: 'another system watches it',
          mesh: 'it comes with the next cluster',
        },
        providers: fromAws,
        quota: { headroomPercent: 25 },
        gameDays: { reason: 'only here is the traffic that it takes' },
      }),
    ],
    onCall: { ...everyOnCall, perApplication },
    catalog: { owner: 'group:default/{owner}', lifecycle: 'experimental' },
    prices: { currency: 'EUR', cpuCoreHour: 0.031, memoryGiBHour: 0.004 },
    defaults: {
      mesh: 'istio',
      podLabels: { 'azure.workload.identity/use': 'true' },
      telemetry: openTelemetry(),
      metricsLimits: { labelLimit: 50 },
      signals: Signals.istio(),
      slo: { standard: { availability: 99.5, latency: { under: '250ms', objective: 99 } } },
      links: {
        runbook: 'https://runbooks.example.com/{application}/{service}#{alert}',
        dashboard: 'https://grafana.example.com/d/{dashboard}?var-environment={environment}',
      },
    },
  });
  new EveryFeature(app, 'everything');
  new Warehouse(app);
  app.synth();
}

/** The same application where the mesh is Linkerd: a platform has one kind of mesh. */
export function synthesizeOnLinkerd(outdir: string): void {
  const app = new Platform({
    outdir,
    environments: [
      new Environment('dev', {
        ...cluster,
        gateway,
        domain: 'linkerd.test',
        capacity: Capacity.asDeclared(),
        capabilities: ['observability', 'keda'],
        providers: inClusters.stored,
        restartImage: 'registry.k8s.io/kubectl:v1.32.4',
        mesh: Mesh.linkerd({ plain, kubelet: [{ cidr: '10.0.0.0/16' }] }),
        quota: { injected: { requests: { cpu: '50m', memory: '64Mi' } } },
        lowerRequests: { updateMode: 'Recreate' },
      }),
      new Environment('staging', {
        ...cluster,
        gateway: { ...gateway, listenerSet: { issuer } },
        domain: 'linkerd-staging.test',
        capacity: Capacity.single(),
        capabilities: ['observability', 'reloader', 'keda'],
        providers: fromOthers,
        omits: { mesh: 'it comes with the next cluster' },
      }),
      new Environment('prod', {
        ...cluster,
        ingress,
        domain: 'linkerd-prod.test',
        capacity: Capacity.single(),
        capabilities: ['observability', 'reloader', 'keda'],
        providers: inClusters.shared,
        mesh: Mesh.linkerd({ kubelet: [{ cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] }] }),
      }),
    ],
    onCall: everyOnCall,
    defaults: {
      mesh: 'linkerd',
      telemetry: openTelemetry({ collector: 'otel-collector.observability', sampleRatio: 0.1 }),
      signals: Signals.linkerd(),
      dashboards: Dashboards.grafanaOperator({ instanceSelector: { dashboards: 'grafana' } }),
    },
  });
  new EveryFeature(app, 'linked');
  new AlertRouting(app, { namespace: 'monitoring', labels: { alertmanager: 'main' } });
  app.synth();
}

/** Texts that a reader of YAML could take for something else. */
const NASTY = {
  NORWAY: 'no',
  SWITCH: 'on',
  YES: 'y',
  OCTAL: '0o17',
  OLD_OCTAL: '017',
  EXPONENT: '1e3',
  SEXAGESIMAL: '12:30:45',
  EMPTY: '',
  MERGE: '<<',
  LINES: 'one\n two\n\nthree\n',
  TRAILING: 'space ',
  QUOTES: `'"{{ .Values }}" $(HOME)`,
};

const stock = published({
  application: 'warehouse',
  service: 'stock',
  port: 8080,
  servicePort: 80,
});

/** What another team offers. */
class Warehouse extends Application {
  public constructor(scope: Construct) {
    super(scope, 'warehouse', { owner: 'team-warehouse' });
    new WebService(this, 'stock', {
      image: 'ghcr.io/example/stock:3.1.0',
      port: http(8080, { servicePort: 80 }),
      health: '/ready',
      publish: { contract: stock, to: ['everything', 'linked'] },
    });
  }
}

class EveryFeature extends Application {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { owner: 'team-all' });
    const ads = new WebService(this, 'ads', {
      image: 'ghcr.io/example/ads:2.1.0',
      runtime: 'go',
      port: grpc(9555, { balance: 'client' }),
      size: Size.XS,
      expose: { host: 'ads' },
    });
    new WebService(this, 'orders', {
      image: 'ghcr.io/example/orders:1.4.2',
      port: http(8080, { servicePort: 80 }),
      runtime: 'jvm',
      health: { readiness: { path: '/ready', headers: { Accept: '*/*' } }, liveness: '/live' },
      scale: { min: 2, max: 10 },
      env: {
        ...NASTY,
        ADS_ADDR: soft(ads.address),
        LOG_LEVEL: perEnvironment({ dev: 'no', staging: '1e3', prod: 'one\ntwo\n' }),
        API_KEY: secret('api-key'),
        STOCK_URL: stock.url,
      },
      files: { '/etc/keys/signing.pem': secret('signing-key', 'tls.key') },
      scratch: ['/var/cache/nginx', { path: '/var/run/app', size: '1Gi' }],
      migrate: { command: ['bin/orders', 'migrate'], args: ['--verbose'] },
      init: { warm: { image: 'ghcr.io/example/orders:1.4.2', args: ['warm'] } },
      sidecars: {
        proxy: {
          image: 'ghcr.io/example/proxy:3.0.0',
          runtime: 'dotnet',
          health: { readiness: { tcp: 9000 } },
        },
      },
      uses: [external('api.stripe.com'), external('smtp.example.com', 587)],
      expose: { host: '@', paths: ['/', '/api'] },
      metrics: { port: 9464, sampleLimit: 20_000 },
      annotations: { 'example.com/agent': 'off' },
    });
    new Worker(this, 'mailer', {
      image: 'ghcr.io/example/mailer:1.0.0',
      runtime: 'node',
      env: {
        SENDER: perEnvironment({
          dev: 'a@dev.test',
          staging: 'b@staging.test',
          prod: 'c@prod.test',
        }),
      },
      metrics: { port: 9464 },
      uses: [ads],
      migrate: { command: ['bin/mailer', 'migrate'] },
      presence: { stages: ['dev', 'prod'], reason: 'staging sends no mail' },
    });
    new ScheduledJob(this, 'report', {
      image: 'ghcr.io/example/report:1.0.0',
      runtime: 'python',
      schedule: '15 3 * * 1-5',
      timeZone: 'Europe/Berlin',
      env: {
        BUCKET: perEnvironment({ dev: 'd', staging: 's', prod: 'p' }),
        KEY: secret('report-key'),
      },
    });
    this.#routed();
    this.#scaledOnMessages();
    everyService(this);
    this.#byHand();
  }

  /** Everything that routes say. An Ingress has no words for it, so it is not in production. */
  #routed(): void {
    const presence = { stages: ['dev', 'staging'], reason: 'an Ingress cannot say it' } as const;
    const web = { image: 'ghcr.io/example/web:2.0.0', port: 8080, health: '/ready', presence };
    const canary = new WebService(this, 'canary', web);
    new WebService(this, 'shop', {
      ...web,
      expose: {
        host: 'shop',
        routes: [
          {
            paths: ['/api', { exact: '/status' }],
            methods: ['GET', 'POST'],
            headers: { 'X-Version': '2', 'X-Beta': 'yes' },
            to: [{ weight: 90 }, { service: canary, weight: 10 }],
            timeouts: { request: '10s', backendRequest: '2s500ms' },
            requestHeaders: {
              set: { 'X-From': 'outside' },
              add: { 'X-Hop': 'gateway' },
              remove: ['X-Debug'],
            },
          },
          { paths: ['/v1', '/v2'], rewrite: '/', to: [{ service: canary.address }] },
          {
            paths: [{ exact: '/old' }],
            redirect: { scheme: 'https', host: '@', path: '/new', statusCode: 308 },
          },
          {},
        ],
        cors: {
          origins: ['https://app.example.com', 'https://*.example.org'],
          methods: ['GET', 'POST'],
          headers: ['X-Version'],
          exposeHeaders: ['X-Request-Id'],
          maxAgeSeconds: 600,
          credentials: true,
        },
      },
    });
    const prices = {
      image: 'ghcr.io/example/prices:1.0.0',
      port: grpc(9000),
      presence,
    };
    const next = new WebService(this, 'prices-next', prices);
    new WebService(this, 'prices', {
      ...prices,
      expose: {
        host: 'prices',
        routes: [
          {
            service: 'shop.v1.Prices',
            method: 'Quote',
            headers: { 'x-version': '2' },
            to: [{ service: next }],
          },
          { service: 'shop.v1.Prices' },
          { headers: { 'x-version': '3' } },
        ],
      },
    });
  }

  #scaledOnMessages(): void {
    const broker = new RabbitMq(this, 'broker', { queues: { mails: {}, letters: {} } });
    const events = new KafkaTopic(this, 'events', { partitions: 12 });
    new Worker(this, 'printer', {
      image: 'ghcr.io/example/printer:1.0.0',
      uses: [broker],
      scale: { min: 0, max: 20, on: broker.queue('letters').length(50) },
      slo: { freshness: { within: '10m', objective: 99 } },
    });
    new Worker(this, 'counter', {
      image: 'ghcr.io/example/counter:1.0.0',
      uses: [events],
      scale: { min: 2, max: 12, on: events.lag({ group: 'counter', perReplica: 1000 }) },
      slo: { none: 'nobody waits for its numbers' },
    });
  }

  /** What the escape hatch brings: names and labels as kustomize likes to change them. */
  #byHand(): void {
    new ApiObject(this, 'by-hand', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'by-hand' },
      data: { 'app.yaml': 'namespace: elsewhere\nname: by-hand\n' },
    });
    new ApiObject(this, 'reader', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'auditors' },
        { kind: 'ServiceAccount', name: 'backup', namespace: 'elsewhere' },
      ],
    });
    new ApiObject(this, 'cache', {
      apiVersion: 'example.com/v1',
      kind: 'Cache',
      metadata: { name: 'cache' },
      spec: { namespace: 'elsewhere', secretRef: { name: 'api-key', namespace: 'elsewhere' } },
    });
  }
}
