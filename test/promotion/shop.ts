import type { Construct } from 'constructs';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  grpc,
  perEnvironment,
  Platform,
  secret,
  WebService,
  type EnvironmentProps,
} from '../../lib';

/** What a commit of the shop's repository says. */
export interface Source {
  /** The version of the orders image. */
  readonly orders: string;
  /** Whether the shop has its workload `ads`. @default true */
  readonly ads?: boolean;
  /** What prod differs in from the first release. */
  readonly prod?: Partial<EnvironmentProps>;
  /** The log level in prod. @default 'info' */
  readonly logLevel?: string;
}

const cluster = {
  network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault' },
  capabilities: ['reloader', 'observability'],
} as const satisfies Partial<EnvironmentProps>;

/** Synthesizes one commit into a folder that no other commit was synthesized into. */
export function synthesize(source: Source, outdir: string): void {
  const app = new Platform({
    outdir,
    environments: [
      new Environment('dev', { ...cluster, domain: 'dev.test', capacity: Capacity.single() }),
      new Environment('staging', {
        ...cluster,
        domain: 'staging.test',
        capacity: Capacity.atMost(3),
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'prod.test',
        capacity: Capacity.asDeclared(),
        ...source.prod,
      }),
    ],
  });
  new Shop(app, source);
  app.synth();
}

class Shop extends Application {
  public constructor(scope: Construct, { orders, ads = true, logLevel = 'info' }: Source) {
    super(scope, 'shop', { owner: 'team-checkout' });
    new WebService(this, 'orders', {
      image: `ghcr.io/example/orders:${orders}`,
      port: 8080,
      health: '/ready',
      metrics: {},
      expose: { host: 'orders' },
      env: {
        LOG_LEVEL: perEnvironment({ dev: 'debug', staging: 'info', prod: logLevel }),
        ...(ads && { ADS_ADDR: this.#ads().address }),
      },
    });
  }

  /** A workload that has one of everything. */
  #ads(): WebService {
    return new WebService(this, 'ads', {
      image: 'ghcr.io/example/ads:2.1.0',
      port: grpc(9555),
      metrics: { port: 9464 },
      expose: { host: 'ads' },
      env: {
        CAMPAIGN: perEnvironment({ dev: 'test', staging: 'test', prod: 'spring' }),
        API_KEY: secret('ads-key'),
      },
      uses: [external('ads.example.com')],
    });
  }
}
