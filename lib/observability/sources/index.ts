import type { SignalSource } from '../objective/signal';
import { envoyGateway } from './envoy-gateway';
import { ingressNginx, type IngressNginxOptions } from './ingress-nginx';
import { istio, type IstioOptions } from './istio';
import { linkerd } from './linkerd';
import { openTelemetry, type OpenTelemetryOptions } from './open-telemetry';
import type { SignalOptions } from './options';

/** The sources of signals: whose counters say how many requests there were, how many failed and how long they took. */
export interface SignalSources {
  /** What servers count themselves, by the semantic conventions of HTTP and RPC. */
  readonly openTelemetry: (options?: OpenTelemetryOptions) => SignalSource;
  /** The standard metrics of Istio's proxies. */
  readonly istio: (options?: IstioOptions) => SignalSource;
  /** What Linkerd's proxies count beside the workload. */
  readonly linkerd: (options?: SignalOptions) => SignalSource;
  /** What Envoy Gateway counts of the routes of a workload: exposed HTTP alone. */
  readonly envoyGateway: (options?: SignalOptions) => SignalSource;
  /** What ingress-nginx counts of the Ingress of a workload: exposed HTTP alone. */
  readonly ingressNginx: (options?: IngressNginxOptions) => SignalSource;
}

/** The sources of signals that a platform chooses from. */
export const Signals: SignalSources = Object.freeze({
  envoyGateway,
  ingressNginx,
  istio,
  linkerd,
  openTelemetry,
});

export type { IngressNginxOptions, IstioOptions, OpenTelemetryOptions, SignalOptions };
