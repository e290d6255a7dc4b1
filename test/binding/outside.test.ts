import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  Platform,
  soft,
  Worker,
  type ClusterNetwork,
  type Manifest,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const inNetwork = (network: Partial<ClusterNetwork>): Synthesis =>
  synthesize(
    (platform) => {
      const app = new Application(platform, 'shop', { owner: 'team-a' });
      const uses = [external('smtp.example.com', 587), soft(external('api.stripe.com'))];
      new Worker(app, 'mailer', { image: 'x/y:1', uses });
      new Worker(app, 'billing', { image: 'x/y:1', uses: [external('api.stripe.com')] });
      new Worker(app, 'quiet', { image: 'x/y:1' });
    },
    () =>
      new Platform({
        environments: [
          new Environment('dev', {
            capacity: Capacity.single(),
            network: { dns: Dns.kubeDns(), ...network },
          }),
        ],
      }),
  );
const found = (synthesis: Synthesis, kind: string): readonly Manifest[] =>
  synthesis
    .objects('dev')
    .filter((each) => each.kind === kind && !each.metadata.name.endsWith('-allow-dns'))
    .filter(({ metadata }) => kind !== 'NetworkPolicy' || metadata.name.endsWith('-allow-outside'));

describe('hosts outside', () => {
  it('are opened by port alone where nothing knows names', () => {
    const synthesis = inNetwork({});
    expect(synthesis.problems).toEqual([]);
    expect(found(synthesis, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual([
      'mailer-allow-outside',
      'billing-allow-outside',
    ]);
    expect(found(synthesis, 'CiliumNetworkPolicy')).toEqual([]);
    expect(found(synthesis, 'ServiceEntry')).toEqual([]);
  });

  it('are opened by name with Cilium, which is shown the answers of DNS, and not by port', () => {
    const synthesis = inNetwork({ names: 'cilium', outside: [] });
    expect(synthesis.problems).toEqual([]);
    expect(found(synthesis, 'NetworkPolicy')).toEqual([]);
    const [mailer, billing] = found(synthesis, 'CiliumNetworkPolicy');
    expect(mailer?.metadata.name).toBe('mailer-allow-outside');
    expect(mailer?.spec).toEqual({
      endpointSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'mailer', 'app.kubernetes.io/part-of': 'shop' },
      },
      egress: [
        {
          toEndpoints: [
            {
              matchLabels: {
                'k8s:io.kubernetes.pod.namespace': 'kube-system',
                'k8s:k8s-app': 'kube-dns',
              },
            },
          ],
          toPorts: [
            {
              ports: [{ port: '53', protocol: 'ANY' }],
              rules: { dns: [{ matchPattern: '*' }] },
            },
          ],
        },
        {
          toFQDNs: [{ matchName: 'api.stripe.com' }],
          toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
        },
        {
          toFQDNs: [{ matchName: 'smtp.example.com' }],
          toPorts: [{ ports: [{ port: '587', protocol: 'TCP' }] }],
        },
      ],
    });
    expect(billing?.metadata.name).toBe('billing-allow-outside');
  });

  it('are opened with Cilium where DNS is asked at addresses, in any namespace, on other ports', () => {
    const dns: Dns = { peers: [{ cidr: '169.254.20.10/32' }, {}], ports: [5353] };
    const [policy] = found(inNetwork({ names: 'cilium', dns }), 'CiliumNetworkPolicy');
    const toPorts = [
      {
        ports: [{ port: '5353', protocol: 'ANY' }],
        rules: { dns: [{ matchPattern: '*' }] },
      },
    ];
    const key = 'k8s:io.kubernetes.pod.namespace';
    expect((policy?.spec as { egress: readonly unknown[] }).egress.slice(0, 2)).toEqual([
      { toEndpoints: [{ matchExpressions: [{ key, operator: 'Exists' }] }], toPorts },
      { toCIDRSet: [{ cidr: '169.254.20.10/32' }], toPorts },
    ]);
  });

  it('are told to Istio for the namespace alone, each once, while the ports stay narrow', () => {
    const synthesis = inNetwork({ names: 'istio' });
    expect(synthesis.problems).toEqual([]);
    expect(found(synthesis, 'NetworkPolicy')).toEqual(found(inNetwork({}), 'NetworkPolicy'));
    const entries = found(synthesis, 'ServiceEntry');
    expect(entries.map(({ metadata }) => metadata.name)).toEqual([
      'shop-api.stripe.com',
      'shop-smtp.example.com',
    ]);
    expect(entries.map(({ spec }) => spec)).toEqual([
      {
        hosts: ['api.stripe.com'],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        exportTo: ['.'],
        ports: [{ number: 443, name: 'tls-443', protocol: 'TLS' }],
      },
      {
        hosts: ['smtp.example.com'],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        exportTo: ['.'],
        ports: [{ number: 587, name: 'tcp-587', protocol: 'TCP' }],
      },
    ]);
  });

  it('leave the bytes of the application alone', () => {
    const digests = [inNetwork({}), inNetwork({ names: 'cilium' }), inNetwork({ names: 'istio' })];
    const [first, ...others] = digests.map(({ model }) => model.digests);
    for (const other of others) expect(other).toEqual(first);
  });

  it('are known by nothing else', () => {
    const { problems } = inNetwork({ names: 'calico' as never });
    expect(problems.map(({ code, found: what, fix }) => [code, what, fix])).toEqual([
      ['PropInvalid', "network.names is 'calico'", "Give 'cilium' or 'istio'"],
    ]);
  });
});
