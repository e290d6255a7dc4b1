import { describe, expect, it } from '@jest/globals';
import {
  grpc,
  Mesh,
  Namespaces,
  perEnvironment,
  ScheduledJob,
  WebService,
  Worker,
  type Application,
  type Peer,
  type PerEnvironment,
} from '../../lib';
import { good, meshed, selector, specs } from '../mesh/meshed';

/** One service that is exposed and scraped, one that is neither. */
function twoServices(app: Application): void {
  const cart = new WebService(app, 'cart', { ...good, port: 8080 });
  new WebService(app, 'shop', {
    ...good,
    port: 8080,
    expose: { host: 'shop' },
    metrics: { port: 9464 },
    uses: [cart],
  });
}
const namespaceOf = (mesh: Mesh): unknown =>
  meshed(mesh, twoServices).find({ kind: 'Namespace', name: 'shop-dev', environment: 'dev' })
    .metadata;
const policy = (mesh: Mesh, name: string): unknown =>
  meshed(mesh, twoServices).tryFind({
    ...{ kind: 'NetworkPolicy', name: `${name}-allow-mesh`, environment: 'dev' },
  })?.spec;
const pods = (name: string): object => ({ podSelector: selector(name) });
const namespaced = (name: string): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const tcp = (port: number): object => ({ protocol: 'TCP', port });
const kubelet = [{ cidr: '10.0.0.0/16' }];
const plain = {
  metrics: { reason: 'Prometheus is not in the mesh', from: [{ cidr: '10.8.0.0/14' }] },
};
const ofOutsiders = (found: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(found).filter(([key]) => key.includes('-allow-')));

describe('the mesh of an environment', () => {
  it.each([
    [Mesh.istioAmbient(), { 'istio.io/dataplane-mode': 'ambient' }, {}],
    [Mesh.istioSidecar(), { 'istio-injection': 'enabled' }, {}],
    [Mesh.istioSidecar({ revision: '1-27' }), { 'istio.io/rev': '1-27' }, {}],
    [
      Mesh.linkerd(),
      {},
      { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' },
    ],
  ])('makes its namespace a member (%#)', (mesh, labels, annotations) => {
    expect(namespaceOf(mesh)).toMatchObject({ labels, annotations });
    expect(namespaceOf(mesh)).toMatchObject({
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    });
  });

  it('writes no annotation and no label of a mesh on any pod of a team', () => {
    for (const mesh of [Mesh.istioAmbient(), Mesh.istioSidecar(), Mesh.linkerd({ kubelet })]) {
      const { files } = meshed(mesh, twoServices);
      expect(files.get('dev/shop/application.k8s.yaml')).not.toMatch(/istio|linkerd/);
    }
  });

  it('leaves a namespace that exists to whoever made it', () => {
    const namespace = Namespaces.existing('team-a');
    const synthesis = meshed(Mesh.istioAmbient(), twoServices, { namespace });
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.tryFind({ kind: 'Namespace', name: 'team-a', environment: 'dev' })).toBe(
      undefined,
    );
  });

  it('opens the tunnel of ambient mode to whoever may call, and the checked ports to the kubelet', () => {
    const probes = {
      from: [
        { ipBlock: { cidr: '169.254.7.127/32' } },
        { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } },
      ],
      ports: [tcp(8080)],
    };
    expect(policy(Mesh.istioAmbient(), 'shop')).toEqual({
      podSelector: selector('shop'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [namespaced('gateways'), namespaced('monitoring')], ports: [tcp(15008)] },
        probes,
      ],
      egress: [{ to: [pods('cart')], ports: [tcp(15008)] }],
    });
    expect(policy(Mesh.istioAmbient(), 'cart')).toEqual({
      podSelector: selector('cart'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [pods('shop')], ports: [tcp(15008)] }, probes],
    });
  });

  it('lets sidecars reach their control plane', () => {
    expect(policy(Mesh.istioSidecar(), 'cart')).toEqual({
      podSelector: selector('cart'),
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [{ ...namespaced('istio-system'), podSelector: { matchLabels: { app: 'istiod' } } }],
          ports: [tcp(15012)],
        },
      ],
    });
    expect(policy(Mesh.linkerd(), 'cart')).toEqual({
      podSelector: selector('cart'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [pods('shop')], ports: [tcp(4143)] }],
      egress: [{ to: [namespaced('linkerd')], ports: [tcp(8080), tcp(8086), tcp(8090)] }],
    });
  });

  it('lets the gateway and Prometheus in where that is declared, and nowhere else', () => {
    const istio = meshed(Mesh.istioAmbient(), twoServices);
    expect(istio.problems).toEqual([]);
    const from = (namespace: string, port: string): object => ({
      selector: selector('shop'),
      action: 'ALLOW',
      rules: [
        { from: [{ source: { namespaces: [namespace] } }], to: [{ operation: { ports: [port] } }] },
      ],
    });
    expect(ofOutsiders(specs(istio, 'dev'))).toEqual({
      'AuthorizationPolicy/shop-allow-gateway': from('gateways', '8080'),
      'AuthorizationPolicy/shop-allow-metrics': from('monitoring', '9464'),
    });
    const target = (name: string, port: number): object => ({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: `shop-${port}` },
      requiredAuthenticationRefs: [
        { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name },
      ],
    });
    expect(ofOutsiders(specs(meshed(Mesh.linkerd(), twoServices), 'dev'))).toEqual({
      'MeshTLSAuthentication/shop-allow-gateway': {
        identityRefs: [{ kind: 'Namespace', name: 'gateways' }],
      },
      'AuthorizationPolicy/shop-allow-gateway': target('shop-allow-gateway', 8080),
      'MeshTLSAuthentication/shop-allow-metrics': {
        identityRefs: [{ kind: 'Namespace', name: 'monitoring' }],
      },
      'AuthorizationPolicy/shop-allow-metrics': target('shop-allow-metrics', 9464),
    });
  });

  it('takes no plain text, but where somebody is outside of the mesh for a reason', () => {
    const strict = { mtls: { mode: 'STRICT' } };
    expect(specs(meshed(Mesh.istioAmbient(), twoServices), 'dev')).toMatchObject({
      'PeerAuthentication/cart': { selector: selector('cart'), ...strict },
      'PeerAuthentication/shop': { selector: selector('shop'), ...strict },
    });
    const istio = specs(meshed(Mesh.istioAmbient({ plain }), twoServices), 'dev');
    expect(istio).toMatchObject({
      'AuthorizationPolicy/shop-allow-metrics': {
        rules: [{ from: [{ source: { ipBlocks: ['10.8.0.0/14'] } }] }],
      },
    });
    expect(istio['PeerAuthentication/shop']).toEqual({
      selector: selector('shop'),
      ...strict,
      portLevelMtls: { 9464: { mode: 'PERMISSIVE' } },
    });
    expect(istio['PeerAuthentication/cart']).toEqual({ selector: selector('cart'), ...strict });
    const linkerd = specs(meshed(Mesh.linkerd({ plain }), twoServices), 'dev');
    expect(Object.keys(linkerd).filter((key) => key.includes('metrics'))).toEqual([
      'NetworkAuthentication/shop-allow-metrics-plain',
      'AuthorizationPolicy/shop-allow-metrics-plain',
    ]);
  });

  it('knows by their addresses callers that have no other name', () => {
    const peers: readonly Peer[] = [{}, { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }];
    const gateway = { name: 'public', namespace: 'gateways', peers };
    const istio = specs(meshed(Mesh.istioSidecar(), twoServices, { gateway }), 'dev');
    expect(istio['AuthorizationPolicy/shop-allow-gateway']).toMatchObject({
      rules: [
        {
          from: [
            { source: { namespaces: ['*'] } },
            { source: { ipBlocks: ['10.0.0.0/8'], notIpBlocks: ['10.1.0.0/16'] } },
          ],
        },
      ],
    });
    const linkerd = specs(meshed(Mesh.linkerd(), twoServices, { gateway }), 'dev');
    expect(linkerd).toMatchObject({
      'MeshTLSAuthentication/shop-allow-gateway': { identities: ['*'] },
      'NetworkAuthentication/shop-allow-gateway-plain': {
        networks: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }],
      },
    });
  });

  it('lets the kubelet in where Linkerd does not know its checks', () => {
    const health = { readiness: { path: '/ready', port: 9000 } };
    const make = (app: Application): void => {
      new WebService(app, 'ads', { image: good.image, port: grpc(9555) });
      new WebService(app, 'secure', {
        ...good,
        port: { protocol: 'http', number: 8443, tls: true },
      });
      new Worker(app, 'mailer', {
        image: good.image,
        sidecars: { proxy: { image: good.image, health } },
      });
      new WebService(app, 'plain', { ...good, port: 8080 });
    };
    const synthesis = meshed(Mesh.linkerd({ kubelet }), make);
    expect(synthesis.problems).toEqual([]);
    const found = ofOutsiders(specs(synthesis, 'dev'));
    expect(Object.keys(found).filter((key) => key.startsWith('Network'))).toEqual([
      'NetworkAuthentication/ads-allow-kubelet-9555-plain',
      'NetworkAuthentication/secure-allow-kubelet-8443-plain',
      'NetworkAuthentication/mailer-allow-kubelet-9000-plain',
    ]);
    expect(found['NetworkAuthentication/ads-allow-kubelet-9555-plain']).toEqual({
      networks: kubelet,
    });
    const without = meshed(Mesh.linkerd(), make).problems.map(({ found: what }) => what);
    expect(without).toEqual([
      "Linkerd would refuse the kubelet's check by gRPC on port 9555",
      "Linkerd would refuse the kubelet's check by HTTPS on port 8443",
      "Linkerd would refuse the kubelet's check by HTTP on port 9000",
    ]);
    expect(meshed(Mesh.istioAmbient(), make).problems).toEqual([]);
  });

  it('keeps the Job that restarts workloads out: it would never end, and talks to the API server alone', () => {
    const restart = (mesh: Mesh): unknown => {
      const own = { capabilities: [], restartImage: 'registry.k8s.io/kubectl:v1.34.1' };
      const values = { dev: 'info' } as unknown as PerEnvironment;
      const synthesis = meshed(
        mesh,
        (app) =>
          new Worker(app, 'w', { image: good.image, env: { LEVEL: perEnvironment(values) } }),
        own,
      );
      expect(synthesis.problems).toEqual([]);
      const job = synthesis.objects('dev').find(({ kind }) => kind === 'Job');
      return (job?.spec as { template: { metadata: unknown } }).template.metadata;
    };
    const ours = { 'golden-path/restart': 'true' };
    expect(restart(Mesh.istioAmbient())).toEqual({
      labels: { ...ours, 'istio.io/dataplane-mode': 'none' },
    });
    expect(restart(Mesh.istioSidecar())).toEqual({
      labels: { ...ours, 'sidecar.istio.io/inject': 'false' },
    });
    expect(restart(Mesh.linkerd())).toEqual({
      labels: ours,
      annotations: { 'linkerd.io/inject': 'disabled' },
    });
  });

  it('opens no tunnel to a job that nobody calls', () => {
    const synthesis = meshed(
      Mesh.istioAmbient(),
      (app) => new ScheduledJob(app, 'report', { image: good.image, schedule: '0 3 * * *' }),
    );
    const wanted = { kind: 'NetworkPolicy', name: 'report-allow-mesh', environment: 'dev' };
    expect(synthesis.tryFind(wanted)).toBe(undefined);
  });
});
