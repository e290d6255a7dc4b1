import type { Construct } from 'constructs';
import { Application, grpc, http, Redis, Size, soft, WebService, Worker } from '../lib';

const image = (name: string): string =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:v0.10.6`;

// Exact sizes: Google's CPU requests and memory limits are known, and the rungs that hold both would nearly double the memory in all.
const small = Size.of({ cpu: '100m', memory: '128Mi' });

const untilFrontendAnswers = `for try in $(seq 30); do
  timeout 5 wget -q -O /dev/null "http://$FRONTEND_ADDR/" && exit 0
  echo "try $try of 30: no 200 from $FRONTEND_ADDR"
  sleep 5
done
exit 1
`;

// A page of the frontend needs several of these calls, so each must be better than it.
const called = { availability: 99.95, latency: { under: '250ms', objective: 99 } };
/** What a page can do without. */
const optional = { availability: 99 };

/** Google's shop of eleven services. */
export class OnlineBoutique extends Application {
  public constructor(scope: Construct) {
    super(scope, 'online-boutique', { owner: 'team-boutique' });
    const ads = new WebService(this, 'adservice', {
      image: image('adservice'),
      slo: optional,
      runtime: 'jvm',
      port: grpc(9555),
      size: Size.of({ cpu: '200m', memory: '300Mi' }),
      env: { PORT: '9555' },
    });
    const catalog = new WebService(this, 'productcatalogservice', {
      image: image('productcatalogservice'),
      slo: called,
      runtime: 'go',
      port: grpc(3550),
      size: small,
      env: { PORT: '3550', DISABLE_PROFILER: '1' },
    });
    const currency = new WebService(this, 'currencyservice', {
      image: image('currencyservice'),
      slo: called,
      runtime: 'node',
      port: grpc(7000),
      size: small,
      env: { PORT: '7000', DISABLE_PROFILER: '1' },
    });
    const carts = new Redis(this, 'carts', { size: Size.XS });
    const cart = new WebService(this, 'cartservice', {
      image: image('cartservice'),
      slo: called,
      runtime: 'dotnet',
      port: grpc(7070),
      size: Size.of({ cpu: '200m', memory: '128Mi' }),
      uses: [carts],
      // In the words of its client, StackExchange.Redis.
      env: {
        REDIS_ADDR: '$(REDIS_HOST):$(REDIS_PORT),password=$(REDIS_PASSWORD),ssl=$(REDIS_TLS)',
      },
    });
    const shipping = new WebService(this, 'shippingservice', {
      image: image('shippingservice'),
      slo: called,
      runtime: 'go',
      port: grpc(50051),
      size: small,
      env: { PORT: '50051', DISABLE_PROFILER: '1' },
    });
    const payment = new WebService(this, 'paymentservice', {
      image: image('paymentservice'),
      slo: called,
      runtime: 'node',
      port: grpc(50051),
      size: small,
      env: { PORT: '50051', DISABLE_PROFILER: '1' },
    });
    // The gRPC servers in Python read nothing of what a runtime would be told.
    const email = new WebService(this, 'emailservice', {
      image: image('emailservice'),
      slo: optional,
      port: grpc(8080, { servicePort: 5000 }),
      size: small,
      env: { PORT: '8080', DISABLE_PROFILER: '1' },
    });
    const recommendations = new WebService(this, 'recommendationservice', {
      image: image('recommendationservice'),
      slo: optional,
      port: grpc(8080),
      size: Size.of({ cpu: '100m', memory: '450Mi' }),
      env: {
        PORT: '8080',
        PRODUCT_CATALOG_SERVICE_ADDR: catalog.address,
        DISABLE_PROFILER: '1',
      },
    });
    const checkout = new WebService(this, 'checkoutservice', {
      image: image('checkoutservice'),
      slo: { availability: 99.7, latency: { under: '1s', objective: 99 } },
      runtime: 'go',
      port: grpc(5050),
      size: small,
      env: {
        PORT: '5050',
        PRODUCT_CATALOG_SERVICE_ADDR: catalog.address,
        SHIPPING_SERVICE_ADDR: shipping.address,
        PAYMENT_SERVICE_ADDR: payment.address,
        EMAIL_SERVICE_ADDR: soft(email.address),
        CURRENCY_SERVICE_ADDR: currency.address,
        CART_SERVICE_ADDR: cart.address,
      },
    });
    const frontend = new WebService(this, 'frontend', {
      image: image('frontend'),
      runtime: 'go',
      port: http(8080, { servicePort: 80 }),
      health: {
        readiness: { path: '/_healthz', headers: { Cookie: 'shop_session-id=x-readiness-probe' } },
      },
      size: small,
      env: {
        PORT: '8080',
        PRODUCT_CATALOG_SERVICE_ADDR: catalog.address,
        CURRENCY_SERVICE_ADDR: currency.address,
        CART_SERVICE_ADDR: cart.address,
        RECOMMENDATION_SERVICE_ADDR: soft(recommendations.address),
        SHIPPING_SERVICE_ADDR: shipping.address,
        CHECKOUT_SERVICE_ADDR: checkout.address,
        AD_SERVICE_ADDR: soft(ads.address),
        // It must be set, but the assistant is no part of this shop and is not called.
        SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
        ENABLE_PROFILER: '0',
      },
      expose: { host: 'shop' },
      slo: { availability: 99.5, latency: { under: '1s', objective: 99 } },
    });
    new Worker(this, 'loadgenerator', {
      image: image('loadgenerator'),
      size: Size.of({ cpu: '300m', memory: '512Mi' }),
      slo: { none: 'nobody waits for artificial load' },
      scale: { min: 1, max: 1 },
      env: { FRONTEND_ADDR: frontend.address, USERS: '10', RATE: '1' },
      init: {
        'frontend-check': {
          image:
            'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
          command: ['sh', '-c', untilFrontendAnswers],
          env: { FRONTEND_ADDR: frontend.address },
        },
      },
      presence: {
        stages: ['dev', 'staging'],
        reason: 'artificial load has no place in production',
      },
    });
  }
}
