import type { Construct } from 'constructs';
import {
  Application,
  azure,
  Bucket,
  Capacity,
  Dns,
  Environment,
  existing,
  gcp,
  MySql,
  Platform,
  Postgres,
  Redis,
  Size,
  WebService,
  type EnvironmentProps,
  type Providers,
} from '../../lib';

/** Google Cloud with everything in it. */
export const google = gcp({
  project: 'shop-prod',
  region: 'europe-west3',
  network: 'projects/shop-net/global/networks/main',
  services: ['10.120.0.0/16'],
  apis: ['199.36.153.8/30'],
});

export const fromGoogle: Providers = { default: google };

const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop-prod';
const place = (kind: string) => ({
  subnet: `${group}/providers/Microsoft.Network/virtualNetworks/main/subnets/${kind}`,
  dnsZone: `${group}/providers/Microsoft.Network/privateDnsZones/${kind}.private`,
  cidr: '10.20.0.0/24',
});

export const fromAzure: Providers = {
  default: azure({
    subscription: '11111111-2222-3333-4444-555555555555',
    resourceGroup: 'shop-prod',
    location: 'westeurope',
    postgres: place('postgres'),
    mysql: place('mysql'),
    redis: place('redis'),
  }),
  bucket: existing({
    engine: 'a store of the platform team',
    to: [{ cidr: '10.30.0.0/16' }],
    ports: [443],
    tls: 'required',
    values: { bucket: 'invoices', region: 'eu' },
  }),
};

const cluster: EnvironmentProps = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.asDeclared(),
  secretStore: { name: 'vault' },
  capabilities: ['reloader'],
};

/** An application with what clouds supply, kept and not, in environments of Google and Azure. */
export function cloudPlatform(outdir?: string): Platform {
  const platform = new Platform({
    ...(outdir !== undefined && { outdir }),
    environments: [
      new Environment('google', { ...cluster, stage: 'prod', providers: fromGoogle }),
      new Environment('small', {
        ...cluster,
        stage: 'dev',
        capacity: Capacity.single(),
        providers: fromGoogle,
      }),
      new Environment('azure', { ...cluster, stage: 'prod', providers: fromAzure }),
    ],
    guardrails: { pack: 'strict' },
  });
  new CloudServices(platform);
  return platform;
}

class CloudServices extends Application {
  public constructor(scope: Construct) {
    super(scope, 'shop', { owner: 'team-shop' });
    const uses = [
      new Postgres(this, 'orders-db', { version: 16, extensions: ['pgcrypto'], size: Size.M }),
      new MySql(this, 'wiki-db', { version: '8.0', deletionPolicy: 'delete' }),
      new Redis(this, 'cache', { version: 6, size: Size.L }),
      new Bucket(this, 'invoices', { expireDays: 90 }),
    ];
    new WebService(this, 'orders', {
      image: `ghcr.io/example/orders:1.4.2@sha256:${'a'.repeat(64)}`,
      port: 8080,
      health: { readiness: '/ready', liveness: '/live' },
      uses,
    });
  }
}
