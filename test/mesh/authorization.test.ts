import { describe, expect, it } from '@jest/globals';
import { Mesh, tcp, WebService, Worker, type Application } from '../../lib';
import { synthesizeIn } from '../../lib/testing';
import {
  destinationRule,
  good,
  meshed,
  meshedIn,
  meshOf,
  resourcesOf,
  selector,
  specs,
  type IstioSpec,
} from './meshed';

/** Two services, one caller, one that nobody calls, and one that exists in some stages only. */
function threeWorkloads(app: Application): void {
  const cart = new WebService(app, 'cart', {
    ...good,
    port: tcp(6379),
    health: { readiness: { tcp: 6379 } },
  });
  new WebService(app, 'shop', { ...good, port: 8080, uses: [cart] });
  new Worker(app, 'load', {
    image: good.image,
    uses: [cart],
    presence: { stages: ['dev'] as never, reason: 'tests' },
  });
}
describe('the mesh facet', () => {
  it('allows in Istio the declared callers by service account and port, and nothing to whom nobody calls', () => {
    const synthesis = meshed(meshOf('istio'), threeWorkloads);
    expect(synthesis.problems).toEqual([]);
    expect(specs(synthesis)).toEqual({
      'AuthorizationPolicy/cart': {
        selector: selector('cart'),
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { serviceAccounts: ['shop'] } }],
            to: [{ operation: { ports: ['6379'] } }],
          },
        ],
      },
      'AuthorizationPolicy/shop': { selector: selector('shop'), action: 'ALLOW' },
      'AuthorizationPolicy/load': { selector: selector('load'), action: 'ALLOW' },
      'AuthorizationPolicy/load-to-cart': {
        selector: selector('cart'),
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { serviceAccounts: ['load'] } }],
            to: [{ operation: { ports: ['6379'] } }],
          },
        ],
      },
    });
  });

  it('closes in Linkerd each port by a Server, and authenticates the declared callers', () => {
    const synthesis = meshed(meshOf('linkerd'), threeWorkloads);
    expect(synthesis.problems).toEqual([]);
    const server = { group: 'policy.linkerd.io', kind: 'Server', name: 'cart-6379' };
    const by = (name: string): object => ({
      targetRef: server,
      requiredAuthenticationRefs: [
        { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name },
      ],
    });
    expect(specs(synthesis)).toEqual({
      'Server/cart-6379': {
        podSelector: selector('cart'),
        port: 6379,
        proxyProtocol: 'opaque',
        accessPolicy: 'deny',
      },
      'Server/shop-8080': {
        podSelector: selector('shop'),
        port: 8080,
        proxyProtocol: 'unknown',
        accessPolicy: 'deny',
      },
      'MeshTLSAuthentication/cart-6379': {
        identityRefs: [{ kind: 'ServiceAccount', name: 'shop' }],
      },
      'AuthorizationPolicy/cart-6379': by('cart-6379'),
      'MeshTLSAuthentication/load-to-cart-6379': {
        identityRefs: [{ kind: 'ServiceAccount', name: 'load' }],
      },
      'AuthorizationPolicy/load-to-cart-6379': by('load-to-cart-6379'),
    });
  });

  it('stands in a file of its own, before the pods, and a caller with a presence brings its way in along', () => {
    const synthesis = meshed(meshOf('istio'), threeWorkloads);
    expect(resourcesOf(synthesis)).toEqual([
      'environment.k8s.yaml',
      'mesh.k8s.yaml',
      'application.k8s.yaml',
      'load.k8s.yaml',
      'load.mesh.k8s.yaml',
    ]);
    expect(synthesis.files.get('dev/shop/load.mesh.k8s.yaml')).toContain('name: load-to-cart');
    expect(synthesis.files.get('dev/shop/mesh.k8s.yaml')).not.toContain('name: load');
  });

  it('takes what a team writes by hand in the words of a mesh', () => {
    const synthesis = meshed(meshOf('istio'), (app) => {
      new WebService(app, 'shop', { ...good, port: 8080 });
      destinationRule(app);
    });
    expect(synthesis.files.get('dev/shop/mesh.k8s.yaml')).toContain('kind: DestinationRule');
  });

  it('splits more callers than Istio takes in one list', () => {
    const synthesis = meshed(meshOf('istio'), (app) => {
      const hub = new WebService(app, 'hub', { ...good, port: 8080 });
      for (let index = 10; index < 43; index++) {
        new Worker(app, `w${index}`, { image: good.image, uses: [hub] });
      }
    });
    const [rule] = (specs(synthesis)['AuthorizationPolicy/hub'] as IstioSpec).rules ?? [];
    const lists = (rule?.from ?? []).map(({ source }) => source.serviceAccounts ?? []);
    expect(lists.map(({ length }) => length)).toEqual([16, 16, 1]);
    expect(new Set(lists.flat()).size).toBe(33);
  });

  it('has the same bytes in every environment, whatever its mesh is like', () => {
    const synthesis = meshedIn(
      'istio',
      {
        dev: { mesh: Mesh.istioAmbient() },
        staging: { mesh: Mesh.istioSidecar({ revision: 'canary' }) },
        prod: {
          mesh: Mesh.istioAmbient({
            plain: { metrics: { reason: 'not meshed', from: [{ cidr: '10.0.0.0/8' }] } },
          }),
        },
      },
      threeWorkloads,
    );
    expect(synthesis.problems).toEqual([]);
    const texts = ['dev', 'staging', 'prod'].map((name) =>
      synthesis.files.get(`${name}/shop/mesh.k8s.yaml`),
    );
    expect(texts[0]).toContain('kind: AuthorizationPolicy');
    expect(new Set(texts).size).toBe(1);
  });

  it('is written only where the platform has chosen a mesh', () => {
    const without = synthesizeIn(threeWorkloads);
    const texts = [...without.files].filter(([name]) => !name.startsWith('model/'));
    expect(texts.filter(([name, text]) => /mesh|istio|linkerd/.test(name + text))).toEqual([]);
    expect(without.model.workloads[0]).not.toHaveProperty('probes');
    const omits = { mesh: 'laptops have none' };
    const other = meshedIn('istio', { dev: { omits } }, threeWorkloads);
    expect(other.problems).toEqual([]);
    const chosen = meshed(meshOf('istio'), threeWorkloads);
    const file = 'dev/shop/application.k8s.yaml';
    expect(chosen.files.get(file)).toBe(other.files.get(file));
    expect(Object.keys(specs(other, 'dev'))).toEqual([]);
  });
});
