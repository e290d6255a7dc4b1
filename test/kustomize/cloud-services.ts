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
import { azureAccount, googleProject } from '../accounts';

/** Google Cloud with everything in it. */
export const google = gcp(googleProject);

export const fromGoogle: Providers = { default: google };

export const fromAzure: Providers = {
  default: azure(azureAccount),
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
