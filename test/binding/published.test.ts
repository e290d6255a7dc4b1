import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  http,
  later,
  Namespaces,
  Platform,
  published,
  soft,
  WebService,
  Worker,
  type EnvironmentProps,
  type Manifest,
  type Problem,
  type PublishedService,
  type Rendering,
} from '../../lib';

const stock = published({
  application: 'warehouse',
  service: 'stock',
  port: 8080,
  servicePort: 80,
});
const feed = published({ application: 'warehouse', service: 'feed', port: 9000, scheme: 'grpc' });
const good = { image: 'x/y:1', health: '/ready' } as const;

const facts: EnvironmentProps = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.single(),
  capabilities: ['reloader'],
};
const places = (): Environment[] => [
  new Environment<string>('dev', facts),
  new Environment<string>('prod', {
    ...facts,
    namespace: Namespaces.existing((application) => `${application}-live`),
  }),
];

const addWarehouse = (platform: Platform): void => {
  const warehouse = new Application(platform, 'warehouse', { owner: 'team-w' });
  const port = http(8080, { servicePort: 80 });
  const publish = { contract: stock, to: ['shop', 'crm'] };
  new WebService(warehouse, 'stock', { ...good, port, publish });
};
const addShop = (platform: Platform, contract: PublishedService = stock): void => {
  const shop = new Application(platform, 'shop', { owner: 'team-s' });
  new WebService(shop, 'orders', {
    ...good,
    port: 8080,
    env: { STOCK_URL: contract.url, STOCK: later(() => contract.address), FEED: soft(feed.url) },
    sidecars: { proxy: { image: 'x/z:1', env: { HOST: contract.host, PORT: contract.port } } },
  });
  new Worker(shop, 'mailer', { image: 'x/y:1', uses: [soft(contract)] });
};
const render = (
  make: (platform: Platform) => void,
  environments: readonly Environment[] = places(),
): Rendering => {
  const platform = new Platform({ environments });
  make(platform);
  return platform.render();
};
const both = (): Rendering =>
  render((platform) => {
    addShop(platform);
    const warehouse = new Application(platform, 'warehouse', { owner: 'team-w' });
    const port = http(8080, { servicePort: 80 });
    new WebService(warehouse, 'stock', {
      ...good,
      port,
      publish: { contract: stock, to: ['shop'] },
    });
  });
const find = ({ manifests }: Rendering, file: string, name: string): Manifest | undefined =>
  manifests.get(`${file}/environment.k8s.yaml`)?.find(({ metadata }) => metadata.name === name);
const errors = ({ problems }: Rendering): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

describe('a published contract', () => {
  it('is read from the settings, whose text each environment gives', () => {
    const rendering = render(addShop);
    expect(rendering.problems).toEqual([]);
    expect(find(rendering, 'dev/shop', 'orders-settings')?.data).toEqual({
      STOCK_URL: 'http://stock.warehouse-dev.svc',
      STOCK: 'stock.warehouse-dev.svc:80',
      FEED: 'grpc://feed.warehouse-dev.svc:9000',
      'proxy.HOST': 'stock.warehouse-dev.svc',
      'proxy.PORT': '80',
    });
    expect(find(rendering, 'prod/shop', 'orders-settings')?.data).toMatchObject({
      STOCK_URL: 'http://stock.warehouse-live.svc',
    });
    const text = rendering.files.get('dev/shop/application.k8s.yaml') ?? '';
    expect(text).toContain('name: orders-settings');
    expect(text).not.toContain('warehouse');
  });

  it('opens the way out to the pods of the service, in the namespace of its application', () => {
    const rendering = render(addShop);
    const to = (name: string) => [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'warehouse-live' } },
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'warehouse' },
        },
      },
    ];
    expect(find(rendering, 'prod/shop', 'orders-allow-imports')?.spec).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/part-of': 'shop' },
      },
      policyTypes: ['Egress'],
      egress: [
        { to: to('feed'), ports: [{ protocol: 'TCP', port: 9000 }] },
        { to: to('stock'), ports: [{ protocol: 'TCP', port: 8080 }] },
      ],
    });
    expect(find(rendering, 'prod/shop', 'mailer-allow-imports')?.spec).toMatchObject({
      egress: [{ to: to('stock') }],
    });
  });

  it('opens the way in to the applications that it is published to', () => {
    const rendering = render(addWarehouse);
    expect(rendering.problems).toEqual([]);
    const from = (application: string) => ({
      namespaceSelector: {
        matchLabels: { 'kubernetes.io/metadata.name': `${application}-dev` },
      },
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
          'app.kubernetes.io/part-of': application,
        },
      },
    });
    expect(find(rendering, 'dev/warehouse', 'stock-allow-importers')?.spec).toEqual({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/name': 'stock',
          'app.kubernetes.io/part-of': 'warehouse',
        },
      },
      policyTypes: ['Ingress'],
      ingress: [{ from: [from('crm'), from('shop')], ports: [{ protocol: 'TCP', port: 8080 }] }],
    });
  });

  it('selects pods at both ends whatever labels the platform selects by', () => {
    const platform = new Platform({ environments: places(), defaults: { selector: ['app'] } });
    addWarehouse(platform);
    const { manifests } = platform.render();
    const [pod] = (manifests.get('dev/warehouse/application.k8s.yaml') ?? [])
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => (spec as { template: Manifest }).template.metadata.labels);
    const rendering = render(addShop);
    const spec = find(rendering, 'dev/shop', 'mailer-allow-imports')?.spec as {
      egress: { to: { podSelector: { matchLabels: object } }[] }[];
    };
    expect(pod).toMatchObject(spec.egress[0]?.to[0]?.podSelector.matchLabels ?? { none: '' });
  });

  it('stands in the model as an edge, hard or soft, and as a publication', () => {
    const [shop, warehouse] = both().models;
    expect(shop?.edges).toEqual([
      { from: 'mailer', to: 'warehouse/stock', kind: 'published', port: 8080, soft: true },
      { from: 'orders', to: 'warehouse/feed', kind: 'published', port: 9000, soft: true },
      { from: 'orders', to: 'warehouse/stock', kind: 'published', port: 8080, soft: false },
    ]);
    expect(warehouse?.workloads[0]?.publication).toEqual({
      contract: stock.published,
      to: ['shop'],
    });
  });

  it('is plain data: it survives the way through JSON', () => {
    const copy = JSON.parse(JSON.stringify(stock)) as PublishedService;
    const once = render(addShop);
    const again = render((platform) => {
      addShop(platform, copy);
    });
    expect(errors(again)).toEqual([]);
    expect([...again.files]).toEqual([...once.files]);
  });

  it('leaves the bytes of phase 1 alone, whatever the environments are', () => {
    const other = new Environment<string>('other', {
      ...facts,
      namespace: Namespaces.existing('everything'),
    });
    const files = [render(addShop, [other]), render(addShop)].map(({ files: each }) =>
      [...each].flatMap(([name, text]) => (name.endsWith('application.k8s.yaml') ? [text] : [])),
    );
    expect(new Set(files.flat()).size).toBe(1);
  });

  it('with a namespace that is none is a problem at both ends', () => {
    const namespace = Namespaces.existing((name) => (name === 'warehouse' ? 'A B' : `${name}-x`));
    const rendering = render(addShop, [new Environment<string>('dev', { ...facts, namespace })]);
    expect(errors(rendering)[0]).toMatchObject({
      code: 'NamespaceInvalid',
      at: 'shop/orders in dev',
      found: 'the environment gives the application warehouse no namespace that Kubernetes accepts',
      fix: 'Mend the namespace rule of the environment',
    });
  });

  it('that nobody of this platform owns is taken as it is', () => {
    expect(render(addShop).problems).toEqual([]);
  });

  it('becomes no text', () => {
    // @ts-expect-error - it is known in an environment alone
    const text: string = stock.url;
    expect(typeof text).toBe('object');
  });
});
