import type { Construct } from 'constructs';
import { Application, grpc, http, Size, WebService, Worker } from '../lib';

const image = (name: string): string =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:v0.10.6`;

/** Google's shop of eleven services. */
export class OnlineBoutique extends Application {
  public constructor(scope: Construct) {
    super(scope, 'online-boutique', { owner: 'team-boutique' });
    const catalog = new WebService(this, 'productcatalogservice', {
      image: image('productcatalogservice'),
      port: grpc(3550),
      env: { PORT: '3550', DISABLE_PROFILER: '1' },
    });
    const frontend = new WebService(this, 'frontend', {
      image: image('frontend'),
      port: http(8080, { servicePort: 80 }),
      health: {
        readiness: { path: '/_healthz', headers: { Cookie: 'shop_session-id=x-readiness-probe' } },
      },
      size: Size.S,
      env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: catalog.address },
      expose: { host: 'shop' },
    });
    new Worker(this, 'loadgenerator', {
      image: image('loadgenerator'),
      env: { FRONTEND_ADDR: frontend.address, USERS: '10', RATE: '1' },
      presence: {
        stages: ['dev', 'staging'],
        reason: 'artificial load has no place in production',
      },
    });
  }
}
