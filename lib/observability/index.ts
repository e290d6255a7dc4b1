export * from './certificate-alerts';
export * from './open-telemetry';
export * from './pod-monitor';
export type * from './rule-group';
export * from './service-alerts';
export type { AlertOwner } from './ticket';
export { workloadAlerts } from './workload-alerts';
