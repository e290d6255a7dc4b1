import {
  custom,
  runtimes,
  tryParseQuantity,
  type ResourceRequirements,
  type Runtime,
  type Shape,
} from '../foundation';

const names = runtimes.map((name) => `'${name}'`).join(', ');
export const runtimeShape: Shape = custom(
  (value) => runtimes.some((name) => name === value),
  `one of ${names}`,
);

/** Variables that take several options: a team's own come after ours in the same text. */
export const optionVariables: ReadonlySet<string> = new Set(['JDK_JAVA_OPTIONS', 'NODE_OPTIONS']);

const MEBIBYTE = 2 ** 20;

/** What a container may use, as a runtime counts it. */
interface Allotment {
  /** Processors at a time, whole. */
  readonly processors: number;
  readonly bytes: number;
}

type Variables = Readonly<Record<string, string | number>>;

/**
 * The variables that tell a runtime of its container's size, by name. They are literals: a field of the container (`resourceFieldRef`) has no
 * share below the whole limit, and without a limit it is the node's.
 */
export function runtimeVariables(
  runtime: Runtime,
  resources: ResourceRequirements,
): Readonly<Record<string, string>> {
  const variables = variablesOf[runtime](allotment(resources));
  const entries = Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/**
 * Whole processors of the CPU limit, rounded up, which is how the JVM, .NET and Go read it. Without a limit those of the request, at least
 * two: with one processor runtimes do things one after the other that elsewhere run beside each other.
 */
function allotment({ requests = {}, limits = {} }: ResourceRequirements): Allotment {
  const whole = (cpu: unknown): number => Math.max(1, Math.ceil(amount(cpu)));
  const processors =
    limits.cpu === undefined ? Math.max(2, whole(requests.cpu)) : whole(limits.cpu);
  return { processors, bytes: amount(limits.memory) };
}

const amount = (quantity: unknown): number => tryParseQuantity(String(quantity)) ?? 0;

const variablesOf: Readonly<Record<Runtime, (allotment: Allotment) => Variables>> = {
  dotnet: dotnetVariables,
  go: goVariables,
  jvm: jvmVariables,
  node: nodeVariables,
  python: pythonVariables,
};

/** What a heap leaves: megabytes that a runtime takes with nothing loaded, and the share that code, threads and buffers take as it grows. */
interface HeapRule {
  readonly outsideBytes: number;
  readonly share: number;
}

/**
 * Measured at a full heap: beside it a bare HTTP server took 90 MiB in 256 Mi and 512 Mi on Java 17, and Node 20 some 50 MiB in 128 Mi, 70 in
 * 256 Mi and 80 in 512 Mi, three young semi-spaces of 16 MiB among them. In 128 Mi that Java server was killed with half for the heap, and
 * lives with 30 %. The rest for what real programs load is judgement; .NET as Node.
 */
const heapRules: Readonly<Partial<Record<Runtime, HeapRule>>> = {
  dotnet: { outsideBytes: 48 * MEBIBYTE, share: 0.85 },
  jvm: { outsideBytes: 80 * MEBIBYTE, share: 0.8 },
  node: { outsideBytes: 48 * MEBIBYTE, share: 0.85 },
};

/** .NET's own in a container, and the usual advice for the JVM. */
const LARGEST_SHARE = 0.75;
/** The JVM's own in a large container. */
const SMALLEST_SHARE = 0.25;

/**
 * Go's guide asks for 5 to 10 % beside it, for what it does not count: the binary, and memory of C.
 * @see https://go.dev/doc/gc-guide#Memory_limit
 */
const GO_SHARE = 0.9;

/**
 * The share of a container's memory limit that a runtime's heap may take, in whole hundredths: of Go all that it manages, softly. Nothing
 * bounds that of Python.
 */
export function heapShare(runtime: Runtime, memoryLimitBytes: number): number | undefined {
  if (runtime === 'go') return GO_SHARE;
  const rule = heapRules[runtime];
  return rule && heapPercent(rule, memoryLimitBytes) / 100;
}

function heapPercent({ outsideBytes, share }: HeapRule, bytes: number): number {
  const left = share * (1 - outsideBytes / bytes);
  const bounded = Math.min(LARGEST_SHARE, Math.max(SMALLEST_SHARE, left));
  return Math.floor(Number((bounded * 100).toFixed(6)));
}

const percentOf = (runtime: Runtime, bytes: number): number =>
  Math.round((heapShare(runtime, bytes) ?? 0) * 100);

/**
 * `GOMAXPROCS` is what Go 1.25 makes of a CPU limit by itself, at least 2: for programs of older versions, and where there is no limit.
 * @see https://go.dev/doc/go1.25#container-aware-gomaxprocs
 */
function goVariables({ processors, bytes }: Allotment): Variables {
  return {
    GOMAXPROCS: Math.max(2, processors),
    GOMEMLIMIT: `${Math.floor((bytes * GO_SHARE) / MEBIBYTE)}MiB`,
  };
}

/**
 * `JDK_JAVA_OPTIONS` leaves `JAVA_TOOL_OPTIONS` to agents, and does not reach tools that somebody starts in the container; Java reads it from
 * version 9 on. A percentage gives way to `-Xmx` and to a percentage of the command line, which a `-Xmx` of ours would beat. Below about
 * 250 MiB `MinRAMPercentage` counts instead of `MaxRAMPercentage`. Decimals, as early releases of Java 10 take nothing else. No collector: two
 * that are named, ours and one of the command line, keep the JVM from starting. It takes Serial for one processor or under 1792 MiB, else G1;
 * from 27 on always G1.
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#using-the-jdk_java_options-launcher-environment-variable
 */
function jvmVariables({ processors, bytes }: Allotment): Variables {
  const percent = `${percentOf('jvm', bytes)}.0`;
  const options = [
    `-XX:ActiveProcessorCount=${processors}`,
    `-XX:MaxRAMPercentage=${percent}`,
    `-XX:MinRAMPercentage=${percent}`,
  ];
  return { JDK_JAVA_OPTIONS: options.join(' ') };
}

/** libuv's own number of threads for files, DNS and cryptography. */
const LIBUV_THREADS = 4;

/**
 * Node 20 by itself takes half of the limit, but never less than 259 MiB, and never more than 2096: too much in a container under 512 Mi, and
 * too little in one above 4 Gi. Its pool of threads has four whatever the processors: more only where there are more.
 * @see https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib
 */
function nodeVariables({ processors, bytes }: Allotment): Variables {
  const mebibytes = Math.floor((bytes * percentOf('node', bytes)) / 100 / MEBIBYTE);
  return {
    NODE_OPTIONS: `--max-old-space-size=${mebibytes}`,
    ...(processors > LIBUV_THREADS && { UV_THREADPOOL_SIZE: processors }),
  };
}

/** From here on, with two processors, the JVM too takes a machine for a server. */
const SERVER_BYTES = 1792 * MEBIBYTE;

/**
 * The percentage is hexadecimal, as all settings of the garbage collector are in variables; the count of processors is decimal. Server
 * collection, which ASP.NET compiles in, has a heap for each processor: a container that is small gets workstation collection; in a large one
 * the program's own choice stays.
 * @see https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector
 * @see https://github.com/dotnet/runtime/pull/53208
 */
function dotnetVariables({ processors, bytes }: Allotment): Variables {
  const isServer = processors > 1 && bytes >= SERVER_BYTES;
  return {
    DOTNET_GCHeapHardLimitPercent: `0x${percentOf('dotnet', bytes).toString(16).toUpperCase()}`,
    DOTNET_PROCESSOR_COUNT: processors,
    ...(!isServer && { DOTNET_gcServer: 0 }),
  };
}

/** What a worker of a web framework takes with room to spare; judgement. */
const WORKER_BYTES = 256 * MEBIBYTE;

/**
 * gunicorn and uvicorn read `WEB_CONCURRENCY`: a worker for each processor that has its memory. The numeric libraries' threads (OpenBLAS, MKL,
 * OpenMP) share the processors among the workers; by themselves they take all of the node's. Python reads its own count from 3.13 on.
 * @see https://docs.gunicorn.org/en/stable/settings.html#workers
 * @see https://docs.python.org/3/using/cmdline.html#envvar-PYTHON_CPU_COUNT
 */
function pythonVariables({ processors, bytes }: Allotment): Variables {
  const workers = Math.min(processors, Math.max(1, Math.floor(bytes / WORKER_BYTES)));
  return {
    OMP_NUM_THREADS: Math.max(1, Math.floor(processors / workers)),
    PYTHON_CPU_COUNT: processors,
    WEB_CONCURRENCY: workers,
  };
}
