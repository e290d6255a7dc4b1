import { Construct } from 'constructs';
import {
  captureSource,
  endpoint,
  isBag,
  type Endpoint,
  type EndpointReference,
  type ProblemLog,
} from '../foundation';
import {
  http,
  portScheme,
  resolvePort,
  shutdown,
  STOCK_DRAIN_SECONDS,
  type Health,
  type ResolvedPort,
} from '../workload';
import { Application } from './application';
import type { GoldenObject } from './golden-object';
import { joinApplication } from './join-application';
import { inApplication } from './stand-in';
import { tryMigration, type Migration } from './migration';
import type { KindFacts } from './resolve-workload';
import type { WebServiceProps } from './workload-props';
import { webServiceShape } from './workload-shape';

/**
 * A workload behind a Service: a Deployment with every golden default, found by other workloads through its address.
 * Using `address`, `host`, `port` or `url` in another workload is the dependency: it opens that connection and draws the edge.
 */
export class WebService extends Construct implements Endpoint {
  public readonly address: EndpointReference;
  public readonly host: EndpointReference;
  public readonly port: EndpointReference;
  public readonly url: EndpointReference;
  public readonly deployment: GoldenObject;
  public readonly service: GoldenObject;
  public readonly podDisruptionBudget: GoldenObject;
  public readonly networkPolicy: GoldenObject;
  /** Present when `metrics` is given. */
  public readonly podMonitor: GoldenObject | undefined;
  /** Present when `migrate` is given. */
  public readonly migration: Migration | undefined;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(...inApplication(scope, id));
    const application = Application.of(this);
    const place = { construct: this, id, application, source: captureSource() };
    const objects = joinApplication('web-service', place, webServiceShape, props, facts);
    // First, so that no pod is there before what isolates it.
    this.networkPolicy = objects.placeNetworkPolicy();
    this.deployment = objects.placeDeployment();
    this.service = objects.placeService();
    this.podDisruptionBudget = objects.placePodDisruptionBudget();
    this.podMonitor = objects.tryPlacePodMonitor(props);
    this.migration = tryMigration(place, props);

    const port = givenPort(props);
    const offered = endpoint({
      kind: 'workload',
      application: application.node.path,
      name: this.node.id,
      servicePort: port.servicePort,
      scheme: portScheme(port),
    });
    this.address = offered.address;
    this.host = offered.host;
    this.port = offered.port;
    this.url = offered.url;
  }
}

/** The port, as far as it can be told before the props are checked: references are made in the constructor. */
function givenPort(props: unknown): ResolvedPort {
  const given = isBag(props) ? props.port : undefined;
  const { number, servicePort, protocol, tls } = isBag(given)
    ? given
    : { number: given, servicePort: undefined, protocol: 'http', tls: false };
  const port = http(isInteger(number) ? number : 0, { tls: tls === true });
  return resolvePort({
    ...port,
    ...(isInteger(servicePort) && { servicePort }),
    protocol: protocol === 'grpc' || protocol === 'tcp' ? protocol : 'http',
  });
}

const isInteger = (value: unknown): value is number => Number.isInteger(value);

function facts(props: WebServiceProps, log: ProblemLog): KindFacts {
  const port = resolvePort(props.port);
  const health = resolveHealth(props, port, log);
  if (port.isHeadless && port.servicePort !== port.number) {
    const found = `port.servicePort is ${port.servicePort}, but a headless Service reaches the container's ${port.number}`;
    log.error('PortInvalid', found, 'Leave out servicePort');
  }
  return {
    port,
    ...(health !== undefined && { health }),
    ...shutdown(props.expose !== undefined, props.drainSeconds ?? STOCK_DRAIN_SECONDS),
    ...(props.scale && { scale: props.scale }),
    ...(props.expose && { exposure: props.expose }),
    ...(props.publish && { publication: props.publish }),
    ...(props.slo && { slo: props.slo }),
    ...(props.runbook && { runbook: props.runbook }),
  };
}

const checksOf = (health: Health | undefined): readonly unknown[] =>
  isBag(health) ? [health.readiness, health.liveness, health.startup] : [];

const asksGrpc = (check: unknown, main: number): boolean =>
  isBag(check) && 'grpc' in check && (check.port ?? main) === main;

/** A gRPC port implies its readiness: the standard health service, asked by the kubelet. */
function resolveHealth(
  props: WebServiceProps,
  port: ResolvedPort,
  log: ProblemLog,
): Health | undefined {
  const implied = port.name === 'grpc' ? { readiness: { grpc: '' } } : undefined;
  const health = props.health ?? implied;
  if (port.tls && checksOf(health).some((check) => asksGrpc(check, port.number))) {
    const fix = 'Give health.readiness as { exec: […] } or { tcp: … }';
    log.error(
      'GrpcProbeOverTls',
      `port ${port.number} speaks TLS, which the kubelet's gRPC check cannot`,
      fix,
    );
  }
  if (port.name === 'grpc' && !port.tls && typeof health === 'string') {
    const found = `health is '${health}', and port ${port.number} speaks gRPC`;
    log.error('PropInvalid', found, 'Leave it out, or give { readiness: { path, port } }');
  }
  if (health !== undefined) return health;
  const fix = "Give health: '/ready', the path that answers 200 when the service can serve";
  log.error('ReadinessMissing', 'health is missing', fix);
  return undefined;
}
