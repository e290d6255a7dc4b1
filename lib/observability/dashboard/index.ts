export { applicationDashboard } from './application-dashboard';
export { dashboardApi, dashboardObject, type Carried } from './dashboard-object';
export {
  Dashboards,
  dashboardsShape,
  type ConfigMapsOptions,
  type DashboardDeliveries,
  type DashboardDelivery,
  type GrafanaOperatorOptions,
} from './delivery';
export type { ApplicationDashboardFacts, ServiceDashboardFacts } from './facts';
export { serviceDashboard } from './service-dashboard';
export { dashboardUid } from './uid';
