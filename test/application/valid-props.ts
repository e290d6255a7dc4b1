import fc from 'fast-check';
import {
  call,
  external,
  grpc,
  http,
  later,
  perEnvironment,
  published,
  runtimes,
  secret,
  Size,
  sizeNames,
  soft,
  tcp,
  type ContainerProps,
  type EnvValue,
  type GrpcExposure,
  type HealthCheck,
  type HealthProps,
  type HttpExposure,
  type InitProps,
  type PerEnvironment,
  type Port,
  type Protocol,
  type RunningProps,
  type ScheduledJobProps,
  type SidecarProps,
  type WebServiceProps,
  type WorkerProps,
} from '../../lib';
import { exposure } from './valid-exposure';
import { backend, between, image, matching, props, stages, text, word } from './valid-parts';

/** Those above are left to sidecars: containers of a pod share its network. */
const port = between(1024, 59_999);
const secrets = fc
  .tuple(matching(/^[a-z]{1,8}(\.[a-z]{1,4})?$/), matching(/^[\w-]{1,8}$/))
  .map(([store, key]) => secret(store, key));
const hosts = fc
  .tuple(
    fc.constantFrom('api.stripe.com', '0.pool.ntp.org', 'x.internal'),
    fc.integer({ min: 1, max: 65535 }),
  )
  .map(([host, number]) => external(host, number));
const endpoints = fc
  .oneof(fc.constant(backend), hosts)
  .chain((known) =>
    fc.constantFrom(known, soft(known), call(known, { timeout: '1ms', attempts: 1 })),
  );
const parts = fc
  .tuple(endpoints, fc.constantFrom('address' as const, 'host' as const, 'url' as const))
  .map(([known, part]) => known[part]);

const contract = published({ application: 'warehouse', service: 'stock', port: 8080 });
const imports = fc.constantFrom(
  contract.url,
  call(contract, { timeout: '1ms', soft: true }).url,
  soft(contract).address,
  contract.host,
  contract.port,
);

const envValue: fc.Arbitrary<EnvValue> = fc.oneof(
  { weight: 3, arbitrary: text },
  parts,
  imports,
  fc.tuple(text, parts).map(([path, part]) => `${String(part)}/${path}`),
  parts.map((part) => later(() => part)),
  secrets,
  fc.tuple(text, text).map(([dev, prod]) => perEnvironment({ dev, prod } as PerEnvironment)),
);

const fixedSize = fc.oneof(
  fc.constantFrom(...sizeNames).map((rung) => Size[rung]),
  fc
    .tuple(fc.integer({ min: 1, max: 64_000 }), fc.integer({ min: 4, max: 65_536 }))
    .map(([milli, mebi]) => Size.of({ cpu: `${milli}m`, memory: `${mebi}Mi` })),
  fc.constantFrom(Size.of({ cpu: '1.5', memory: '1e9' }), Size.of({ cpu: '.5', memory: '2G' })),
);
const size = fc.oneof(
  fixedSize,
  props({ start: fixedSize, tier: fc.constantFrom('critical', 'standard', 'tolerant') }, []).map(
    (given) => Size.measured(given),
  ),
);

const scratch = fc.uniqueArray(
  fc.oneof(
    matching(/^\/scratch\/[A-Za-z0-9_. -]{1,70}$/).filter((path) => !/\/\.\.?$/.test(path)),
    fc
      .tuple(fc.constantFrom('/tmp', '/var/cache'), fc.integer({ min: 1, max: 4096 }))
      .map(([path, mebi]) => ({ path, size: `${mebi}Mi` })),
  ),
  { maxLength: 3, selector: (entry) => (typeof entry === 'string' ? entry : entry.path) },
);

const containerFields: {
  [P in keyof ContainerProps]-?: fc.Arbitrary<NonNullable<ContainerProps[P]>>;
} = {
  image,
  size,
  runtime: fc.constantFrom(...runtimes),
  env: fc.dictionary(
    fc.oneof(matching(/^[A-Z_][A-Z0-9_]{0,12}$/), fc.constantFrom('HOME', '__proto__', 'a.b-c')),
    envValue,
    { maxKeys: 3 },
  ),
  files: fc.dictionary(matching(/^\/keys\/[a-z]{1,2}\/[a-z0-9_]{0,9}\.?[a-z]$/), secrets, {
    maxKeys: 3,
  }),
  command: fc.array(text, { maxLength: 3 }),
  args: fc.array(text, { maxLength: 3 }),
  scratch,
};

/** A check that asks for what nothing else does: readiness and liveness must differ. */
function check(
  what: string,
  number: fc.Arbitrary<number>,
  required: 'port'[],
): fc.Arbitrary<HealthCheck> {
  const seconds = between(1, 3600);
  const timing = {
    periodSeconds: seconds,
    timeoutSeconds: seconds,
    failureThreshold: between(1, 1000),
  };
  return fc.oneof(
    props(
      {
        path: matching(/^[A-Za-z0-9/?&=%-]{0,20}$/).map((path) => `/${what}${path}`),
        headers: fc.dictionary(matching(/^[A-Za-z][A-Za-z-]{0,8}$/), word, { maxKeys: 2 }),
        port: number,
        ...timing,
      },
      ['path', ...required],
    ),
    props({ grpc: word.map((service) => `${what}.${service}`), port: number, ...timing }, [
      'grpc',
      ...required,
    ]),
    props({ tcp: number, ...timing }, ['tcp']),
    props({ exec: fc.array(word).map((words) => [what, ...words]), ...timing }, ['exec']),
  );
}

const healthFields = (required: 'port'[]) => ({
  readiness: check('ready', between(1024, 29_999), required),
  liveness: fc.oneof(
    check('live', between(30_000, 49_999), required),
    fc.constant({ none: 'it restarts itself' }),
  ),
  startup: check('start', between(50_000, 59_999), required),
});
const health = props(healthFields([]), ['readiness']) as fc.Arbitrary<HealthProps>;
/** Without a port of the container, each check brings its own. */
const anyHealth = props(healthFields(['port']), []) as fc.Arbitrary<
  NonNullable<SidecarProps['health']>
>;

const named = <T>(
  prefix: string,
  maxKeys: number,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(
    fc.oneof(
      word.map((end) => `${prefix}-${end}`),
      fc.constant(`${prefix}-${'long'.repeat(14)}ee`),
      fc.constant(`${prefix}-${'long'.repeat(14)}ef`),
    ),
    value,
    { maxKeys, noNullPrototype: true },
  );

/** Sidecars none of which checks a port of another. */
function onPortsOfTheirOwn(
  sidecars: Readonly<Record<string, SidecarProps>>,
): Readonly<Record<string, SidecarProps>> {
  let next = 60_000;
  const moved = (key: string, value: unknown): unknown =>
    (key === 'port' || key === 'tcp') && typeof value === 'number' ? next++ : value;
  const entries = Object.entries(sidecars).map(([id, { health, ...rest }]) => {
    const own = JSON.parse(JSON.stringify(health ?? {}), moved) as NonNullable<typeof health>;
    return [id, health === undefined ? rest : { ...rest, health: own }] as const;
  });
  return Object.fromEntries(entries);
}

const workloadFields = {
  ...containerFields,
  user: fc.oneof(
    fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    fc.constantFrom('image' as const, 'assigned' as const),
  ),
  init: named(
    'init',
    1,
    props({ ...containerFields, size: fixedSize }, ['image']) as fc.Arbitrary<InitProps>,
  ),
  sidecars: named(
    'side',
    2,
    props({ ...containerFields, health: anyHealth }, ['image']) as fc.Arbitrary<SidecarProps>,
  ).map(onPortsOfTheirOwn),
  uses: fc.array(
    endpoints.chain((known) =>
      fc.constantFrom(
        known,
        known.address,
        later(() => known),
      ),
    ),
    { maxLength: 3 },
  ),
  metrics: props(
    {
      port,
      path: matching(/^\/[a-z/]{0,9}$/),
      interval: fc.constantFrom('15s', '1m30s', '2h', '500ms'),
      sampleLimit: between(1, 100_000),
    },
    ['port'],
  ),
  annotations: fc.dictionary(matching(/^([a-z]{1,6}\.io\/)?[a-zA-Z0-9]{1,9}$/), text, {
    maxKeys: 2,
  }),
  presence: fc.record({
    stages: fc.subarray([...stages], { minLength: 1 }),
    reason: text.filter((reason) => reason !== ''),
  }),
};

const sentence = matching(/^[A-Z][a-z |`*]{0,40}[a-z.]$/);
const response = fc.record({
  when: fc.constantFrom(['SLOErrorBudgetBurnPage'] as const, ['WorkloadOutOfMemory'] as const),
  perDay: between(1, 24),
});
const jobRunbookFields = {
  about: sentence,
  manualSteps: fc.array(
    fc.record({ when: sentence, do: sentence, expect: sentence, whyNotAutomated: sentence }),
    { maxLength: 2 },
  ),
};
const jobRunbook = props(jobRunbookFields, []);
const runbook = props(
  {
    ...jobRunbookFields,
    responses: props({ 'scale-out': response, 'roll-back': response }, []),
  },
  [],
);

const runningFields: { [P in keyof RunningProps]-?: fc.Arbitrary<NonNullable<RunningProps[P]>> } = {
  ...workloadFields,
  scale: fc
    .tuple(between(1, 5000), between(0, 5000), fc.option(between(1, 100)))
    .map(([min, more, targetCpuPercent]) => ({
      min,
      max: min + more,
      ...(targetCpuPercent !== null && { targetCpuPercent }),
    })),
  drainSeconds: between(1, 3600),
  migrate: props(
    {
      command: fc.array(text, { minLength: 1, maxLength: 3 }),
      args: fc.array(text, { maxLength: 3 }),
      deadlineSeconds: between(60, 86_400),
      retries: between(0, 100),
      size: fixedSize,
    },
    ['command'],
  ),
  runbook,
};

const makePort = { http, grpc, tcp };
const ports: fc.Arbitrary<number | Port> = fc.oneof(
  port,
  fc
    .tuple(
      fc.constantFrom<Protocol>('http', 'grpc', 'tcp'),
      port,
      props({ servicePort: between(1, 65_535), tls: fc.boolean() }, []),
    )
    .map(([protocol, number, options]) => makePort[protocol](number, options)),
  port.map((number) => grpc(number, { balance: 'client' })),
);
interface Served {
  readonly port: number | Port;
  readonly health?: string | HealthProps;
  readonly expose?: unknown;
}

/** No route carries TCP or TLS, and those of HTTP and gRPC say different things. */
function exposedWhereRoutesCan({ expose, ...given }: Served): Served {
  const { port: main } = given;
  if (expose === undefined) return given;
  const both = expose as { readonly http: HttpExposure; readonly grpc: GrpcExposure };
  if (typeof main === 'number') return { ...given, expose: both.http };
  if (main.protocol === 'tcp' || main.tls === true) return given;
  return { ...given, expose: both[main.protocol] };
}

/** The kubelet's gRPC check knows no TLS, and a gRPC port brings its readiness along. */
function withChecksThatWork(given: Served): Served {
  const { port: main, health: checks, ...rest } = given;
  if (typeof main === 'number') return given;
  const asked: readonly unknown[] = typeof checks === 'object' ? Object.values(checks) : [];
  const asksMain = (one: object): boolean => !('port' in one) || one.port === main.number;
  const asksGrpc = asked.some((one) => one instanceof Object && 'grpc' in one && asksMain(one));
  if (main.tls === true) return asksGrpc ? { ...given, health: '/ready' } : given;
  return main.protocol === 'grpc' && checks === '/ready' ? { ...rest, port: main } : given;
}

/** Without a platform that has chosen a source of signals, there is nothing else to say. */
const slo = text.filter((none) => none !== '').map((none) => ({ none }));

/** Every web service that is right. */
export const validWebService: fc.Arbitrary<WebServiceProps> = props(
  {
    ...runningFields,
    port: ports,
    health: fc.oneof(fc.constant('/ready'), health),
    expose: exposure,
    slo,
  },
  ['image', 'port', 'health'],
)
  .map(withChecksThatWork)
  .map(exposedWhereRoutesCan) as fc.Arbitrary<WebServiceProps>;

/** Every worker that is right. */
export const validWorker = props({ ...runningFields, health: anyHealth, slo }, [
  'image',
]) as fc.Arbitrary<WorkerProps>;

const cron = fc
  .tuple(
    fc.constantFrom('*', '0', '*/5', '1-30/2', '59', '1,2,3'),
    fc.constantFrom('*', '23', '0-6'),
    fc.constantFrom('*', '1', '31', '?'),
    fc.constantFrom('*', '12', 'jan', 'JAN-MAR'),
    fc.constantFrom('*', '0', 'mon-FRI', '6'),
  )
  .map((fields) => fields.join(' '));

/** Every scheduled job that is right. */
export const validScheduledJob = props(
  {
    ...workloadFields,
    schedule: fc.oneof(cron, fc.constantFrom('@daily', '@hourly')),
    timeZone: fc.constantFrom('Etc/UTC', 'UTC', 'Europe/Berlin', 'America/Argentina/Ushuaia'),
    startingDeadlineSeconds: between(10, 604_800),
    deadlineSeconds: between(1, 604_800),
    retries: between(0, 100),
    runbook: jobRunbook,
    slo,
  },
  ['image', 'schedule'],
) as fc.Arbitrary<ScheduledJobProps>;
