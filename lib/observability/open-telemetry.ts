import {
  custom,
  fields,
  integer,
  isDnsSubdomain,
  optional,
  some,
  text,
  type EnvVar,
  type Shape,
} from '../foundation';

/** How a platform wants its telemetry. What is not said is as `openTelemetry()` has it. */
export interface TelemetryOptions {
  /**
   * The name of the Service of the collector, such as `otel-collector.observability`, the same in every environment.
   * @default the node on which the pod runs - a collector on each node is the usual way; where nodes have IPv6 addresses, name a Service
   */
  readonly collector?: string;
  /** @default 4318, or 4317 for gRPC - the ports of OTLP */
  readonly port?: number;
  /** @default 'http/protobuf' - what every SDK has; gRPC is a package of its own in many */
  readonly protocol?: 'http/protobuf' | 'grpc';
  /** How a trace is handed on. @default ['tracecontext', 'baggage'] - the specification's own */
  readonly propagators?: readonly string[];
  /**
   * Which part of the traces that begin here are kept, from 0 to 1. What a caller has decided holds.
   * @default 1 - the collector knows how a trace ended, and chooses better
   */
  readonly sampleRatio?: number;
}

/** Telemetry by OpenTelemetry, as a platform has decided it. */
export interface OpenTelemetry extends TelemetryOptions {
  /** What it is. */
  readonly kind: 'open-telemetry';
}

/** Tells every workload where its telemetry goes, and what it is: `defaults: { telemetry: openTelemetry() }`. */
export const openTelemetry = (options: TelemetryOptions = {}): OpenTelemetry =>
  Object.freeze({ ...options, kind: 'open-telemetry' });

/** Of the specification, and of the vendors that it names. */
const PROPAGATORS = ['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'xray', 'ottrace'];

const oneOf = (values: readonly string[]): Shape =>
  custom((value) => values.some((each) => each === value), `one of ${values.join(', ')}`);

/** The shape of a platform's decision about telemetry. */
export const telemetryShape: Shape = fields(
  {
    kind: oneOf(['open-telemetry']),
    collector: optional(
      text("the name of a Service such as 'otel-collector.observability'", isDnsSubdomain),
    ),
    port: optional(integer(1, 65_535, 'a port from 1 to 65535', 'PortInvalid')),
    protocol: optional(oneOf(['http/protobuf', 'grpc'])),
    propagators: optional(some(oneOf(PROPAGATORS), 'at least one propagator')),
    sampleRatio: optional(
      custom(
        (value) => typeof value === 'number' && value >= 0 && value <= 1,
        'a number from 0 to 1',
      ),
    ),
  },
  'openTelemetry()',
);

/** A workload whose telemetry is sent. */
export interface TelemetrySubject {
  readonly application: string;
  readonly name: string;
  /** Of the main container. */
  readonly container: string;
  /** The tag of its image. */
  readonly version: string | undefined;
}

/** The port of the collector. */
export const collectorPort = ({ port, protocol }: TelemetryOptions): number =>
  port ?? (protocol === 'grpc' ? 4317 : 4318);

/** Names that the OpenTelemetry operator has for the same, so that what it injects does not come twice. */
const NODE_IP = 'OTEL_NODE_IP';
const POD = 'OTEL_RESOURCE_ATTRIBUTES_POD_NAME';
const NODE = 'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME';
const NAMESPACE = 'OTEL_RESOURCE_ATTRIBUTES_NAMESPACE';

const fromField = (name: string, fieldPath: string): EnvVar => ({
  name,
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
});

/**
 * The variables of a container. None says where it runs: the namespace, the pod and the node are asked of Kubernetes when the pod starts, and
 * the environment is the collector's to add. What others are composed of comes before them.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function telemetryVariables(
  telemetry: TelemetryOptions,
  subject: TelemetrySubject,
): readonly EnvVar[] {
  const { collector, protocol = 'http/protobuf', sampleRatio = 1 } = telemetry;
  const { propagators = ['tracecontext', 'baggage'] } = telemetry;
  const isWhole = sampleRatio === 1;
  const host = collector ?? `$(${NODE_IP})`;
  return [
    ...(collector === undefined ? [fromField(NODE_IP, 'status.hostIP')] : []),
    fromField(NAMESPACE, 'metadata.namespace'),
    fromField(POD, 'metadata.name'),
    fromField(NODE, 'spec.nodeName'),
    { name: 'OTEL_SERVICE_NAME', value: subject.name },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributesOf(subject) },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: `http://${host}:${collectorPort(telemetry)}` },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: protocol },
    { name: 'OTEL_PROPAGATORS', value: propagators.join(',') },
    {
      name: 'OTEL_TRACES_SAMPLER',
      value: isWhole ? 'parentbased_always_on' : 'parentbased_traceidratio',
    },
    ...(isWhole ? [] : [{ name: 'OTEL_TRACES_SAMPLER_ARG', value: String(sampleRatio) }]),
  ];
}

/** @see https://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/ for how the instance is named */
function attributesOf({ application, container, version }: TelemetrySubject): string {
  const attributes = {
    'service.namespace': application,
    ...(version !== undefined && { 'service.version': version }),
    'service.instance.id': `$(${NAMESPACE}).$(${POD}).${container}`,
    'k8s.namespace.name': `$(${NAMESPACE})`,
    'k8s.pod.name': `$(${POD})`,
    'k8s.node.name': `$(${NODE})`,
    'k8s.container.name': container,
  };
  return Object.entries(attributes)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** What the collector reads from a pod that sends nothing by itself, such as of its logs. */
export const telemetryAnnotations = ({
  application,
  name,
  version,
}: Omit<TelemetrySubject, 'container'>): Readonly<Record<string, string>> => ({
  'resource.opentelemetry.io/service.name': name,
  'resource.opentelemetry.io/service.namespace': application,
  ...(version !== undefined && { 'resource.opentelemetry.io/service.version': version }),
});
