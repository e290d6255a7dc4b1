import { Capacity, Dns, Environment, Platform } from 'cdk8s-golden-path';

const cluster = {
  network: { dns: Dns.kubeDns() },
  secretStore: { kind: 'ClusterSecretStore', name: 'vault' },
  capabilities: ['reloader'],
} as const;

export const platform = () =>
  new Platform({
    environments: [
      new Environment('dev', {
        domain: 'dev.example.com',
        capacity: Capacity.single(),
        ...cluster,
      }),
      new Environment('staging', {
        domain: 'staging.example.com',
        capacity: Capacity.atMost(3),
        ...cluster,
      }),
      new Environment('prod', {
        domain: 'example.com',
        capacity: Capacity.asDeclared(),
        ...cluster,
      }),
    ],
  });

declare module 'cdk8s-golden-path' {
  interface Register {
    platform: ReturnType<typeof platform>;
  }
}
