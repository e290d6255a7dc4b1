import { describe, expect, it } from '@jest/globals';
import {
  external,
  grpc,
  http,
  later,
  secret,
  Size,
  soft,
  tcp,
  WebService,
  Worker,
  type WebServiceProps,
} from '../../lib';
import { synthesizeIn, type Synthesis } from '../../lib/testing';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;
const one = (props: Partial<WebServiceProps> = {}): Synthesis =>
  synthesizeIn((app) => new WebService(app, 'orders', { ...good, ...props } as WebServiceProps));

interface Probe {
  readonly httpGet?: object;
  readonly tcpSocket?: object;
  readonly exec?: object;
  readonly grpc?: object;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}
interface Container {
  readonly name: string;
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: object;
  }[];
  readonly ports?: readonly object[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly resources: object;
  readonly lifecycle?: object;
  readonly securityContext: object;
  readonly restartPolicy?: string;
  readonly volumeMounts: readonly object[];
}
interface Pod {
  readonly containers: readonly [Container];
  readonly initContainers?: readonly Container[];
  readonly securityContext: object;
  readonly volumes: readonly object[];
  readonly terminationGracePeriodSeconds: number;
}
const pod = (synthesis: Synthesis, name = 'orders'): Pod => {
  expect(synthesis.problems).toEqual([]);
  const { spec } = synthesis.find({ kind: 'Deployment', name }) as unknown as {
    readonly spec: { readonly template: { readonly spec: Pod } };
  };
  return spec.template.spec;
};

describe('a web service', () => {
  it('is a Deployment, a Service, a budget and a policy, all of its name', () => {
    const keys = one()
      .objects()
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(keys).toEqual([
      'NetworkPolicy/orders',
      'Deployment/orders',
      'Service/orders',
      'PodDisruptionBudget/orders',
    ]);
  });

  it('brings a PodMonitor in the observability facet when it offers metrics', () => {
    const { files } = one({ metrics: {} });
    expect(files.get('prod/test/observability.k8s.yaml')).toContain('kind: PodMonitor');
    expect(files.get('prod/test/application.k8s.yaml')).not.toContain('PodMonitor');
  });

  it('runs without any privilege, stated on the pod and on each container', () => {
    const { securityContext, containers } = pod(one());
    expect(securityContext).toEqual({
      fsGroup: 10001,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('leaves the user to the image or to the cluster when asked', () => {
    expect(pod(one({ user: 'image' })).securityContext).toEqual({
      fsGroup: 10001,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod(one({ user: 'assigned' })).securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('asks its health endpoint for readiness, and connects for liveness and start', () => {
    const { readinessProbe, livenessProbe, startupProbe } = pod(one()).containers[0];
    expect(readinessProbe).toEqual({
      httpGet: { path: '/ready', port: 8080 },
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    });
    expect(livenessProbe).toEqual({
      tcpSocket: { port: 8080 },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    });
    expect(startupProbe).toEqual({
      tcpSocket: { port: 8080 },
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 60,
    });
  });

  it('implies the readiness of a gRPC port', () => {
    const { readinessProbe, ports } = pod(one({ port: grpc(9555), health: undefined as never }))
      .containers[0];
    expect(readinessProbe?.grpc).toEqual({ port: 9555 });
    expect(ports).toEqual([{ name: 'grpc', containerPort: 9555, protocol: 'TCP' }]);
  });

  it('has no liveness where readiness is a connection already, or where a reason is given', () => {
    const health = { readiness: { tcp: 5432 } };
    expect(pod(one({ port: tcp(5432), health })).containers[0].livenessProbe).toBeUndefined();
    const none = { readiness: '/ready', liveness: { none: 'restarts lose the cache' } };
    expect(pod(one({ health: none })).containers[0].livenessProbe).toBeUndefined();
  });

  it('takes checks of its own, and declares the ports that they use', () => {
    const health = {
      readiness: { path: '/ready', port: 9000, headers: { Cookie: 'a=b' }, periodSeconds: 15 },
      liveness: { exec: ['true'] },
      startup: { grpc: 'shop.Orders', port: 9001, failureThreshold: 5 },
    };
    const { readinessProbe, livenessProbe, startupProbe, ports } = pod(one({ health }))
      .containers[0];
    const httpHeaders = [{ name: 'Cookie', value: 'a=b' }];
    expect(readinessProbe?.httpGet).toEqual({ path: '/ready', port: 9000, httpHeaders });
    expect(readinessProbe?.periodSeconds).toBe(15);
    expect(livenessProbe?.exec).toEqual({ command: ['true'] });
    expect(startupProbe?.grpc).toEqual({ port: 9001, service: 'shop.Orders' });
    expect(ports?.map((port) => (port as { containerPort: number }).containerPort)).toEqual([
      8080, 9001, 9000,
    ]);
  });

  it('asks a TLS port by HTTPS', () => {
    const { readinessProbe } = pod(one({ port: http(8443, { tls: true }) })).containers[0];
    expect(readinessProbe?.httpGet).toEqual({ path: '/ready', port: 8443, scheme: 'HTTPS' });
  });

  it('gets the size of the ladder, memory limited to its request and CPU to a bounded burst', () => {
    expect(pod(one({ size: Size.XL })).containers[0].resources).toEqual({
      requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '200Mi' },
      limits: { cpu: '4', memory: '2Gi', 'ephemeral-storage': '200Mi' },
    });
    const size = Size.of({ cpu: '150m', memory: '220Mi' });
    expect(pod(one({ size, scratch: ['/data'] })).containers[0].resources).toEqual({
      requests: { cpu: '150m', memory: '220Mi', 'ephemeral-storage': '300Mi' },
      limits: { cpu: '1', memory: '220Mi', 'ephemeral-storage': '300Mi' },
    });
  });

  it('writes to /tmp, its home, and to the scratch that it names', () => {
    const { containers, volumes } = pod(
      one({ scratch: ['/var/cache/nginx', { path: '/x_y', size: '1Gi' }] }),
    );
    expect(containers[0].env[0]).toEqual({ name: 'HOME', value: '/tmp' });
    expect(containers[0].volumeMounts).toEqual(
      [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'scratch-var-cache-nginx', mountPath: '/var/cache/nginx' },
        { name: 'scratch-x-y-a5b1d3c9', mountPath: '/x_y' },
      ].map((mount) => expect.objectContaining({ mountPath: mount.mountPath })),
    );
    expect(volumes).toContainEqual({
      name: 'scratch-var-cache-nginx',
      emptyDir: { sizeLimit: '100Mi' },
    });
  });

  it('waits before it stops, longer when it is exposed, and then drains', () => {
    expect(pod(one()).containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(pod(one()).terminationGracePeriodSeconds).toBe(35);
    const exposed = pod(one({ expose: { host: 'orders' }, drainSeconds: 60 }));
    expect(exposed.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(exposed.terminationGracePeriodSeconds).toBe(75);
  });

  it('offers a Service with a named port, its protocol and a port of choice', () => {
    const { spec } = one({ port: http(8080, { servicePort: 80 }) }).find({
      kind: 'Service',
      name: 'orders',
    });
    expect(spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/part-of': 'test' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    });
    const balanced = one({ port: grpc(9555, { balance: 'client' }), health: undefined as never });
    expect(balanced.find({ kind: 'Service', name: 'orders' }).spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ appProtocol: 'kubernetes.io/h2c' }],
    });
  });

  it('has init containers and sidecars as secure as itself, sidecars first', () => {
    const { initContainers = [], containers } = pod(
      one({
        init: { migrate: { image: 'x/migrate:1', args: ['up'], size: Size.XS } },
        sidecars: {
          proxy: { image: 'x/proxy:1', health: { readiness: { path: '/', port: 9901 } } },
        },
      }),
    );
    expect(initContainers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['proxy', 'Always'],
      ['migrate', undefined],
    ]);
    for (const { securityContext } of initContainers) {
      expect(securityContext).toEqual(containers[0].securityContext);
    }
    expect(initContainers[0]?.readinessProbe?.httpGet).toEqual({ path: '/', port: 9901 });
  });

  it('mounts secrets as files, one volume a folder', () => {
    const files = { '/etc/keys/a.pem': secret('keys', 'a'), '/etc/keys/b.pem': secret('other') };
    const { containers, volumes } = pod(one({ files }));
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'files-orders-0',
      mountPath: '/etc/keys',
      readOnly: true,
    });
    expect(volumes).toContainEqual({
      name: 'files-orders-0',
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'keys', items: [{ key: 'a', path: 'a.pem' }] } },
          { secret: { name: 'other', items: [{ key: 'value', path: 'b.pem' }] } },
        ],
      },
    });
  });
});

describe('a reference', () => {
  const policy = (synthesis: Synthesis, name: string): object =>
    (synthesis.find({ kind: 'NetworkPolicy', name }) as unknown as { spec: object }).spec;
  const peer = (name: string): object => ({
    podSelector: {
      matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'test' },
    },
  });

  it('wires the value and opens exactly that connection at both ends', () => {
    const synthesis = synthesizeIn((app) => {
      const catalog = new WebService(app, 'catalog', {
        ...good,
        port: http(8080, { servicePort: 80 }),
      });
      new WebService(app, 'orders', { ...good, env: { CATALOG_ADDR: catalog.address } });
      new WebService(app, 'stranger', good);
    });
    expect(pod(synthesis).containers[0].env).toContainEqual({
      name: 'CATALOG_ADDR',
      value: 'catalog:80',
    });
    const ports = [{ protocol: 'TCP', port: 8080 }];
    const closed = { podSelector: expect.anything(), policyTypes: ['Ingress', 'Egress'] };
    expect(policy(synthesis, 'orders')).toEqual({
      ...closed,
      egress: [{ to: [peer('catalog')], ports }],
    });
    expect(policy(synthesis, 'catalog')).toEqual({
      ...closed,
      ingress: [{ from: [peer('orders')], ports }],
    });
    expect(policy(synthesis, 'stranger')).toEqual(closed);
    expect(synthesis.model.edges).toEqual([
      { from: 'orders', to: 'catalog', kind: 'workload', port: 8080, soft: false },
    ]);
  });

  it("of a workload with a presence opens its way in from that workload's own file", () => {
    const synthesis = synthesizeIn((app) => {
      const catalog = new WebService(app, 'catalog', good);
      const presence = { stages: ['dev'], reason: 'artificial load' } as const;
      new Worker(app, 'load', { image: 'x/y:1', presence, env: { A: catalog.address } });
    });
    expect(synthesis.problems).toEqual([]);
    expect(policy(synthesis, 'catalog')).not.toHaveProperty('ingress');
    expect(policy(synthesis, 'load-to-catalog')).toEqual({
      podSelector: (peer('catalog') as { podSelector: object }).podSelector,
      policyTypes: ['Ingress'],
      ingress: [{ from: [peer('load')], ports: [{ protocol: 'TCP', port: 8080 }] }],
    });
    expect(synthesis.files.get('dev/test/load.k8s.yaml')).toContain('name: load-to-catalog');
    expect(synthesis.files.get('prod/test/load.k8s.yaml')).toBeUndefined();
  });

  it('has an address, a host, a port and a URL, also inside a text and in other containers', () => {
    const synthesis = synthesizeIn((app) => {
      const a = new WebService(app, 'a', { ...good, port: http(8080, { servicePort: 80 }) });
      const b = new WebService(app, 'b', good);
      new Worker(app, 'orders', {
        image: 'x/y:1',
        env: { HOST: a.host, PORT: a.port, URL: a.url, PATH_URL: `${b.url}/v1?x=${b.port}` },
        sidecars: { proxy: { image: 'x/p:1', env: { UPSTREAM: b.address } } },
      });
    });
    const { containers, initContainers } = pod(synthesis);
    const value = (name: string): string | undefined =>
      containers[0].env.find((variable) => variable.name === name)?.value;
    expect(['HOST', 'PORT', 'URL', 'PATH_URL'].map(value)).toEqual([
      'a',
      '80',
      'http://a',
      'http://b:8080/v1?x=8080',
    ]);
    expect(initContainers?.[0]?.env).toContainEqual({ name: 'UPSTREAM', value: 'b:8080' });
    expect(synthesis.model.edges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'orders>a',
      'orders>b',
    ]);
  });

  it('survives what programs do to text, and is reported where it does not', () => {
    const make = (change: (url: string) => string) =>
      synthesizeIn((app) => {
        const a = new WebService(app, 'a', { ...good, port: http(8080, { servicePort: 80 }) });
        new Worker(app, 'orders', { image: 'x:1', env: { CONFIG: change(`${a.url}`) } });
      });
    const json = make((url) => JSON.stringify({ url }));
    expect(pod(json).containers[0].env).toContainEqual({
      name: 'CONFIG',
      value: '{"url":"http://a"}',
    });
    expect(json.model.edges).toHaveLength(1);
    expect(make((url) => url.slice(0, 30)).problems.map(({ code }) => code)).toEqual([
      'EnvValueInvalid',
    ]);
  });

  it('is soft only when every use is, and may look ahead or outside', () => {
    const synthesis = synthesizeIn((app) => {
      const ads = new WebService(app, 'ads', good);
      new WebService(app, 'orders', {
        ...good,
        env: {
          ADS: soft(ads.address),
          NEXT: later(() => next.address),
          SOFT: soft(later(() => next.url)),
        },
        uses: [external('api.stripe.com'), soft(external('metrics.example.com', 4317))],
      });
      const next = new WebService(app, 'next', { ...good, env: { A: soft(ads.url), B: ads.host } });
    });
    // Soft for orders, and hard for what orders cannot work without.
    expect(synthesis.problems.map(({ code }) => code)).toEqual(['DependencyHardAnyway']);
    expect(
      synthesis.model.edges.map(
        ({ from, to, port, soft: isSoft }) => `${from}>${to}:${port} ${isSoft ? 'soft' : 'hard'}`,
      ),
    ).toEqual([
      'next>ads:8080 hard',
      'orders>api.stripe.com:443 hard',
      'orders>metrics.example.com:4317 soft',
      'orders>ads:8080 soft',
      'orders>next:8080 hard',
    ]);
  });
});
