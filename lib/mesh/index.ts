export * from './authorization';
export * from './facts';
export { peerAuthentication } from './istio';
