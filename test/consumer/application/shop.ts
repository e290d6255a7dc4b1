import { Application, perEnvironment, secret, Size, WebService } from 'cdk8s-golden-path';
import { Construct } from 'constructs';

export class Shop extends Application {
  constructor(scope: Construct) {
    super(scope, 'shop', { owner: 'team-checkout' });
    new WebService(this, 'orders', {
      image: 'ghcr.io/example/orders:1.4.2',
      port: 8080,
      health: { readiness: '/ready', liveness: '/live' },
      size: Size.S,
      scale: { min: 2, max: 10 },
      env: {
        LOG_LEVEL: perEnvironment({ dev: 'debug', staging: 'info', prod: 'info' }),
        STRIPE_KEY: secret('stripe-key'),
      },
    });
  }
}
