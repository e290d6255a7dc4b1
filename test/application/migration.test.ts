import { describe, expect, it } from '@jest/globals';
import { JsonPatch } from 'cdk8s';
import {
  Application,
  external,
  grpc,
  perEnvironment,
  renderProblem,
  secret,
  Size,
  WebService,
  Worker,
  type Manifest,
  type Migrate,
  type PerEnvironment,
  type RunningProps,
  type WebServiceProps,
} from '../../lib';
import { synthesize, synthesizeIn, type Synthesis } from '../../lib/testing';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;
const migrate: Migrate = { command: ['bin/orders', 'migrate'] };
const levels = { dev: 'debug', staging: 'info', prod: 'info' } as PerEnvironment;

const withOrders = (
  props: Partial<Record<keyof RunningProps, unknown>> = {},
  more: (app: Application, orders: WebService) => unknown = () => undefined,
): Synthesis =>
  synthesizeIn((app) => {
    more(app, new WebService(app, 'orders', { ...good, migrate, ...props } as WebServiceProps));
  });
const jobs = (synthesis: Synthesis): readonly Manifest[] =>
  synthesis.objects().filter(({ kind }) => kind === 'Job');
const jobOf = (props?: Partial<RunningProps>): Manifest => {
  const [job, ...others] = jobs(withOrders(props));
  expect(others).toEqual([]);
  return job!;
};
const nameOf = (props?: Partial<RunningProps>): string => jobOf(props).metadata.name;

describe('a migration', () => {
  it('is a Job that ends, tries again, survives a drained node, and stays', () => {
    const { spec } = jobOf();
    expect(spec).toEqual({
      activeDeadlineSeconds: 1800,
      backoffLimit: 6,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ],
      },
      template: expect.objectContaining({
        spec: expect.objectContaining({
          restartPolicy: 'Never',
          serviceAccountName: 'orders-migrate',
          automountServiceAccountToken: false,
        }) as unknown,
      }) as unknown,
    });
    const given = jobOf({ migrate: { ...migrate, deadlineSeconds: 3600, retries: 0 } });
    expect(given.spec).toMatchObject({ activeDeadlineSeconds: 3600, backoffLimit: 0 });
  });

  it('stays when the next release comes, whoever reconciles, and comes before the rest', () => {
    expect(jobOf().metadata.annotations).toEqual({
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'argocd.argoproj.io/sync-wave': '-1',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });

  it('has the image, variables, files, user, scratch and size of the workload, and its own command', () => {
    const props = {
      user: 1234,
      size: Size.M,
      args: ['serve'],
      env: { LEVEL: perEnvironment(levels), KEY: secret('orders-key') },
      files: { '/etc/keys/signing.pem': secret('signing-key') },
      scratch: ['/var/cache/orders'],
      init: { warm: { image: 'ghcr.io/example/warm:1' } },
      sidecars: { proxy: { image: 'ghcr.io/example/proxy:1' } },
      metrics: {},
      annotations: { 'example.com/agent': 'on' },
    };
    const synthesis = withOrders(props);
    expect(synthesis.problems).toEqual([]);
    const podOf = (manifest: Manifest | undefined) =>
      (manifest?.spec as { template: { metadata: object; spec: PodSpec } }).template;
    interface PodSpec {
      readonly containers: readonly Readonly<Record<string, unknown>>[];
      readonly [field: string]: unknown;
    }
    const own = podOf(jobs(synthesis)[0]);
    const serving = podOf(synthesis.find({ kind: 'Deployment', name: 'orders' }));
    const [container] = own.spec.containers;
    const [main] = serving.spec.containers;
    for (const field of ['image', 'resources', 'securityContext']) {
      expect(container?.[field]).toEqual(main?.[field]);
    }
    expect(own.spec.securityContext).toEqual(serving.spec.securityContext);
    expect(container).toMatchObject({ name: 'orders-migrate', command: migrate.command });
    expect(container?.env).toEqual([
      { name: 'HOME', value: '/tmp' },
      {
        name: 'LEVEL',
        valueFrom: { configMapKeyRef: { name: 'orders-migrate-settings', key: 'LEVEL' } },
      },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'orders-key', key: 'value' } } },
    ]);
    const mounts = container?.volumeMounts as readonly { readonly mountPath: string }[];
    expect(mounts.map(({ mountPath }) => mountPath)).toEqual([
      '/tmp',
      '/var/cache/orders',
      '/etc/keys',
    ]);
    for (const field of ['args', 'ports', 'lifecycle', 'livenessProbe', 'readinessProbe']) {
      expect(container).not.toHaveProperty(field);
    }
    expect(own.spec).not.toHaveProperty('initContainers');
    expect(own.metadata).not.toHaveProperty(['annotations', 'example.com/agent']);
    const sized = jobs(withOrders({ ...props, migrate: { ...migrate, size: Size.XL } }))[0];
    expect(podOf(sized).spec.containers[0]?.resources).not.toEqual(main?.resources);
  });

  it('is selected by nothing that selects the workload', () => {
    const synthesis = withOrders({ metrics: {} });
    const labels = (jobs(synthesis)[0]?.spec as { template: { metadata: { labels: object } } })
      .template.metadata.labels;
    const text = (selector: unknown): string => JSON.stringify(selector);
    const own = { ...labels, 'app.kubernetes.io/component': 'migration' };
    expect(labels).toEqual(own);
    const selectors = synthesis.objects('prod').flatMap(({ kind, metadata, spec }) => {
      const { selector, podSelector } = (spec ?? {}) as Record<string, { matchLabels?: object }>;
      const found = selector ?? podSelector;
      const matched = Object.entries(found?.matchLabels ?? found ?? { none: '' });
      return matched.every(([key, value]) => labels[key as keyof object] === value)
        ? [`${kind}/${metadata.name}`]
        : [];
    });
    expect([selectors, text(labels)]).toEqual([
      ['NetworkPolicy/test-allow-dns', 'NetworkPolicy/orders-migrate'],
      expect.stringContaining('"app":"orders-migrate"'),
    ]);
  });

  it('has another name after any change, and the same one without', () => {
    const first = nameOf();
    expect(first).toMatch(/^orders-migrate-[0-9a-f]{8}$/);
    expect(nameOf()).toBe(first);
    expect(nameOf({ scale: { min: 3, max: 9 }, args: ['serve'] })).toBe(first);
    expect(nameOf({ env: { LEVEL: perEnvironment(levels) } })).toBe(
      nameOf({ env: { LEVEL: perEnvironment({ ...levels, dev: 'trace' }) } }),
    );
    const changes: readonly Partial<RunningProps>[] = [
      { image: 'ghcr.io/example/orders:1.4.3' },
      { env: { A: 'b' } },
      { user: 1234 },
      { migrate: { command: ['bin/orders', 'migrate', '--all'] } },
      { migrate: { ...migrate, deadlineSeconds: 3600 } },
    ];
    const names = changes.map((change) => nameOf(change));
    expect(new Set([first, ...names]).size).toBe(changes.length + 1);
  });

  it('has another name after a patch, as nobody may change the template of a Job', () => {
    const patched = withOrders({}, (_, { migration }) => {
      migration?.job.addJsonPatch(JsonPatch.replace('/spec/backoffLimit', 1));
    });
    expect(patched.problems).toEqual([]);
    const [job] = jobs(patched);
    expect(job?.spec).toMatchObject({ backoffLimit: 1 });
    expect(job?.metadata.name).toMatch(/^orders-migrate-[0-9a-f]{8}$/);
    expect(job?.metadata.name).not.toBe(nameOf());
    expect(patched.model.objects.find(({ kind }) => kind === 'Job')).toEqual({
      kind: 'Job',
      name: job?.metadata.name,
      file: 'migrate/application.k8s.yaml',
      path: 'test/orders/orders-migrate/job',
      patches: 1,
    });
  });

  it('is a workload of the model, with the dependencies of the one whose release waits for it', () => {
    const synthesis = synthesizeIn((app) => {
      const ads = new WebService(app, 'ads', { image: 'x/ads:1', port: grpc(9555) });
      const env = { ADS: ads.address };
      new Worker(app, 'mailer', { image: 'x/m:1', env, uses: [external('x.test')], migrate });
    });
    const { workloads, edges } = synthesis.model;
    expect(workloads.map(({ name, kind }) => [name, kind])).toEqual([
      ['ads', 'web-service'],
      ['mailer', 'worker'],
      ['mailer-migrate', 'migration'],
    ]);
    expect(workloads[2]).toMatchObject({
      path: 'test/mailer/mailer-migrate',
      migration: { of: 'mailer', deadlineSeconds: 1800 },
    });
    expect(workloads[2]).not.toHaveProperty('scale');
    const to = (from: string) =>
      edges.filter((edge) => edge.from === from).map((edge) => ({ ...edge, from: '' }));
    expect(to('mailer-migrate')).toEqual(to('mailer'));
    expect(to('mailer')).toHaveLength(2);
  });

  it('brings its way in along: it comes before the policy of whom it calls', () => {
    const synthesis = synthesizeIn((app) => {
      const ads = new WebService(app, 'ads', { image: 'x/ads:1', port: grpc(9555) });
      new Worker(app, 'mailer', { image: 'x/m:1', env: { ADS: ads.address }, migrate });
    });
    const callersOf = (name: string): string =>
      JSON.stringify(synthesis.find({ kind: 'NetworkPolicy', name }).spec);
    expect(callersOf('ads')).not.toContain('mailer-migrate');
    expect(callersOf('mailer-migrate-to-ads')).toContain('"app.kubernetes.io/name":"ads"');
    const first = synthesis.files.get('dev/test/migrate/application.k8s.yaml');
    expect(first).toContain('name: mailer-migrate-to-ads\n');
  });

  it('stands where its workload stands, in a file of its own', () => {
    const presence = { stages: ['dev'], reason: 'prod sends no mail' } as const;
    const { files, problems } = withOrders({}, (app) => {
      new Worker(app, 'mailer', { image: 'x/m:1', migrate, presence });
    });
    expect(problems).toEqual([]);
    const below = (folder: string) =>
      [...files.keys()].filter((name) => name.startsWith(folder)).sort();
    expect(below('dev/test/migrate/')).toEqual([
      'dev/test/migrate/application.k8s.yaml',
      'dev/test/migrate/environment.k8s.yaml',
      'dev/test/migrate/kustomization.yaml',
      'dev/test/migrate/mailer-migrate.k8s.yaml',
    ]);
    expect(below('prod/test/migrate/')).toHaveLength(3);
    expect(files.get('prod/test/migrate/environment.k8s.yaml')).not.toContain('mailer');
  });

  it.each([
    ['in its props', { image: 'x/y:latest', env: { 'A B': 'c' } }],
    ['in its values', { env: { LEVEL: perEnvironment({ dev: 'a', production: 'b' } as never) } }],
  ])('leaves it to its workload to say what is wrong %s', (_, wrong) => {
    const linesOf = ({ problems }: Synthesis) => problems.map(renderProblem);
    const expected = linesOf(withOrders({ ...wrong, migrate: undefined }));
    expect(expected.length).toBeGreaterThan(1);
    expect(linesOf(withOrders(wrong))).toEqual(expected);
  });

  it('leaves it to its workload to say what is wrong with its dependencies', () => {
    const withMock = (props: object): Synthesis =>
      synthesize((platform) => {
        const app = new Application(platform, 'test', { owner: 'team-test' });
        const presence = { stages: ['dev'], reason: 'a mock' } as const;
        const mock = new WebService(app, 'mock', { ...good, presence });
        const other = new Application(platform, 'other', { owner: 'team-b' });
        const far = new WebService(other, 'far', good);
        const env = { MOCK: mock.address, FAR: far.address };
        new WebService(app, 'orders', { ...good, env, ...props });
      });
    const codesOf = ({ problems }: Synthesis) => problems.map(({ code, at }) => `${code} at ${at}`);
    const expected = ['ForeignReference at test/orders', 'DependencyAbsent at test/orders'];
    expect(codesOf(withMock({}))).toEqual(expected);
    expect(codesOf(withMock({ migrate }))).toEqual(expected);
  });

  it('is not there where there is none', () => {
    const synthesis = synthesizeIn((app) => {
      expect(new WebService(app, 'orders', good).migration).toBeUndefined();
    });
    expect([...synthesis.files.keys()].filter((name) => name.includes('migrate'))).toEqual([]);
  });
});
