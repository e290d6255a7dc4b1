import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  existing,
  external,
  inCluster,
  Platform,
  Postgres,
  Signals,
  WebService,
  type EnvironmentProps,
  type Rendering,
} from '../../lib';
import type { RuleGroup } from '../../lib/observability';

const props = {
  capacity: Capacity.single(),
  network: { dns: Dns.kubeDns() },
  capabilities: ['observability', 'reloader'],
  domain: 'example.com',
  providers: { default: inCluster() },
} as const satisfies EnvironmentProps;
const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' } as const;
const peers = [{ namespace: 'gateway-system' }];
const gateway = { name: 'public', namespace: 'gateway-system', peers };

function render(differing: Partial<EnvironmentProps>): Rendering {
  const platform = new Platform({
    environments: [new Environment('prod', { ...props, ...differing })],
    defaults: {
      signals: Signals.openTelemetry({ from: 'collector' }),
      links: { runbook: 'https://runbooks.example.com/{application}/{service}#{alert}' },
    },
  });
  const app = new Application(platform, 'shop', { owner: 'team-a' });
  const db = new Postgres(app, 'orders-db', { version: 16 });
  new WebService(app, 'orders', {
    ...{ image: 'x/y:1', port: 8080, health: '/ready', expose: { host: 'orders' } },
    uses: [db, external('api.stripe.com'), external('api.stripe.com', 8443)],
  });
  return platform.render();
}

const groupsOf = ({ manifests }: Rendering, name: string): readonly RuleGroup[] =>
  (manifests.get('prod/shop/environment.k8s.yaml') ?? [])
    .filter(({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name === name)
    .flatMap(({ spec }) => (spec as { readonly groups: readonly RuleGroup[] }).groups);

const testsOf = ({ files }: Rendering): readonly string[] =>
  [...files.keys()].filter((name) => name.startsWith('tests/shop/prod.'));

describe('the alerts of an environment', () => {
  it('watch its backing services by the signal of their provider, and hosts outside by probes', () => {
    const rendering = render({ gateway });
    expect(rendering.problems).toEqual([]);
    const [group] = groupsOf(rendering, 'shop-services');
    expect(group).toMatchObject({ name: 'shop.prod.services', interval: '30s' });
    const labels = { application: 'shop', environment: 'prod' };
    expect(group?.rules).toMatchObject([
      {
        record: 'golden_path:service_up',
        labels: { ...labels, service: 'orders-db', kind: 'backing-service' },
      },
      {
        alert: 'BackingServiceDown',
        for: '5m',
        labels: { ...labels, service: 'orders-db', team: 'team-a', severity: 'ticket' },
        annotations: {
          runbook_url: 'https://runbooks.example.com/shop/orders-db#BackingServiceDown',
        },
      },
      {
        record: 'golden_path:service_up',
        expr: String.raw`max(probe_success{instance=~"([a-z0-9+.-]+://)?api\\.stripe\\.com(:(443|8443))?([/?].*)?"})`,
        labels: { ...labels, service: 'api.stripe.com', kind: 'external' },
      },
      { alert: 'ExternalHostDown', labels: { service: 'api.stripe.com', severity: 'ticket' } },
    ]);
    expect(testsOf(rendering)).toEqual([
      'tests/shop/prod.services.rules',
      'tests/shop/prod.services.test',
    ]);
  });

  it('watch the certificates that cert-manager keeps, and no others', () => {
    const certificates = (differing: Partial<EnvironmentProps>): readonly string[] =>
      groupsOf(render(differing), 'shop-certificates').flatMap(({ name, rules }) => [
        name,
        ...rules.map(({ alert = '', labels }) => `${alert} of ${labels?.service ?? ''}`),
      ]);
    const both = [
      'shop.prod.certificates',
      'CertificateExpiring of orders',
      'CertificateNotReady of orders',
    ];
    expect(certificates({ gateway: { ...gateway, listenerSet: { issuer } } })).toEqual(both);
    expect(certificates({ ingress: { className: 'nginx', peers, issuer } })).toEqual(both);
    // The listeners of a shared Gateway are their owner's, and so is a controller's own certificate.
    expect(certificates({ gateway })).toEqual([]);
    expect(certificates({ ingress: { className: 'nginx', peers } })).toEqual([]);
  });

  it('are none where nobody watches', () => {
    const rendering = render({ gateway, omits: { signals: 'nobody is on call' } });
    expect(rendering.problems).toEqual([]);
    expect(groupsOf(rendering, 'shop-services')).toEqual([]);
    expect(testsOf(rendering)).toEqual([]);
  });

  it('pass over a backing service whose provider names no signal', () => {
    const silent = {
      name: 'silent()',
      supplies: {
        postgres: () => ({ manifests: [], reach: [], gives: {}, statement: { engine: 'x' } }),
      },
    };
    const rendering = render({ gateway, providers: { default: silent as never } });
    expect(groupsOf(rendering, 'shop-services').flatMap(({ rules }) => rules)).toHaveLength(2);
  });

  it('know an existing service by labels of its own, and none of the same name elsewhere', () => {
    const database = existing({
      ...{ engine: 'PostgreSQL of the database team', tls: 'required' },
      ...{ to: [{ cidr: '10.20.0.0/16' }], ports: [5432] },
    });
    const [group] = groupsOf(
      render({ gateway, providers: { default: database } }),
      'shop-services',
    );
    expect(group?.rules[0]?.expr).toContain(
      'max(probe_success{application="shop",environment="prod",service="orders-db"})',
    );
  });
});
