import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Environment,
  Mesh,
  Namespaces,
  Platform,
  published,
  WebService,
  Worker,
  type EnvironmentProps,
  type Manifest,
} from '../../lib';
import { facts, good } from '../mesh/meshed';

const stock = published({ application: 'warehouse', service: 'stock', port: 8080 });

/** A warehouse that publishes its stock, and a shop of which a worker and a migration read it. */
function rendered(
  mesh: Mesh,
  own: Partial<EnvironmentProps> = {},
  files = 'environment',
): readonly Manifest[] {
  const environment = new Environment<string>('dev', { ...facts, ...own, mesh });
  const platform = new Platform({ environments: [environment], defaults: { mesh: mesh.kind } });
  const warehouse = new Application(platform, 'warehouse', { owner: 'team-w' });
  const publish = { contract: stock, to: ['shop', 'crm'] };
  new WebService(warehouse, 'stock', { ...good, port: 8080, publish });
  const shop = new Application(platform, 'shop', { owner: 'team-s' });
  new Worker(shop, 'mailer', { image: good.image, uses: [stock], migrate: { command: ['up'] } });
  const { problems, manifests } = platform.render();
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...manifests].flatMap(([file, all]) => (file.includes(files) ? all : []));
}

const specOf = (all: readonly Manifest[], kind: string, name: string): unknown =>
  all.find((each) => each.kind === kind && each.metadata.name === name)?.spec;
const tcp = (port: number): object => ({ protocol: 'TCP', port });
const pods = (namespace: string, matchLabels: Readonly<Record<string, string>>): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels },
});
const allOf = (application: string, namespace = `${application}-dev`): object =>
  pods(namespace, {
    'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
    'app.kubernetes.io/part-of': application,
  });
const stockIn = (namespace: string): object =>
  pods(namespace, {
    'app.kubernetes.io/name': 'stock',
    'app.kubernetes.io/part-of': 'warehouse',
  });

describe('a contract between applications in a mesh', () => {
  it('lets the importers in by the identities of their namespaces, on the port of the contract alone', () => {
    for (const mesh of [Mesh.istioAmbient(), Mesh.istioSidecar()]) {
      expect(specOf(rendered(mesh), 'AuthorizationPolicy', 'stock-allow-importers')).toEqual({
        selector: {
          matchLabels: {
            'app.kubernetes.io/name': 'stock',
            'app.kubernetes.io/part-of': 'warehouse',
          },
        },
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { namespaces: ['crm-dev', 'shop-dev'] } }],
            to: [{ operation: { ports: ['8080'] } }],
          },
        ],
      });
    }
    const linkerd = rendered(Mesh.linkerd());
    const name = 'stock-allow-importers';
    expect(specOf(linkerd, 'MeshTLSAuthentication', name)).toEqual({
      identityRefs: [
        { kind: 'Namespace', name: 'crm-dev' },
        { kind: 'Namespace', name: 'shop-dev' },
      ],
    });
    expect(specOf(linkerd, 'AuthorizationPolicy', name)).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'stock-8080' },
      requiredAuthenticationRefs: [
        { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name },
      ],
    });
  });

  it.each([
    [Mesh.istioAmbient(), 15008],
    [Mesh.linkerd(), 4143],
  ])('opens the tunnel at both ends, to the peers of the other policies (%#)', (mesh, port) => {
    const all = rendered(mesh);
    expect(specOf(all, 'NetworkPolicy', 'stock-allow-mesh')).toHaveProperty('ingress.0', {
      from: [allOf('crm'), allOf('shop')],
      ports: [tcp(port)],
    });
    expect(specOf(all, 'NetworkPolicy', 'mailer-allow-mesh')).toHaveProperty('egress.0', {
      to: [stockIn('warehouse-dev')],
      ports: [tcp(port)],
    });
  });

  it('needs no tunnel between sidecars, which call each other on the port itself', () => {
    const all = rendered(Mesh.istioSidecar());
    expect(specOf(all, 'NetworkPolicy', 'stock-allow-mesh')).not.toHaveProperty('ingress');
    expect(specOf(all, 'NetworkPolicy', 'stock-allow-importers')).toMatchObject({
      ingress: [{ from: [allOf('crm'), allOf('shop')], ports: [tcp(8080)] }],
    });
  });

  it('holds where the applications share a namespace', () => {
    const shared = { namespace: Namespaces.existing('everything') };
    const istio = rendered(Mesh.istioAmbient(), shared);
    expect(specOf(istio, 'AuthorizationPolicy', 'stock-allow-importers')).toMatchObject({
      rules: [{ from: [{ source: { namespaces: ['everything'] } }] }],
    });
    expect(specOf(istio, 'NetworkPolicy', 'stock-allow-mesh')).toHaveProperty('ingress.0.from', [
      allOf('crm', 'everything'),
      allOf('shop', 'everything'),
    ]);
    expect(specOf(istio, 'NetworkPolicy', 'mailer-allow-mesh')).toHaveProperty('egress.0.to', [
      stockIn('everything'),
    ]);
    const linkerd = rendered(Mesh.linkerd(), shared);
    expect(specOf(linkerd, 'MeshTLSAuthentication', 'stock-allow-importers')).toEqual({
      identityRefs: [{ kind: 'Namespace', name: 'everything' }],
    });
  });

  it('is open to a migration before it runs', () => {
    const first = rendered(Mesh.istioAmbient(), {}, 'dev/shop/migrate/environment');
    expect(specOf(first, 'NetworkPolicy', 'mailer-migrate-allow-mesh')).toMatchObject({
      egress: [{ to: [stockIn('warehouse-dev')], ports: [tcp(15008)] }],
    });
    expect(specOf(first, 'NetworkPolicy', 'mailer-allow-mesh')).toBe(undefined);
  });

  it('lets nobody in where nothing is published', () => {
    const names = rendered(Mesh.istioAmbient())
      .filter(({ apiVersion }) => apiVersion.includes('istio'))
      .map(({ metadata }) => metadata.name);
    expect(names.filter((name) => name.includes('allow-importers'))).toEqual([
      'stock-allow-importers',
    ]);
  });
});
