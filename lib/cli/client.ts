import { AlertmanagerClient } from '../alertmanager';
import { PrometheusClient, ServerError } from '../prometheus';
import { UsageError } from './exit-code';
import { prometheusOf, serverText, type PrometheusArguments } from './prometheus-options';

/** The client of the server that the command line names. @throws UsageError */
export const clientOf = (options: PrometheusArguments): PrometheusClient =>
  made(() => new PrometheusClient(prometheusOf(options)));

/** An Alertmanager beside the Prometheus: whoever may ask one may ask the other. */
export interface AlertmanagerArguments extends PrometheusArguments {
  readonly alertmanager?: string;
}

/** The client of the Alertmanager that the command line names, asked as the Prometheus is. @throws UsageError */
export const alertmanagerOf = (options: AlertmanagerArguments): AlertmanagerClient | undefined => {
  const { alertmanager } = options;
  if (alertmanager === undefined) return undefined;
  return made(() => new AlertmanagerClient(prometheusOf({ ...options, prometheus: alertmanager })));
};

function made<Client>(make: () => Client): Client {
  try {
    return make();
  } catch (error) {
    if (error instanceof ServerError) throw new UsageError(serverText(error));
    throw error;
  }
}
