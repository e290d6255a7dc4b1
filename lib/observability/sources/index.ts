import { envoyGateway } from './envoy-gateway';
import { ingressNginx } from './ingress-nginx';
import { istio } from './istio';
import { linkerd } from './linkerd';
import { openTelemetry } from './open-telemetry';

/** The sources of signals: whose counters say how many requests there were, how many failed and how long they took. */
export const Signals = Object.freeze({ envoyGateway, ingressNginx, istio, linkerd, openTelemetry });

export type { IngressNginxOptions } from './ingress-nginx';
export type { IstioOptions } from './istio';
export type { OpenTelemetryOptions } from './open-telemetry';
export type { SignalOptions } from './options';
