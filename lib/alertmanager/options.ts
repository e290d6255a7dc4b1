import type { Api, PrometheusOptions } from '../prometheus';

/** A server that speaks version 2 of the HTTP API of Alertmanager; its address is what stands before `/api/v2`. Asked as a Prometheus is. */
export type AlertmanagerOptions = PrometheusOptions;

/** What the texts about a wrong address say of Alertmanager. */
export const ALERTMANAGER: Api = {
  name: 'Alertmanager',
  example: 'http://localhost:9093',
  upTo: '/api/v2',
  places: 'Mimir has /alertmanager',
};
