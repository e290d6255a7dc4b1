import { Capacity, Dns, Environment, Platform, type EnvironmentProps } from '../lib';

/** What the clusters of this example have in common. */
const cluster = {
  network: {
    dns: Dns.kubeDns(),
    metrics: [{ namespace: 'monitoring', pods: { 'app.kubernetes.io/name': 'prometheus' } }],
  },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    sectionName: 'https',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault' },
  capabilities: ['reloader', 'observability'],
} as const satisfies Partial<EnvironmentProps>;

/** The platform of this repository's applications: a factory, so that each test and program has one of its own. */
export const platform = () =>
  new Platform({
    environments: [
      new Environment('dev', {
        ...cluster,
        domain: 'dev.example.com',
        capacity: Capacity.single(),
      }),
      new Environment('staging', {
        ...cluster,
        domain: 'staging.example.com',
        capacity: Capacity.atMost(3),
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'example.com',
        capacity: Capacity.asDeclared(),
      }),
    ],
    guardrails: {
      pack: 'strict',
      without: {
        'image-digest-pinned': 'Google publishes the images of this release by tag',
      },
    },
  });

declare module '../lib' {
  interface Register {
    platform: ReturnType<typeof platform>;
  }
}
