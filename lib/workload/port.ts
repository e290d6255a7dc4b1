import { either, fields, integer, isBag, optional, custom, type Shape } from '../foundation';

/** What is spoken on a port. */
export type Protocol = 'http' | 'grpc' | 'tcp';

/** How a port is offered to other workloads. */
export interface PortOptions {
  /**
   * The port of the Service, which callers use.
   * @default the container's port - one number to remember
   */
  readonly servicePort?: number;
  /**
   * Whether the container itself speaks TLS.
   * @default false - the mesh or the gateway does that
   */
  readonly tls?: boolean;
}

/** How a gRPC port is offered to other workloads. */
export interface GrpcOptions extends PortOptions {
  /**
   * Who spreads the calls. A gRPC client keeps one connection, which a ClusterIP pins to one pod: with `client` the Service is headless
   * and the client sees every pod. Choose for good: Kubernetes does not turn the Service of one into that of the other.
   * @default 'connection' - right behind a mesh, or with one replica
   */
  readonly balance?: 'client' | 'connection';
}

export interface PortFacts<P extends Protocol> {
  readonly protocol: P;
  readonly number: number;
  readonly servicePort?: number;
  readonly tls?: boolean;
  readonly balance?: 'client' | 'connection';
}
export type HttpPort = PortFacts<'http'>;
export type GrpcPort = PortFacts<'grpc'>;
export type TcpPort = PortFacts<'tcp'>;
export type Port = HttpPort | GrpcPort | TcpPort;

/** An HTTP port, where more than its number is to be said. */
export const http = (number: number, options: PortOptions = {}): HttpPort =>
  Object.freeze({ ...options, protocol: 'http' as const, number });

/** A gRPC port. It implies its readiness: the standard health service. */
export const grpc = (number: number, options: GrpcOptions = {}): GrpcPort =>
  Object.freeze({ ...options, protocol: 'grpc' as const, number });

/** A port of another protocol. */
export const tcp = (number: number, options: PortOptions = {}): TcpPort =>
  Object.freeze({ ...options, protocol: 'tcp' as const, number });

const give = 'a port number from 1024 to 65535, or http(…), grpc(…), tcp(…)';

/** Ports below 1024 need a capability that `restricted` pods do not have on every node. */
export const containerPort = integer(1024, 65535, 'a port from 1024 to 65535', 'PortInvalid');

const truth = custom((value) => typeof value === 'boolean', 'true or false');

const portFacts = fields(
  {
    protocol: custom(
      (value) => value === 'http' || value === 'grpc' || value === 'tcp',
      'http, grpc or tcp',
    ),
    number: containerPort,
    servicePort: optional(integer(1, 65535, 'a port from 1 to 65535', 'PortInvalid')),
    tls: optional(truth),
    balance: optional(
      custom((value) => value === 'client' || value === 'connection', "'client' or 'connection'"),
    ),
  },
  give,
);

export const portShape: Shape = either((value) => (isBag(value) ? portFacts : containerPort), give);

/** A port with its defaults. */
export interface ResolvedPort {
  readonly name: Protocol;
  readonly number: number;
  readonly servicePort: number;
  readonly tls: boolean;
  readonly isHeadless: boolean;
}

export function resolvePort(port: number | Port): ResolvedPort {
  const facts = typeof port === 'number' ? http(port) : port;
  return {
    name: facts.protocol,
    number: facts.number,
    servicePort: facts.servicePort ?? facts.number,
    tls: facts.tls ?? false,
    isHeadless: facts.balance === 'client',
  };
}

/** The URL scheme of a port. */
export function portScheme(port: ResolvedPort): string {
  if (port.name === 'http') return port.tls ? 'https' : 'http';
  return port.name;
}

/**
 * What gateways and meshes read to know the protocol.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
 */
export function appProtocol(port: ResolvedPort): string {
  if (port.name === 'tcp') return 'tcp';
  if (port.tls) return 'https';
  return port.name === 'grpc' ? 'kubernetes.io/h2c' : 'http';
}
