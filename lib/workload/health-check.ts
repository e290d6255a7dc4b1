import {
  custom,
  either,
  fields,
  integer,
  isBag,
  isText,
  optional,
  some,
  table,
  text,
  type Probe,
  type Shape,
} from '../foundation';
import { containerPort } from './port';

/** When a check runs and how often it may fail. Patient by default: an impatient probe turns a slow minute into an outage. */
export interface ProbeTiming {
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

/** `GET path` answers 2xx or 3xx. */
export interface HttpCheck extends ProbeTiming {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the workload's port */
  readonly port?: number;
}

/** The standard gRPC health service answers SERVING, for a service name or, with `''`, for the whole server. */
export interface GrpcCheck extends ProbeTiming {
  readonly grpc: string;
  /** @default the workload's port */
  readonly port?: number;
}

/** A TCP connection opens. */
export interface TcpCheck extends ProbeTiming {
  readonly tcp: number;
}

/** A command in the container exits with 0. */
export interface ExecCheck extends ProbeTiming {
  readonly exec: readonly string[];
}

/** One way to ask a container how it is; a text is the path of an HTTP check. */
export type HealthCheck = string | HttpCheck | GrpcCheck | TcpCheck | ExecCheck;

/** No liveness check: nothing restarts a container that hangs. */
export interface NoCheck {
  /** Why, for whoever is paged. */
  readonly none: string;
}

/** How Kubernetes asks a container whether it started, is ready for traffic, and should be restarted. */
export interface HealthProps {
  /** Whether it can serve. Failing it takes the pod out of the Service, nothing more. */
  readonly readiness: HealthCheck;
  /**
   * Whether a restart would help. It must not look at dependencies, or their outage restarts everybody.
   * @default a TCP connection to the port - it fails only when the process is gone or hangs; none where readiness is that already
   */
  readonly liveness?: HealthCheck | NoCheck;
  /**
   * Whether it has started; the other two wait for it.
   * @default the liveness check, every 5 s, at most 60 times - a slow start or a full node must not become a crash loop
   */
  readonly startup?: HealthCheck;
}

/** One health endpoint, or the checks one by one. One endpoint is the readiness. */
export type Health = string | HealthProps;

const timing = {
  periodSeconds: optional(integer(1, 3600, 'whole seconds from 1 to 3600')),
  timeoutSeconds: optional(integer(1, 3600, 'whole seconds from 1 to 3600')),
  failureThreshold: optional(integer(1, 1000, 'a whole number from 1 to 1000')),
};

const checkGive =
  "a path such as '/ready', { path, headers }, { grpc: '' }, { tcp: 8080 } or { exec: ['…'] }";
const isPath = (value: string): boolean => /^\/[\x21-\x7e]*$/.test(value);
const urlPath = text("a URL path that begins with '/'", isPath, 'PathInvalid');

/** RFC 9110 tokens. */
const isHeaderName = (value: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value);
const headers: Shape = {
  give: 'headers as { Name: value }',
  check: (value, path, log) => {
    table(text('a header value'), headers.give).check(value, path, log);
    if (!isBag(value)) return;
    for (const name of Object.keys(value).filter((key) => !isHeaderName(key))) {
      log.error('PropInvalid', `${path} has a header named '${name}'`, 'Use letters, digits and -');
    }
  },
};

const httpShape = fields(
  { ...timing, path: urlPath, headers: optional(headers), port: optional(containerPort) },
  checkGive,
);
const grpcShape = fields(
  {
    ...timing,
    grpc: custom(isText, "the gRPC service, '' for the whole server"),
    port: optional(containerPort),
  },
  checkGive,
);
const tcpShape = fields({ ...timing, tcp: containerPort }, checkGive);
const execShape = fields({ ...timing, exec: some(text('text'), 'a command as a list') }, checkGive);
const noneShape = fields({ none: text('the reason') }, "{ none: 'the reason' }");

const checkShape: Shape = either((value) => {
  if (typeof value === 'string') return urlPath;
  if (!isBag(value)) return custom(() => false, checkGive);
  if ('grpc' in value) return grpcShape;
  if ('tcp' in value) return tcpShape;
  return 'exec' in value ? execShape : httpShape;
}, checkGive);

const livenessShape = either(
  (value) => (isBag(value) && 'none' in value ? noneShape : checkShape),
  checkGive,
);

const healthFields = fields(
  {
    readiness: checkShape,
    liveness: optional(livenessShape),
    startup: optional(checkShape),
  },
  `{ readiness, liveness?, startup? } or ${checkGive}`,
);

/** The health of a sidecar or worker, where readiness may be left out. */
export const anyHealthShape: Shape = either(
  (value) => (typeof value === 'string' ? urlPath : anyHealthFields),
  healthFields.give,
);
const anyHealthFields = fields(
  {
    readiness: optional(checkShape),
    liveness: optional(livenessShape),
    startup: optional(checkShape),
  },
  healthFields.give,
);

export const healthShape: Shape = either(
  (value) => (typeof value === 'string' ? urlPath : healthFields),
  healthFields.give,
);

/** A check without its timing: what is asked, and where. */
export type ProbeHandler = Pick<Probe, 'httpGet' | 'grpc' | 'tcpSocket' | 'exec'>;

/** The main port of a container, which checks use unless they name one. */
export interface ProbePort {
  readonly number: number;
  readonly tls: boolean;
}

/** What a check asks for; undefined when it needs a port and there is none. */
export function tryProbeHandler(
  check: HealthCheck,
  main: ProbePort | undefined,
): ProbeHandler | undefined {
  const facts = typeof check === 'string' ? { path: check } : check;
  if ('exec' in facts) return { exec: { command: facts.exec } };
  if ('tcp' in facts) return { tcpSocket: { port: facts.tcp } };
  const port = facts.port ?? main?.number;
  if (port === undefined) return undefined;
  if ('grpc' in facts) return { grpc: { port, ...(facts.grpc && { service: facts.grpc }) } };
  const entries = Object.entries(facts.headers ?? {});
  return {
    httpGet: {
      path: facts.path,
      port,
      ...(port === main?.number && main.tls && { scheme: 'HTTPS' as const }),
      ...(entries.length > 0 && { httpHeaders: entries.map(([name, value]) => ({ name, value })) }),
    },
  };
}

/** The port that a check connects to. */
export function probePort(handler: ProbeHandler): number | undefined {
  const port = handler.httpGet?.port ?? handler.grpc?.port ?? handler.tcpSocket?.port;
  return port === undefined ? undefined : Number(port);
}
